// What is kept of an instance, where, and how long.
#include "process/runtime/packed_trail.hpp"
#include "process/runtime/runtime_fixture.hpp"

using namespace std::chrono_literals;

namespace {

// Start, user task "check", end; kept for as long as `value` says.
std::string kept_for(const std::string& value)
{
    return test_models::file(test_models::process(
        "one-task",
        "<extensionElements><zeebe:properties><zeebe:property name=\"historyTimeToLive\" value=\"" + value +
            "\"/></zeebe:properties></extensionElements><startEvent id=\"start\"/>" +
            test_models::user_task("check") + "<endEvent id=\"end\"/>" + test_models::flow("start", "check") +
            test_models::flow("check", "end")
    ));
}

std::int64_t count_rows(sql::Database& database, const sql::Statement& statement)
{
    auto transaction = database.begin_read_across_tenants();
    return transaction.first(statement, {}, [](const sql::Row& row) { return row.integer(0); }).value();
}

constexpr sql::Statement count_values{"SELECT count(*) FROM process_values"};
constexpr sql::Statement count_trail{"SELECT count(*) FROM process_trail"};
constexpr sql::Statement packed_bytes{"SELECT sum(length(packed)) FROM process_trail"};
constexpr sql::Statement longest_snapshot{"SELECT max(length(snapshot)) FROM process_instances"};

std::string text_of(const runtime::Variables& variables, std::string_view name)
{
    const auto* value = variables.find(name);
    return value && value->if_string() ? *value->if_string() : "";
}

}  // namespace

TEST_CASE("13: what is over is forgotten when the time that its process says is up, what is active never")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", kept_for("P10D")}});
        const auto over = fixture.start("one-task", "AG-1");
        REQUIRE(fixture.complete(fixture.tasks().front()));
        const auto active = fixture.start("one-task", "AG-2");

        fixture.clock.advance(240h - 1s);
        fixture.engine.run_due();
        CHECK(fixture.is_completed(over));

        fixture.clock.advance(1s);
        fixture.engine.run_due();
        auto transaction = fixture.database.begin_read(fixture.tenant);
        CHECK_FALSE(fixture.engine.find_instance(transaction, over));
        CHECK(fixture.engine.trail(transaction, over).empty());
        CHECK(fixture.engine.find_instance(transaction, active));
        CHECK_FALSE(fixture.engine.trail(transaction, active).empty());
    });
}

TEST_CASE("13: where a process says nothing, what is over is kept as long as the installation wants")
{
    testing::for_each_database({runtime::resources::migrations()}, [](sql::Database& database) {
        Fixture fixture(database, {.keep_for = 1h});
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        for (int order = 0; order < 250; ++order)
            fixture.start("one-task");
        for (const auto& task : fixture.tasks({.most = 1000}))
            REQUIRE(fixture.complete(task));

        fixture.clock.advance(1h);
        while (fixture.engine.run_due() > 0)
            ;

        auto transaction = database.begin_read(fixture.tenant);
        CHECK(fixture.engine.find_instances(transaction, {}).empty());
        CHECK(count_rows(database, count_trail) == 0);
    });
}

TEST_CASE("an hour after the end a trail is packed into one small row, and tells the same as before")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::join_of(3)}});
        const auto id = fixture.start("joining");
        for (const auto& task : fixture.tasks())
            REQUIRE(fixture.complete(task));
        const auto told = [&] {
            auto transaction = fixture.database.begin_read(fixture.tenant);
            std::string lines;
            for (const auto& entry : fixture.engine.trail(transaction, id))
                lines += entry.element + " " + entry.event + " " + entry.who + " " +
                         std::to_string(entry.element_number) + "\n";
            return lines;
        };
        const auto before = told();
        fixture.engine.run_due();
        CHECK(count_rows(fixture.database, count_trail) == 4);

        fixture.clock.advance(1h);
        CHECK(fixture.engine.run_due() == 1);
        CHECK(fixture.engine.run_due() == 0);

        CHECK(told() == before);
        CHECK(count_rows(fixture.database, count_trail) == 1);
        CHECK(count_rows(fixture.database, packed_bytes) * 3 < static_cast<std::int64_t>(before.size()) * 2);

        fixture.clock.advance(90 * 24h);
        fixture.engine.run_due();
        CHECK(count_rows(fixture.database, count_trail) == 0);
    });
}

TEST_CASE("bytes that are no packed trail are refused")
{
    const auto packed = runtime::pack_trail("[[1,\"a\",\"activated\",1]]");

    CHECK(runtime::unpack_trail(packed) == "[[1,\"a\",\"activated\",1]]");
    for (std::size_t length = 0; length < packed.size(); ++length)
        CHECK_THROWS_AS(runtime::unpack_trail(packed.substr(0, length)), std::runtime_error);
    CHECK_THROWS_AS(runtime::unpack_trail("nonsense"), std::runtime_error);
}

TEST_CASE("18: a large value lies beside the snapshot, is written once, and goes with its instance")
{
    for_each_runtime([](Fixture& fixture) {
        fixture.deploy({{"a.bpmn", test_models::one_message()}});
        const std::string letter(100'000, 'x');
        const auto id = fixture.start(
            "one-message", "AG-1", {{"reference", "AG-1"}, {"letter", letter}, {"copy", letter}}
        );
        CHECK(count_rows(fixture.database, count_values) == 1);
        CHECK(count_rows(fixture.database, longest_snapshot) < 500);

        REQUIRE(fixture.complete(fixture.tasks().front()));
        // Another program, which has not kept the state in mind, reads it from the database.
        {
            runtime::Runtime other(fixture.database, fixture.clock, fixture.random);
            auto transaction = fixture.database.begin(fixture.tenant);
            CHECK(text_of(other.variables(transaction, id), "letter") == letter);
            REQUIRE(other.publish_message(transaction, {.name = "paid", .correlation_key = "AG-1"}));
            REQUIRE(other.set_variables(transaction, id, {{"letter", "short"}}, "Anna"));
            transaction.commit();
        }
        CHECK(text_of(fixture.variables(id), "letter") == "short");
        CHECK(text_of(fixture.variables(id), "copy") == letter);
        CHECK(count_rows(fixture.database, count_values) == 1);

        REQUIRE(fixture.complete(fixture.tasks().front(), {{"copy", "short"}}));
        CHECK(fixture.is_completed(id));
        CHECK(count_rows(fixture.database, count_values) == 0);
    });
}

TEST_CASE("18: what lies beside the snapshot counts towards the limit of an instance")
{
    testing::for_each_database({runtime::resources::migrations()}, [](sql::Database& database) {
        Fixture fixture(database, {.most_bytes = 20'000});
        fixture.deploy({{"a.bpmn", test_models::one_task()}});
        const auto id = fixture.start("one-task", "AG-1", {{"letter", std::string(15'000, 'x')}});

        const auto refused =
            fixture.complete(fixture.tasks().front(), {{"answer", std::string(15'000, 'y')}});

        REQUIRE_FALSE(refused);
        CHECK(refused.error().message_key == "runtime.too_large");
        CHECK_FALSE(fixture.is_completed(id));
        CHECK(fixture.waiting() == "check");
    });
}

TEST_CASE("a version on which something runs is not removed; without it, the one before starts again")
{
    for_each_runtime([](Fixture& fixture) {
        const auto first = fixture.deploy({{"a.bpmn", test_models::started_by_message()}}).front();
        auto changed = test_models::started_by_message();
        changed.replace(changed.find("Check repair"), 12, "Have a look");
        const auto second = fixture.deploy({{"a.bpmn", changed}}).front();
        REQUIRE(fixture.publish({.name = "reported"}));
        CHECK(fixture.tasks().front().name == "Have a look");

        auto removed = fixture.engine.remove_definition({"canton"}, second.key);
        REQUIRE_FALSE(removed);
        CHECK(removed.error().kind == base::ErrorKind::conflict);
        CHECK(
            fixture.engine.remove_definition(fixture.tenant, second.key).error().kind ==
            base::ErrorKind::not_found
        );

        REQUIRE(fixture.complete(fixture.tasks().front()));
        REQUIRE(fixture.engine.remove_definition({"canton"}, second.key));
        REQUIRE(fixture.publish({.name = "reported"}));
        CHECK(fixture.tasks().front().name == "Check repair");

        REQUIRE(fixture.complete(fixture.tasks().front()));
        REQUIRE(fixture.engine.remove_definition({"canton"}, first.key));
        REQUIRE(fixture.publish({.name = "reported"}));
        CHECK(fixture.tasks().empty());
        // A number is not given twice.
        CHECK(fixture.deploy({{"a.bpmn", changed}}).front().version == 3);
    });
}

TEST_CASE("a form is deployed like a model: a new version only when it has changed, a broken one refused")
{
    for_each_runtime([](Fixture& fixture) {
        const std::string form = R"({"id": "look", "type": "default", "components": []})";

        CHECK(fixture.deploy({{"look.form", form}}).front().version == 1);
        CHECK_FALSE(fixture.deploy({{"look.form", form}}).front().is_new);
        CHECK(fixture.deploy({{"look.form", form + " "}}).front().version == 2);

        auto transaction = fixture.database.begin({"canton"});
        for (const auto* broken : {"{", R"({"type": "default"})"}) {
            const auto refused =
                fixture.engine.deploy(transaction, std::vector<runtime::Resource>{{"b.form", broken}});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().message_key == "runtime.refused_model");
        }
    });
}
