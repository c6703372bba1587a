// A database that an earlier version has filled goes on under this one.
#include "process/bpmn/effects.hpp"
#include "process/bpmn/step.hpp"
#include "process/runtime/runtime_fixture.hpp"

#include <span>

using namespace std::chrono_literals;

namespace {

// Version 1 of "one-job" with an instance that waits for its job, and one that is over, as the program wrote
// them before migration 3.
void fill(sql::Database& database, base::Instant now)
{
    static constexpr sql::Statement add_file{
        "INSERT INTO process_resources (tenant_id, checksum, name, content)"
        " VALUES ('canton', 'c1', 'a.bpmn', :content)"};
    static constexpr sql::Statement add_definition{
        "INSERT INTO process_definitions (tenant_id, kind, definition_id, version, name, version_tag, checksum,"
        " deployed_at, definition_key) VALUES ('canton', 'process', 'one-job', 1, 'one-job', '', 'c1', :now, '77')"};
    static constexpr sql::Statement add_instance{
        "INSERT INTO process_instances (tenant_id, id, process_id, version, definition_tenant, business_key, state,"
        " revision, snapshot, started_at, ended_at)"
        " VALUES ('4021', :id, 'one-job', 1, 'canton', 'AG-1', :state, 1, :snapshot, :now, :ended_at)"};
    static constexpr sql::Statement add_job{
        "INSERT INTO process_jobs (tenant_id, id, instance_id, number, type, element, headers, variables, token,"
        " retries, failures, due_at, worker)"
        " VALUES ('4021', '500', '100', :number, 'work', 'work', '{}', '{}', '100.2', 2, 0, :now, '')"};
    const sql::Value moment = std::int64_t{now.time_since_epoch().count()};

    // What the engine has in mind at the job.
    const auto model = bpmn::read_model(test_models::one_job()).value();
    const bpmn::StepContext context{.now = now, .zone = "Europe/Zurich", .limits = {}, .decide = {}};
    const auto waiting = bpmn::step(*model.processes.front(), {}, bpmn::Start{}, context);
    const auto& job = std::get<bpmn::CreateJob>(waiting.effects.front());
    const auto bytes = bpmn::encode(waiting.state);
    const auto* begin = static_cast<const std::byte*>(static_cast<const void*>(bytes.data()));
    const sql::Blob snapshot(begin, begin + bytes.size());

    auto canton = database.begin({"canton"});
    canton.execute_one(add_file, {{"content", test_models::one_job()}});
    canton.execute_one(add_definition, {{"now", moment}});
    canton.commit();
    auto transaction = database.begin({"4021"});
    transaction.execute_one(
        add_instance,
        {{"id", "100"}, {"state", "active"}, {"snapshot", snapshot}, {"now", moment}, {"ended_at", nullptr}}
    );
    transaction.execute_one(
        add_instance,
        {{"id", "200"}, {"state", "completed"}, {"snapshot", snapshot}, {"now", moment}, {"ended_at", moment}}
    );
    transaction.execute_one(add_job, {{"number", std::int64_t{job.id}}, {"now", moment}});
    transaction.commit();
}

}  // namespace

TEST_CASE("instances, jobs and versions of an earlier program go on, and what was over is forgotten in time")
{
    const auto all = runtime::resources::migrations();
    testing::for_each_database({std::span(all).first(2)}, [&](sql::Database& database) {
        Fixture fixture(database);
        fill(database, fixture.clock.now());

        database.migrate(all);

        fixture.engine.register_worker("work", [](const runtime::Job&) -> runtime::Answer {
            return runtime::Completed{{{"done", true}}};
        });
        fixture.engine.run_due();
        CHECK(fixture.is_completed({"100"}));
        CHECK(fixture.instance({"200"}).definition_key == "77");
        CHECK(fixture.deploy({{"a.bpmn", test_models::one_job()}}).front().version == 2);

        fixture.clock.advance(90 * 24h);
        while (fixture.engine.run_due() > 0)
            ;
        auto transaction = database.begin_read(fixture.tenant);
        CHECK(fixture.engine.find_instances(transaction, {}).empty());
    });
}
