#pragma once

#include "platform/documents/template.hpp"

#include <string>
#include <vector>

namespace documents {

// Who issues: what stands at the head of the page.
struct Letterhead {
    std::string municipality;          // "Musterwil"
    std::vector<std::string> address;  // of the office, line by line
    std::string colour;                // "#1d5f8a"; black when empty or no colour
};

// The words around the content that every certificate has, in its language.
struct CertificateWords {
    std::string language;        // "de-CH"
    std::string place_and_date;  // "Musterwil, 3. März 2026"
    std::string reference;       // "Vorgang AG-4001-7K3M-9QXP"
    std::string verification;    // "Echtheit prüfen"
    std::string explanation;     // "Dieses Dokument ist ohne Unterschrift gültig. …"
    std::string code;            // "Prüfcode 7K3M-9QXP-AB2C"
};

struct Certificate {
    Letterhead letterhead;
    Filled content;
    CertificateWords words;
    std::string verification_url;  // absolute; also what the QR code says
    base::Instant issued_at;
};

// A PDF of one page, or of more where the content needs them. The same certificate always gives the same
// bytes.
std::string draw(const Certificate& certificate);

}  // namespace documents
