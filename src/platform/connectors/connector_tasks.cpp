#include "platform/connectors/connector_tasks.hpp"

#include "platform/connectors/connectors.hpp"
#include "process/runtime/runtime.hpp"

namespace connectors {

namespace {

feel::Value register_variable(const Finding& finding)
{
    const auto since =
        finding.resident_since ? feel::Value(base::format_date(*finding.resident_since)) : feel::Value();
    return feel::Context{
        {"found", finding.found},
        {"unique", finding.unique},
        {"matches", finding.matches},
        {"dataLock", finding.has_data_lock},
        {"residentSince", since},
        {"reason", finding.reason.empty() ? feel::Value() : feel::Value(finding.reason)},
    };
}

runtime::Answer fetch_person(const runtime::Job& job, Connectors& connectors)
{
    const feel::Value* case_id = job.variables.find("caseId");
    const std::string* id = case_id == nullptr ? nullptr : case_id->if_string();
    if (id == nullptr)
        return runtime::Failed{"fetch-person needs caseId", 0};
    const auto finding = connectors.fetch_person(job.tenant, {*id}, job.id.text);
    if (finding)
        return runtime::Completed{{{"register", register_variable(*finding)}}};
    switch (finding.error().kind) {
    case base::ErrorKind::forbidden: return runtime::BpmnError{"REFUSED", finding.error().detail};
    case base::ErrorKind::unavailable: return runtime::Failed{finding.error().detail};
    default: return runtime::Failed{finding.error().detail, 0};
    }
}

}  // namespace

void register_tasks(runtime::Runtime& runtime, Connectors& connectors)
{
    runtime.register_worker("fetch-person", [&](const runtime::Job& job) {
        return fetch_person(job, connectors);
    });
}

}  // namespace connectors
