#pragma once

#include "base/result.hpp"
#include "kit/html/texts.hpp"
#include "platform/cases/cases.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mail {
class Outbox;
}

namespace cases {

struct MailParts {
    Cases& cases;
    const html::Texts& texts;
    mail::Outbox& outbox;
    std::string public_address;  // "https://schalter.ag.ch"
    std::string sender_address;  // who mails come from
    // What people call a service and an authority, and the authority's own mailbox.
    std::function<std::string(std::string_view service_id, html::Language)> service_title;
    std::function<std::string(const base::TenantId&)> authority_name;
    std::function<std::string(const base::TenantId&)> authority_email;
};

enum class Recipient { applicant, authority };

// Mails about cases: they say that there is something to see and where, and nothing of what it is.
class CaseMail {
public:
    explicit CaseMail(MailParts parts) : parts_(std::move(parts)) {}

    // Puts the mail "cases.mail_<name>_subject" and "…_body" into the outbox within the transaction; the
    // applicant's in their language, the authority's in German. False when there is nobody to write to (an
    // order at the counter without an address). `not_found` when there is no such text.
    base::Result<bool>
    put(sql::Transaction& transaction, const Case& about, std::string_view name, Recipient recipient) const;

private:
    html::Arguments
    arguments_for(sql::Transaction& transaction, const Case& about, html::Language language) const;

    MailParts parts_;
};

}  // namespace cases
