#pragma once

#include "kit/html/texts.hpp"
#include "platform/cases/cases.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mail {
class Outbox;
}
namespace runtime {
class Runtime;
}

namespace cases {

// What the job types `case-state` and `notify` need.
struct TaskParts {
    Cases& cases;
    const base::Clock& clock;
    const html::Texts& texts;
    mail::Outbox& outbox;
    std::string public_address;  // "https://schalter.ag.ch"
    std::string sender_address;  // who mails come from
    // What people call a service and an authority, and the authority's own mailbox.
    std::function<std::string(std::string_view service_id, html::Language)> service_title;
    std::function<std::string(const base::TenantId&)> authority_name;
    std::function<std::string(const base::TenantId&)> authority_email;
};

// Registers with the runtime, both in the transaction of the step:
// `case-state`: header `state` is the case's new state; header `event` (optional) a further line of history.
// `notify`: header `mail` names the text "cases.mail_<name>_subject" and "…_body"; header `to` is
// "applicant" (default) or "authority".
void register_tasks(runtime::Runtime& runtime, TaskParts parts);

}  // namespace cases
