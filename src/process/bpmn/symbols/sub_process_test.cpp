// Embedded and event sub-processes: BPMN 2.0.2 section 10.3.5, 13.3.4, 13.5.4.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a sub-process begins at its start event and is completed when nothing in it is left")
{
    Story story(scope(
        "start > part > A > end",
        node("subProcess", "part", scope("startIn > B > endIn; startIn > C > endIn"))
    ));
    story.start();
    CHECK(story.waiting() == "B C");
    story.complete("B");
    story.complete("C");

    CHECK(story.waiting() == "A");
    CHECK(story.completed() == "start startIn B endIn C endIn part");
}

TEST_CASE("without a start event everything in it that no flow leads to begins at once")
{
    Story story(scope("start > part > A > end", node("subProcess", "part", scope("B > C; D > E"))));
    story.start();

    CHECK(story.waiting() == "B D");
}

TEST_CASE("its own variables stay in it, what it learns goes where the name is known")
{
    Story story(scope(
        "start > part > A > end",
        node(
            "subProcess",
            "part",
            extension("<zeebe:ioMapping><zeebe:input source='=1' target='mine'/></zeebe:ioMapping>") +
                scope("startIn > B > endIn")
        )
    ));
    story.start({{"known", 0}});
    story.complete("B", {{"mine", 2}, {"known", 3}, {"fresh", 4}});

    CHECK(story.value("mine") == "nothing");
    CHECK(story.value("known") == "3");
    CHECK(story.value("fresh") == "4");
}

TEST_CASE("sub-processes may lie in each other to any depth")
{
    std::string inside = scope("startIn > B > endIn");
    for (int depth = 0; depth < 20; ++depth) {
        const auto id = std::to_string(depth);
        inside =
            scope("start" + id + " > part" + id + " > end" + id, node("subProcess", "part" + id, inside));
    }
    Story story(inside);
    story.start();
    story.complete("B");

    CHECK(story.outlook() == "completed");
}

TEST_CASE(
    "an event sub-process that interrupts ends all else in its scope exactly once, and the scope ends with it"
)
{
    Story story(scope(
        "start > A > end; start > B > end", event_sub_process("instead", "startPaid > C > endPaid", message)
    ));
    story.start({{"order", 1}});
    story.send("1");
    CHECK(story.terminated() == "B A");
    CHECK(story.waiting() == "C");
    story.send("1");
    CHECK(story.waiting() == "C");

    story.complete("C");
    CHECK(story.outlook() == "completed");
    CHECK(story.times("instead") == 1);
}

TEST_CASE("one that does not interrupt runs beside, each time its event happens, and the scope waits for it")
{
    Story story(
        scope("start > A > end", event_sub_process("beside", "startClosed > C > endClosed", signal, false))
    );
    story.start();
    story.broadcast();
    story.broadcast();
    CHECK(story.waiting() == "A C C");

    story.complete("A");
    CHECK(story.outlook() == "active");
    story.complete("C");
    story.complete("C");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("every trigger can start an event sub-process")
{
    const auto started_by = [](const std::string& event,
                               auto happens,
                               const std::string& flows = "start > A > end",
                               const std::string& elements = {}) {
        Story story(scope(flows, elements + event_sub_process("instead", "startIt > C > endIt", event)));
        story.start({{"order", 1}, {"x", 0}});
        happens(story);
        return story.waiting();
    };
    CHECK(started_by(message, [](Story& story) { story.send("1"); }) == "C");
    CHECK(started_by(signal, [](Story& story) { story.broadcast(); }) == "C");
    CHECK(started_by(timer("PT1H"), [](Story& story) { story.advance("PT1H"); }) == "C");
    CHECK(
        started_by(
            condition("=x > 1"),
            [](Story& story) {
                story.complete("A", {{"x", 2}});
            },
            "start > A > B > end"
        ) == "C"
    );
    CHECK(started_by(error, [](Story& story) { story.throw_error("A", "E"); }) == "C");
    CHECK(
        started_by(
            escalation,
            [](Story& story) { story.complete("A"); },
            "start > A > say > B > end",
            node("intermediateThrowEvent", "say", escalation)
        ) == "C"
    );
}

TEST_CASE("an event sub-process sees what its event brought, and keeps it to itself")
{
    Story story(scope("start > A > end", event_sub_process("instead", "startPaid > C > endPaid", message)));
    story.start({{"order", 1}});
    story.send("1", {{"sum", 25}});

    const auto& elements = story.first().state.elements;
    CHECK(std::ranges::any_of(elements, [](const auto& element) {
        return element.locals.find("sum") != nullptr;
    }));
    CHECK(story.value("sum") == "nothing");
}

TEST_CASE("an error inside an event sub-process is not caught by the same event sub-process")
{
    Story story(scope(
        "start > A > end",
        node(
            "subProcess",
            "instead' triggeredByEvent='true",
            scope(
                "startWrong > again",
                node("startEvent", "startWrong", error) + node("endEvent", "again", error)
            )
        )
    ));
    story.start();
    story.throw_error("A", "E");

    CHECK(story.outlook() == "failed");
    CHECK(story.times("startWrong") == 1);
}

TEST_CASE("nothing begins any more in a sub-process that only waits for its end listener")
{
    Story story(scope(
        "start > part > A > end",
        node(
            "subProcess",
            "part",
            extension(
                "<zeebe:executionListeners><zeebe:executionListener eventType='end' type='close'/></zeebe:executionListeners>"
            ) + scope("startIn > B > endIn", event_sub_process("instead", "startPaid > C > endPaid", message))
        )
    ));
    story.start({{"order", 1}});
    story.complete("B");
    CHECK(story.first().jobs.at(0).type == "close");
    CHECK(story.first().messages.empty());

    story.complete("part");
    CHECK(story.waiting() == "A");
}
