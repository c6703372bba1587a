#include "base/date.hpp"
#include "features/orchestration/exchange.hpp"
#include "features/orchestration/query.hpp"
#include "features/orchestration/waiting.hpp"
#include "process/runtime/keys.hpp"

#include <iterator>

namespace orchestration {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::int64_t most_jobs = 1000;

struct Wanted {
    std::string type;
    std::string worker;
    std::size_t most = 1;
    milliseconds lock_time{};
    milliseconds waiting{};
    json::Value variables = {};  // names; empty: all
    std::vector<base::TenantId> tenants = {};
};

base::Result<Wanted> read_wanted(const Call& call)
{
    Wanted wanted{
        .type = std::string(call.body.text_of("type")),
        .worker = std::string(call.body.text_of("worker", call.client.name)),
        .lock_time = milliseconds(number_of(call.body, "timeout", 0)),
    };
    const auto most = number_of(call.body, "maxJobsToActivate", 0);
    if (wanted.type.empty() || wanted.lock_time <= 0ms || most < 1 || most > most_jobs)
        return wrong("type, a timeout above 0 and maxJobsToActivate from 1 to 1000 expected");
    wanted.most = static_cast<std::size_t>(most);
    wanted.waiting = patience_of(call.body);
    if (const auto* names = call.body.find("fetchVariable"))
        wanted.variables = *names;
    for (const auto& tenant : list_of(call.body, "tenantIds")) {
        auto named = tenant_named(tenant.string_or(), call.client);
        if (!named)
            return named.error();
        wanted.tenants.push_back(std::move(*named));
    }
    if (wanted.tenants.empty())
        wanted.tenants.push_back(call.tenant);
    if (!call.client.may_work_on(wanted.type))
        return base::fail(
            base::ErrorKind::forbidden,
            "orchestration.other_job_type",
            "the client needs the scope jobs:" + wanted.type
        );
    return wanted;
}

json::Object
show(const runtime::Job& job, const runtime::Instance& instance, const Wanted& wanted, base::Instant deadline)
{
    return {
        {"type", job.type},
        {"processDefinitionId", job.process_id},
        {"processDefinitionVersion", instance.version},
        {"elementId", job.element},
        {"customHeaders", json_of(job.headers)},
        {"worker", wanted.worker},
        {"retries", job.retries},
        {"deadline", std::int64_t{deadline.time_since_epoch().count()}},
        {"variables", json_of(chosen(job.variables, &wanted.variables))},
        {"tenantId", job.tenant.text},
        {"jobKey", job.id.text},
        {"processInstanceKey", job.instance.text},
        {"processDefinitionKey", instance.definition_key},
        {"elementInstanceKey", runtime::element_key(job.instance.text, job.element_number)},
        {"kind", "BPMN_ELEMENT"},
        {"listenerEventType", "UNSPECIFIED"},
        {"userTask", nullptr},
        {"tags", json::Array{}},
        {"rootProcessInstanceKey", nullptr},
        {"businessId", or_null(job.business_key)},
    };
}

json::Array take_jobs(const Parts& parts, const Wanted& wanted)
{
    json::Array jobs;
    for (const auto& tenant : wanted.tenants) {
        json::Array taken;
        parts.database.write(tenant, [&](sql::Transaction& transaction) {
            const auto left = wanted.most - std::min(wanted.most, jobs.size());
            const auto deadline = parts.clock.now() + wanted.lock_time;
            taken.clear();  // of an attempt that met another
            transaction.spare_flush();
            for (const auto& job :
                 parts.runtime.activate_jobs(transaction, wanted.type, wanted.worker, left, wanted.lock_time))
                taken.emplace_back(show(
                    job, parts.runtime.find_instance(transaction, job.instance).value(), wanted, deadline
                ));
        });
        jobs.insert(jobs.end(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
    }
    return jobs;
}

Answer activate(const Parts& parts, const Call& call)
{
    const auto wanted = read_wanted(call);
    if (!wanted)
        return wanted.error();
    Expectation expectation{
        .look = [parts, wanted = *wanted](bool is_last) -> std::optional<Answer> {
            auto jobs = take_jobs(parts, wanted);
            if (jobs.empty() && !is_last)
                return std::nullopt;
            return json_response({{"jobs", std::move(jobs)}});
        },
        .news = {},
        .patience = wanted->waiting,
    };
    for (const auto& tenant : wanted->tenants)
        expectation.news.push_back(parts.runtime.listen_for_jobs(tenant, wanted->type));
    return answer_in_time(parts, call, std::move(expectation));
}

Answer answer_with(const Parts& parts, const Call& call, const runtime::Answer& answer)
{
    const auto make = [&](sql::Transaction& transaction) {
        return parts.runtime.answer_job(transaction, {call.key("key")}, answer);
    };
    return change(parts, call, make, "job (it may be done, or taken away)");
}

Answer complete(const Parts& parts, const Call& call)
{
    auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    return answer_with(parts, call, runtime::Completed{std::move(*variables)});
}

Answer fail_job(const Parts& parts, const Call& call)
{
    runtime::Failed failed{.message = std::string(call.body.text_of("errorMessage"))};
    // None, as that interface has it, when the client does not say.
    failed.retries = static_cast<int>(std::clamp<std::int64_t>(number_of(call.body, "retries", 0), 0, 1000));
    if (call.body.find("retryBackOff"))
        failed.back_off = milliseconds(std::max<std::int64_t>(0, number_of(call.body, "retryBackOff", 0)));
    return answer_with(parts, call, failed);
}

Answer throw_error(const Parts& parts, const Call& call)
{
    auto variables = variables_of(call.body);
    if (!variables)
        return variables.error();
    if (call.body.text_of("errorCode").empty())
        return wrong("errorCode expected");
    return answer_with(
        parts,
        call,
        runtime::BpmnError{
            std::string(call.body.text_of("errorCode")),
            std::string(call.body.text_of("errorMessage")),
            std::move(*variables)}
    );
}

constexpr Field fields[] = {
    {"deadline"},
    {"elementId"},
    {"elementInstanceKey"},
    {"hasFailedWithRetriesLeft"},
    {"isDenied"},
    {"jobKey"},
    {"kind"},
    {"listenerEventType"},
    {"processDefinitionId"},
    {"processDefinitionKey"},
    {"processInstanceKey"},
    {"retries"},
    {"state"},
    {"tenantId"},
    {"type"},
    {"worker"},
    {"priority"},
};

// One that waits or is worked on; what is done is no job any more.
json::Object show_found(const runtime::Job& job, const runtime::Instance& instance, base::Instant now)
{
    const bool is_locked = !job.worker.empty() && job.due > now;
    return {
        {"customHeaders", json_of(job.headers)},
        {"deadline", is_locked ? json::Value(base::format_instant(job.due)) : json::Value()},
        {"deniedReason", nullptr},
        {"elementId", job.element},
        {"elementInstanceKey", runtime::element_key(job.instance.text, job.element_number)},
        {"endTime", nullptr},
        {"errorCode", nullptr},
        {"errorMessage", nullptr},
        {"hasFailedWithRetriesLeft", job.failures > 0 && job.retries > 0},
        {"isDenied", nullptr},
        {"jobKey", job.id.text},
        {"kind", "BPMN_ELEMENT"},
        {"listenerEventType", "UNSPECIFIED"},
        {"priority", job.priority},
        {"processDefinitionId", job.process_id},
        {"processDefinitionKey", instance.definition_key},
        {"processInstanceKey", job.instance.text},
        {"rootProcessInstanceKey", nullptr},
        {"retries", job.retries},
        {"state", job.failures > 0 ? "FAILED" : "CREATED"},
        {"tenantId", job.tenant.text},
        {"type", job.type},
        {"worker", job.worker},
        {"creationTime", nullptr},
        {"lastUpdateTime", nullptr},
    };
}

Answer search(const Parts& parts, const Call& call)
{
    const auto query = Query::read(call.body, fields, "jobKey");
    if (!query)
        return query.error();
    auto transaction = parts.database.begin_read(call.tenant);
    const auto found = parts.runtime.jobs(
        transaction,
        {.instance = query->equal_to("processInstanceKey"),
         .type = query->equal_to("type"),
         .most = most_read}
    );
    std::vector<json::Object> items;
    for (const auto& job : found)
        if (call.client.may_work_on(job.type))
            items.push_back(show_found(
                job, parts.runtime.find_instance(transaction, job.instance).value(), parts.clock.now()
            ));
    return query->answer(std::move(items), found.size() == most_read);
}

// More time, or more attempts.
Answer update(const Parts& parts, const Call& call)
{
    const auto* changeset = call.body.find("changeset");
    const json::Value nothing{json::Object{}};
    const json::Value& wanted = changeset ? *changeset : nothing;
    const auto timeout = number_of(wanted, "timeout", 0);
    const auto retries = number_of(wanted, "retries", 0);
    if (timeout < 0 || retries < 0 || (timeout == 0 && retries == 0))
        return wrong("changeset: a timeout or retries above 0 expected");
    const auto make = [&](sql::Transaction& transaction) {
        return parts.runtime.update_job(
            transaction,
            {call.key("key")},
            timeout > 0 ? std::optional(milliseconds(timeout)) : std::nullopt,
            retries > 0 ? std::optional(static_cast<int>(std::min<std::int64_t>(retries, 1000)))
                        : std::nullopt
        );
    };
    return change(parts, call, make, "job");
}

}  // namespace

std::vector<Operation> job_operations()
{
    return {
        {http::Method::post, "/jobs/activation", "jobs", activate},
        {http::Method::post, "/jobs/search", "jobs", search},
        {http::Method::post, "/jobs/{key}/completion", "jobs", complete},
        {http::Method::post, "/jobs/{key}/failure", "jobs", fail_job},
        {http::Method::post, "/jobs/{key}/error", "jobs", throw_error},
        {http::Method::patch, "/jobs/{key}", "jobs", update},
    };
}

}  // namespace orchestration
