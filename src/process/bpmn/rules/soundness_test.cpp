// Models that are allowed and nearly always wrong.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

bool warns(const std::string& rule, const std::string& element, const std::string& process)
{
    const auto model = read_model(file(process));
    REQUIRE(model);
    CHECK_MESSAGE(model->is_executable(), findings(process));
    return std::ranges::any_of(model->findings, [&](const Finding& finding) {
        return finding.severity == Severity::warning && finding.rule == rule && finding.element == element;
    });
}

const auto parallel = node("parallelGateway", "fork") + node("parallelGateway", "join");

}  // namespace

TEST_CASE("a choice without a default flow is pointed out")
{
    const std::string flows = "start > which; which > A [=x]; which > B [=not(x)]; A > end; B > end";
    CHECK(warns("default-missing", "which", scope(flows, node("exclusiveGateway", "which"))));
    CHECK(warns("default-missing", "which", scope(flows, node("inclusiveGateway", "which"))));
    CHECK_FALSE(warns(
        "default-missing",
        "which",
        scope(
            "start > which; which > A [=x]; which > B; A > end; B > end",
            node("exclusiveGateway", "which' default='which-B")
        )
    ));
}

TEST_CASE("a flow without condition that is not the default of an exclusive gateway is pointed out")
{
    const std::string flows = "start > which; which > A; which > B [=x]; A > end; B > end";
    CHECK(warns("condition-missing", "which-A", scope(flows, node("exclusiveGateway", "which"))));
    CHECK_FALSE(warns("condition-missing", "which-A", scope(flows, node("inclusiveGateway", "which"))));
}

TEST_CASE("a split that no gateway shows is pointed out")
{
    CHECK(warns("implicit-split", "A", scope("start > A; A > B > end; A > C > end")));
    CHECK(warns("implicit-split", "start", scope("start > A > end; start > B > end")));
    CHECK_FALSE(warns("implicit-split", "A", scope("start > A; A > B [=x]; A > C; B > end; C > end")));
}

TEST_CASE("what can never be reached is pointed out, though flows lead to it")
{
    const auto island = scope("start > A > end; B > C > B2; B2 > B", node("task", "B") + node("task", "B2"));
    CHECK(warns("unreachable", "B", island));
    CHECK(warns("unreachable", "C", island));
    CHECK_FALSE(warns("unreachable", "A", island));

    const auto linked = scope(
        "start > jump; land > A > end; due > B > end",
        node("intermediateThrowEvent", "jump", link("x")) +
            node("intermediateCatchEvent", "land", link("x")) + boundary("due", "A", timer("PT1H"))
    );
    CHECK_FALSE(warns("unreachable", "A", linked));
    CHECK_FALSE(warns("unreachable", "B", linked));
}

TEST_CASE("a parallel join whose flows are never taken together is pointed out")
{
    const auto choice = node("exclusiveGateway", "which' default='which-B") + node("parallelGateway", "join");
    CHECK(warns(
        "join-never",
        "join",
        scope("start > which; which > A [=x]; which > B; A > join; B > join; join > end", choice)
    ));

    // An event-based gateway takes one arm too.
    CHECK(warns(
        "join-never",
        "join",
        scope(
            "start > race; race > one > join; race > two > join; join > end",
            node("eventBasedGateway", "race") + node("parallelGateway", "join") +
                node("intermediateCatchEvent", "one", signal) +
                node("intermediateCatchEvent", "two", timer("PT1H"))
        )
    ));
    // And so does an activity with its interrupting boundary event.
    CHECK(warns(
        "join-never",
        "join",
        scope(
            "start > A > join; due > B > join; join > end",
            node("parallelGateway", "join") + boundary("due", "A", timer("PT1H"))
        )
    ));
}

TEST_CASE("a join that can go on is not")
{
    CHECK_FALSE(warns(
        "join-never", "join", scope("start > fork; fork > A > join; fork > B > join; join > end", parallel)
    ));
    // Beside an activity there may be a token of its boundary event.
    CHECK_FALSE(warns(
        "join-never",
        "join",
        scope(
            "start > A > join; due > B > join; join > end",
            node("parallelGateway", "join") + beside("due", "A", timer("PT1H"))
        )
    ));
    // Two tokens that both come to a choice may go different ways.
    CHECK_FALSE(warns(
        "join-never",
        "join",
        scope(
            "start > fork; fork > A > merge; fork > B > merge; merge > which; which > C [=x]; which > D; C > join; D > join; join > end",
            parallel + node("exclusiveGateway", "merge") + node("exclusiveGateway", "which' default='which-D")
        )
    ));
    // A boundary event that does not interrupt may happen twice.
    CHECK_FALSE(warns(
        "join-never",
        "join",
        scope(
            "start > A > end; heard > which; which > C [=x]; which > D; C > join; D > join; join > end",
            node("parallelGateway", "join") + node("exclusiveGateway", "which' default='which-D") +
                beside("heard", "A", signal)
        )
    ));
}
