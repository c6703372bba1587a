#include "app/readings.hpp"

#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "process/runtime/runtime.hpp"

#include <filesystem>
#include <string>

namespace app {

namespace {

using http::Reading;
using http::Sample;

Reading counts(
    std::string name, std::string sentence, const std::vector<runtime::Load::Count>& all, const char* label
)
{
    Reading reading{std::move(name), std::move(sentence), {}};
    for (const auto& count : all) {
        Sample sample{{{"tenant", count.tenant.text}}, std::to_string(count.count)};
        if (!count.name.empty())
            sample.labels.emplace_back(label, count.name);
        reading.samples.push_back(std::move(sample));
    }
    return reading;
}

Reading seconds(std::string name, std::string sentence, std::chrono::milliseconds duration)
{
    return {std::move(name), std::move(sentence), {{{}, http::seconds_text(duration)}}};
}

void add_processes(const runtime::Load& load, std::vector<Reading>& all)
{
    all.push_back(counts(
        "schalter_process_instances",
        "Instances that are active, by authority and process.",
        load.active_instances,
        "process"
    ));
    all.push_back(counts(
        "schalter_process_jobs", "Jobs that wait or are worked on, by authority and type.", load.jobs, "type"
    ));
    all.push_back(
        counts("schalter_process_incidents", "Incidents that wait for a person.", load.incidents, "")
    );
    all.push_back(
        seconds("schalter_process_timer_lag_seconds", "For how long the oldest timer is due.", load.timer_lag)
    );
    all.push_back(seconds(
        "schalter_process_job_lag_seconds", "For how long the oldest job waits for a worker.", load.job_lag
    ));
}

void add_background(const jobs::Backlog& backlog, std::vector<Reading>& all)
{
    Reading waiting{"schalter_background_jobs", "Mail and other work in the background that waits.", {}};
    Reading dead{
        "schalter_background_jobs_dead", "Work that has failed too often and waits for a person.", {}};
    for (const auto& kind : backlog.kinds) {
        waiting.samples.push_back({{{"kind", kind.kind}}, std::to_string(kind.waiting)});
        dead.samples.push_back({{{"kind", kind.kind}}, std::to_string(kind.dead)});
    }
    all.push_back(std::move(waiting));
    all.push_back(std::move(dead));
    all.push_back(seconds(
        "schalter_background_lag_seconds",
        "For how long the oldest work in the background is due.",
        backlog.lag
    ));
}

}  // namespace

std::vector<Reading>
read_figures(sql::Database& database, const runtime::Runtime& runtime, const jobs::Runner& runner)
{
    std::vector<Reading> all;
    bool is_up = true;
    try {
        auto transaction = database.begin_read_across_tenants();
        add_processes(runtime.load(transaction), all);
        add_background(runner.backlog(transaction), all);
    } catch (const std::exception&) {
        // Told below; a figure that cannot be looked up is not there.
        is_up = false;
    }
    all.push_back({"schalter_database_up", "1 when the database answers.", {{{}, is_up ? "1" : "0"}}});
    if (const auto left = free_bytes(database))
        all.push_back(
            {"schalter_disk_free_bytes",
             "What is left on the database's disk.",
             {{{}, std::to_string(*left)}}}
        );
    return all;
}

std::optional<std::uint64_t> free_bytes(const sql::Database& database)
{
    if (database.file().empty())
        return std::nullopt;
    std::error_code error;
    const auto space = std::filesystem::space(database.file(), error);
    return error ? std::nullopt : std::optional(std::uint64_t{space.available});
}

}  // namespace app
