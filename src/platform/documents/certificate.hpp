#pragma once

#include "platform/documents/template.hpp"

#include <string>
#include <vector>

namespace documents {

// Who issues: what stands at the head of the page.
struct Letterhead {
    std::string municipality;          // "Gemeinde Musterwil"
    std::vector<std::string> address;  // the office, line by line
    std::string colour;                // "#1d5f8a", or empty
};

// The words around the content that every certificate has; from the room's locale files.
struct CertificateWords {
    std::string language;        // "de-CH"
    std::string place_and_date;  // "Musterwil, 3. März 2026"
    std::string verification;    // "Echtheit prüfen: …"
    std::string code_label;      // "Prüfcode"
    std::string qr_alternative;
};

struct Certificate {
    Letterhead letterhead;
    Filled content;
    CertificateWords words;
    std::string reference;
    std::string code;              // grouped
    std::string verification_url;  // absolute
    base::Instant issued_at;
};

// PDF. The same certificate always gives the same bytes.
std::string draw(const Certificate& certificate);

}  // namespace documents
