#pragma once

#include "base/result.hpp"
#include "features/desk/decision.hpp"
#include "platform/cases/cases.hpp"
#include "platform/cases/messages.hpp"
#include "platform/catalog/form.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <vector>

namespace catalog {
class Catalog;
}
namespace runtime {
class Runtime;
}
namespace sql {
class Database;
class Transaction;
}  // namespace sql

namespace desk {

// Somebody of the staff at work: their authority and their name.
struct Clerk {
    base::TenantId tenant;
    std::string name;
};

// A case with everything a clerk needs to decide.
struct Dossier {
    cases::Case opened_case;
    std::vector<cases::Event> history;
    std::vector<cases::Message> messages;
    bool awaits_correction = false;     // the resident was asked to correct the answers, and has not yet
    std::optional<runtime::Task> task;  // what waits for a clerk, if anything does
    std::string task_reason;            // why: "not_found", "differs", … ("desk.reason_<reason>")
    std::optional<runtime::Incident> incident;
};

struct IncidentLine {
    runtime::Incident incident;
    std::string reference;
};

// The staff's side of cases. Every call sees the clerk's own authority only and is one transaction.
class Desk {
public:
    Desk(
        sql::Database& database,
        const catalog::Catalog& catalog,
        cases::Cases& cases,
        const cases::Messages& messages,
        runtime::Runtime& runtime,
        const base::Clock& clock
    );

    cases::Inbox inbox(const Clerk& clerk, const cases::InboxFilter& filter) const;
    base::Result<Dossier> open(const Clerk& clerk, const std::string& reference) const;

    // `conflict` when a colleague has the task (the detail is their name) or it is over.
    base::Result<> take(const Clerk& clerk, const std::string& reference);

    // To the applicant, who is told by mail. `invalid` as cases::Messages says.
    base::Result<>
    write(const Clerk& clerk, const std::string& reference, const std::string& text, bool asks_correction);

    // Ends the task with what the clerk decided. `invalid` when the decision lacks something (message key);
    // `conflict` when a colleague has the task or has ended it (the detail is their name, where known):
    // nothing is changed then.
    base::Result<> decide(const Clerk& clerk, const std::string& reference, const Decision& decision);

    // The case's answers with what a clerk typed over them, and what is wrong with that.
    catalog::Checked corrected(const cases::Case& shown, const http::Fields& fields) const;

    std::vector<IncidentLine> incidents(const Clerk& clerk) const;
    // Runs the failed step again.
    base::Result<> retry(const Clerk& clerk, const std::string& incident_id);

private:
    base::Result<> correct(
        sql::Transaction& transaction,
        const cases::Case& decided,
        const Decision& decision,
        const Clerk& clerk
    );

    sql::Database& database_;
    const catalog::Catalog& catalog_;
    cases::Cases& cases_;
    const cases::Messages& messages_;
    runtime::Runtime& runtime_;
    const base::Clock& clock_;
};

}  // namespace desk
