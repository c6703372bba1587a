#pragma once

#include "platform/cases/case_mail.hpp"

namespace runtime {
class Runtime;
}

namespace cases {

// What the job types `case-state` and `notify` need.
struct TaskParts {
    Cases& cases;
    const base::Clock& clock;
    const CaseMail& mail;
};

// Registers with the runtime, both in the transaction of the step:
// `case-state`: header `state` is the case's new state; header `event` (optional) a further line of history.
// `notify`: header `mail` names the text "cases.mail_<name>_subject" and "…_body"; header `to` is
// "applicant" (default) or "authority".
void register_tasks(runtime::Runtime& runtime, TaskParts parts);

}  // namespace cases
