#include "platform/cases/case_tasks.hpp"

#include "kit/sql/database.hpp"
#include "process/runtime/runtime.hpp"

#include <memory>

namespace cases {

namespace {

// A text among the variables or headers of a job; empty when there is none.
std::string text_in(const runtime::Variables& variables, std::string_view name)
{
    const auto* found = variables.find(name);
    const auto* text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string() : *text;
}

class Tasks {
public:
    explicit Tasks(TaskParts parts) : parts_(std::move(parts)) {}

    runtime::Answer set_state(sql::Transaction& transaction, const runtime::Job& job) const
    {
        const auto state = parse_state(text_in(job.headers, "state"));
        if (!state)
            return runtime::Failed{"the task header 'state' names no state of a case", 0};
        const CaseId id{text_in(job.variables, "caseId")};
        const auto event = text_in(job.headers, "event");
        const auto changed = parts_.cases.change_state(transaction, id, *state, "system");
        if (!changed)
            return runtime::Failed{changed.error().message_key + ": " + changed.error().detail, 0};
        if (!event.empty())
            parts_.cases.record(transaction, id, {parts_.clock.now(), event, "system", {}, true});
        return runtime::Completed{};
    }

    runtime::Answer notify(sql::Transaction& transaction, const runtime::Job& job) const
    {
        const auto name = text_in(job.headers, "mail");
        const auto found = parts_.cases.find(transaction, {text_in(job.variables, "caseId")});
        if (!found)
            return runtime::Failed{"there is no such case", 0};
        const bool to_authority = text_in(job.headers, "to") == "authority";
        const auto put = parts_.mail.put(
            transaction, *found, name, to_authority ? Recipient::authority : Recipient::applicant
        );
        if (!put && put.error().kind == base::ErrorKind::not_found)
            return runtime::Failed{"the task header 'mail' names no mail: '" + name + "'", 0};
        if (!put)
            return runtime::Failed{put.error().message_key + ": " + put.error().detail, 0};
        // Nobody to write to is no reason to stop the process.
        if (!*put)
            return runtime::Completed{};
        const bool is_public = !to_authority;
        parts_.cases.record(
            transaction,
            found->id,
            {parts_.clock.now(), to_authority ? "reminded" : "mail", "system", {}, is_public}
        );
        return runtime::Completed{};
    }

private:
    TaskParts parts_;
};

}  // namespace

void register_tasks(runtime::Runtime& runtime, TaskParts parts)
{
    // Shared by the two workers, which live as long as the runtime.
    const auto tasks = std::make_shared<const Tasks>(std::move(parts));
    runtime.register_worker_in_transaction(
        "case-state",
        [tasks](sql::Transaction& transaction, const runtime::Job& job) {
            return tasks->set_state(transaction, job);
        }
    );
    runtime.register_worker_in_transaction(
        "notify",
        [tasks](sql::Transaction& transaction, const runtime::Job& job) {
            return tasks->notify(transaction, job);
        }
    );
}

}  // namespace cases
