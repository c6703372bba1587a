// Element instances: what is and was active in an instance, and their keys.
#include "process/runtime/keys.hpp"
#include "process/runtime/runtime_fixture.hpp"

#include <algorithm>

using runtime::InstanceState;

namespace {

std::vector<runtime::ElementInstance> elements(Fixture& fixture, const runtime::InstanceId& id)
{
    auto transaction = fixture.database.begin_read(fixture.tenant);
    return fixture.engine.element_instances(transaction, id);
}

const runtime::ElementInstance&
find(const std::vector<runtime::ElementInstance>& elements, const std::string& element)
{
    const auto found = std::ranges::find(elements, element, &runtime::ElementInstance::element);
    REQUIRE(found != elements.end());
    return *found;
}

}  // namespace

TEST_CASE("each element that came and went is there, with its kind, its times and how it ended")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        const auto id = fixture.start("one-message", "AG-1", {{"reference", "AG-1"}});
        fixture.clock.advance(std::chrono::minutes(5));
        REQUIRE(fixture.complete(fixture.tasks().front()));

        const auto all = elements(fixture, id);

        CHECK(all.front().number == 1);
        CHECK(all.front().type == "process");
        CHECK(all.front().state == InstanceState::active);
        const auto& done = find(all, "before");
        CHECK(done.type == "userTask");
        CHECK(done.name == "Check before");
        CHECK(done.state == InstanceState::completed);
        CHECK(*done.ended_at - done.started_at == std::chrono::minutes(5));
        CHECK(find(all, "wait").type == "intermediateCatchEvent");
        CHECK(find(all, "wait").state == InstanceState::active);

        auto transaction = fixture.database.begin(fixture.tenant);
        REQUIRE(fixture.engine.cancel(transaction, id, "Anna"));
        transaction.commit();
        CHECK(find(elements(fixture, id), "wait").state == InstanceState::terminated);
        CHECK(elements(fixture, id).front().state == InstanceState::terminated);
    });
}

TEST_CASE("an element that stands still names its incident, and a task and a job name their element")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_job()}, {"b.bpmn", test_models::one_task()}});
        const auto id = fixture.start("one-job");
        {
            auto transaction = fixture.database.begin(fixture.tenant);
            const auto jobs = fixture.engine.jobs(transaction, {.type = "work"});
            REQUIRE(jobs.size() == 1);
            CHECK(jobs[0].element_number == find(elements(fixture, id), "work").number);
            REQUIRE(fixture.engine.answer_job(transaction, jobs[0].id, runtime::Failed{"closed", 0}));
            transaction.commit();
        }

        CHECK(find(elements(fixture, id), "work").incident == fixture.incidents().front().id);
        const auto other = fixture.start("one-task");
        CHECK(fixture.tasks().front().element_number == find(elements(fixture, other), "check").number);
    });
}

TEST_CASE("variables can be an active element's own, and one of several can be ended")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::join_of(2)}});
        const auto id = fixture.start("joining");
        const auto number = find(elements(fixture, id), "task0").number;
        auto transaction = fixture.database.begin(fixture.tenant);

        REQUIRE(fixture.engine.set_variables(transaction, id, {{"note", "later"}}, "Anna", number));
        const auto locals = fixture.engine.local_variables(transaction, id);
        REQUIRE(locals.size() == 1);
        CHECK(locals[0].element_number == number);
        CHECK(fixture.engine.variables(transaction, id).empty());

        REQUIRE(fixture.engine.modify(transaction, id, {.terminate_numbers = {number}}, "Anna"));
        CHECK_FALSE(fixture.engine.set_variables(transaction, id, {{"note", "now"}}, "Anna", number));
        CHECK_FALSE(fixture.engine.modify(transaction, id, {.terminate_numbers = {number}}, "Anna"));
        transaction.commit();
        CHECK(fixture.waiting() == "task1");
    });
}

TEST_CASE("candidates, priority and dates of a task can be changed, one without the others")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        fixture.start("one-task");
        const auto id = fixture.tasks().front().id;
        const auto due = fixture.clock.now() + std::chrono::days(3);
        auto transaction = fixture.database.begin(fixture.tenant);

        REQUIRE(fixture.engine.update_task(transaction, id, {.candidate_groups = {{"finance"}}, .due = {due}})
        );
        REQUIRE(fixture.engine.update_task(transaction, id, {.priority = 80}));

        auto task = fixture.engine.find_task(transaction, id).value();
        CHECK(task.candidate_groups == std::vector<std::string>{"finance"});
        CHECK(task.due == due);
        CHECK(task.priority == 80);
        REQUIRE(fixture.engine.update_task(transaction, id, {.due = std::optional<base::Instant>()}));
        CHECK_FALSE(fixture.engine.find_task(transaction, id)->due);
        CHECK_FALSE(fixture.engine.update_task(transaction, {"1"}, {.priority = 1}));
    });
}

TEST_CASE("an element's key leads back to its instance and its number, for late ones too")
{
    testing::TestClock clock;
    base::SystemRandom random;
    runtime::KeyMaker keys(clock, random);
    const auto instance = keys.make_for_instance();

    CHECK(runtime::element_key(instance, 1) == instance);
    for (const std::int64_t number : {1, 2, 1023, 1024, 999'999, 12'345'678}) {
        const auto key = runtime::element_key(instance, number);
        INFO(key);
        const auto parsed = runtime::parse_element_key(key);
        if (number > 999'999) {
            // More than a million elements in one instance have no key that clients could take.
            continue;
        }
        REQUIRE(parsed);
        CHECK(parsed->instance.text == instance);
        CHECK(parsed->number == number);
        CHECK(key.size() <= 25);
    }
    CHECK(std::stoll(keys.make()) - std::stoll(instance) >= 1024);
    CHECK(runtime::element_key("912345678901234567", 7) == "912345678901234567000007");
    for (const auto* nonsense : {"", "abc", "-1", "12345678901234567890123456"})
        CHECK_FALSE(runtime::parse_element_key(nonsense));
}
