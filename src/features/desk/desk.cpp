#include "features/desk/desk.hpp"

#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/correction.hpp"
#include "platform/catalog/local_date.hpp"
#include "process/runtime/runtime.hpp"

#include <algorithm>

namespace desk {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

bool is_false(const feel::Context& context, std::string_view name)
{
    const auto* value = context.find(name);
    return value != nullptr && value->is_false();
}

// Why the process wants a clerk, from what the register said (the variable `register`, docs/architecture.md).
std::string reason_of(const runtime::Variables& variables)
{
    const auto* found = variables.find("register");
    const auto* answer = found == nullptr ? nullptr : found->if_context();
    if (answer == nullptr)
        return "other";
    const auto* reason = answer->find("reason");
    const auto* text = reason == nullptr ? nullptr : reason->if_string();
    const auto* lock = answer->find("dataLock");
    if (text != nullptr && !text->empty())
        return *text;
    if (is_false(*answer, "found"))
        return "not_found";
    if (is_false(*answer, "unique"))
        return "not_unique";
    if (is_false(*answer, "matches"))
        return "differs";
    if (lock != nullptr && lock->is_true())
        return "data_lock";
    return "recent";
}

// Who ended the task that this clerk wanted to end: the last decision in the history.
std::string last_decider(const std::vector<cases::Event>& history)
{
    const auto found = std::ranges::find(history.rbegin(), history.rend(), "decided", &cases::Event::kind);
    return found == history.rend() ? std::string() : found->who;
}

std::optional<runtime::Task>
task_of(runtime::Runtime& runtime, sql::Transaction& transaction, const cases::Case& opened_case)
{
    runtime::TaskFilter filter;
    filter.instance = runtime::InstanceId{opened_case.instance_id};
    filter.most = 1;
    const auto tasks = runtime.tasks(transaction, filter);
    return tasks.empty() ? std::nullopt : std::optional(tasks.front());
}

}  // namespace

Desk::Desk(
    sql::Database& database,
    const catalog::Catalog& catalog,
    cases::Cases& cases,
    const cases::Messages& messages,
    runtime::Runtime& runtime,
    const base::Clock& clock
)
    : database_(database), catalog_(catalog), cases_(cases), messages_(messages), runtime_(runtime),
      clock_(clock)
{
}

cases::Inbox Desk::inbox(const Clerk& clerk, const cases::InboxFilter& filter) const
{
    auto transaction = database_.begin_read(clerk.tenant);
    return cases_.inbox(transaction, filter);
}

Result<Dossier> Desk::open(const Clerk& clerk, const std::string& reference) const
{
    auto transaction = database_.begin_read(clerk.tenant);
    const auto found = cases_.find_by_reference(transaction, reference);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    Dossier dossier;
    dossier.opened_case = *found;
    dossier.history = cases_.history(transaction, found->id);
    dossier.messages = messages_.of_case(transaction, found->id);
    dossier.awaits_correction = cases::awaits_correction(dossier.messages, dossier.history);
    if (found->instance_id.empty())
        return dossier;
    dossier.task = task_of(runtime_, transaction, *found);
    if (dossier.task)
        dossier.task_reason = reason_of(runtime_.variables(transaction, dossier.task->instance));
    for (auto& incident : runtime_.incidents(transaction))
        if (incident.instance.text == found->instance_id)
            dossier.incident = std::move(incident);
    return dossier;
}

Result<> Desk::take(const Clerk& clerk, const std::string& reference)
{
    auto transaction = database_.begin(clerk.tenant);
    const auto found = cases_.find_by_reference(transaction, reference);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    const auto task = task_of(runtime_, transaction, *found);
    if (!task)
        return fail(
            ErrorKind::conflict, "desk.decided_by", last_decider(cases_.history(transaction, found->id))
        );
    if (const auto claimed = runtime_.claim_task(transaction, task->id, clerk.name); !claimed)
        return fail(ErrorKind::conflict, "desk.taken_by", task->assignee);
    if (const auto taken = cases_.take(transaction, found->id, clerk.name); !taken)
        return fail(ErrorKind::conflict, "desk.taken_by", taken.error().detail);
    transaction.commit();
    return base::Done{};
}

Result<>
Desk::write(const Clerk& clerk, const std::string& reference, const std::string& text, bool asks_correction)
{
    auto transaction = database_.begin(clerk.tenant);
    const auto found = cases_.find_by_reference(transaction, reference);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    const auto written = messages_.write(
        transaction,
        *found,
        {.written_at = clock_.now(),
         .is_of_resident = false,
         .author = clerk.name,
         .text = text,
         .asks_correction = asks_correction && found->state == cases::State::with_clerk}
    );
    if (written)
        transaction.commit();
    return written;
}

Result<> Desk::decide(const Clerk& clerk, const std::string& reference, const Decision& decision)
{
    auto transaction = database_.begin(clerk.tenant);
    const auto found = cases_.find_by_reference(transaction, reference);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    const auto task = task_of(runtime_, transaction, *found);
    if (!task || task->id.text != decision.task_id)
        return fail(
            ErrorKind::conflict, "desk.decided_by", last_decider(cases_.history(transaction, found->id))
        );
    if (!task->assignee.empty() && task->assignee != clerk.name)
        return fail(ErrorKind::conflict, "desk.taken_by", task->assignee);
    if (const auto checked = check(decision); !checked)
        return checked.error();
    if (const auto done = correct(transaction, *found, decision, clerk); !done)
        return done.error();

    // The applicant reads why an order was refused, and what the answer is where no document says it; other
    // remarks stay in the house.
    const auto* package = catalog_.find(found->service_id);
    const bool has_document = package == nullptr || !package->document.is_null();
    const bool is_public = decision.verdict == Verdict::refuse || !has_document;
    cases_.record(transaction, found->id, {clock_.now(), "decided", clerk.name, decision.text, is_public});
    const runtime::Variables variables{
        {"decision", feel::Value(std::string(name_of(*decision.verdict)))},
        {"decisionText", feel::Value(decision.text)}};
    if (const auto completed = runtime_.complete_task(transaction, task->id, variables, clerk.name);
        !completed)
        return fail(ErrorKind::conflict, "desk.decided_by", completed.error().detail);
    transaction.commit();
    return base::Done{};
}

catalog::Checked Desk::corrected(const cases::Case& shown, const http::Fields& fields) const
{
    const auto* package = catalog_.find(shown.service_id);
    const auto* answers = shown.answers.if_object();
    if (package == nullptr || answers == nullptr)
        return {
            .answers = answers == nullptr ? json::Object() : *answers,
            .partial = {},
            .typed = {},
            .errors = {}};
    return catalog::correct(package->form, *answers, fields, catalog::local_date(clock_.now()));
}

Result<> Desk::correct(
    sql::Transaction& transaction, const cases::Case& decided, const Decision& decision, const Clerk& clerk
)
{
    if (decision.verdict == Verdict::refuse)
        return base::Done{};
    const auto checked = corrected(decided, decision.fields);
    const bool is_changed = !checked.errors.empty() || json::Value(checked.answers) != decided.answers;
    // What somebody typed is never dropped in silence.
    if (decision.verdict == Verdict::approve)
        return is_changed ? Result<>(fail(ErrorKind::invalid, "desk.correction_not_chosen")) : base::Done{};
    if (!checked.errors.empty())
        return fail(ErrorKind::invalid, "desk.correction_invalid");
    if (!is_changed)
        return fail(ErrorKind::invalid, "desk.correction_missing");
    const auto& key = catalog_.find(decided.service_id)->form.date_of_birth_key();
    const auto* birth = checked.answers.find(key);
    cases_.correct_answers(
        transaction,
        decided.id,
        checked.answers,
        birth == nullptr ? decided.date_of_birth : std::string(birth->string_or()),
        clerk.name
    );
    return base::Done{};
}

std::vector<IncidentLine> Desk::incidents(const Clerk& clerk) const
{
    auto transaction = database_.begin_read(clerk.tenant);
    std::vector<IncidentLine> lines;
    for (auto& incident : runtime_.incidents(transaction))
        lines.push_back({incident, incident.business_key});
    return lines;
}

Result<> Desk::retry(const Clerk& clerk, const std::string& incident_id)
{
    auto transaction = database_.begin(clerk.tenant);
    auto resolved = runtime_.resolve_incident(transaction, {incident_id}, clerk.name);
    if (!resolved)
        return resolved.error();
    transaction.commit();
    return base::Done{};
}

}  // namespace desk
