// Faults that other engines had, by their number in our collection of bug reports, and what has to happen
// instead. Those of messages, migration and concurrency are in process/runtime; those of decision tables in
// process/dmn and process/feel.
#include "base/date.hpp"
#include "process/bpmn/story_fixture.hpp"
#include "process/bpmn/timers.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string listens()
{
    return node("intermediateCatchEvent", "hear", signal);
}

}  // namespace

TEST_CASE("1: a token too many on one flow of a parallel join stays there, and is shown as waiting")
{
    Story story(scope(
        "start > fork; fork > A > merge; fork > B > merge; merge > join; fork > C > join; join > D > end",
        node("parallelGateway", "fork") + node("exclusiveGateway", "merge") + node("parallelGateway", "join")
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    story.complete("C");
    CHECK(story.times("join") == 1);

    story.complete("D");
    CHECK(story.waiting() == "join");
    CHECK(story.outlook() == "active");
}

TEST_CASE("2: a fork and a join in a loop wait for fresh tokens in each round")
{
    Story story(scope(
        "start > merge > fork; fork > A > join; fork > B > join; join > again; again > merge [=more]; again > end",
        node("exclusiveGateway", "merge") + node("parallelGateway", "fork") +
            node("parallelGateway", "join") + node("exclusiveGateway", "again' default='again-end")
    ));
    story.start({{"more", true}});
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "A B");
    story.complete("A", {{"more", false}});
    CHECK(story.waiting() == "B join");
    story.complete("B");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("4: of three arms of an inclusive split two are taken, and the join fires once, after the second")
{
    Story story(scope(
        "start > split; split > A [=true]; split > B [=true]; split > C [=false]; A > join; B > join; C > join; join > D > end",
        node("inclusiveGateway", "split") + node("inclusiveGateway", "join")
    ));
    story.start();
    story.complete("B");
    CHECK(story.times("join") == 0);
    story.complete("A");
    CHECK(story.times("join") == 1);
    CHECK(story.waiting() == "D");
}

TEST_CASE("5: an inclusive join waits for a token that will come through a link")
{
    Story story(scope(
        "start > split; split > A [=true]; split > B [=true]; A > join; B > jump; land > join; join > D > end",
        node("inclusiveGateway", "split") + node("inclusiveGateway", "join") +
            node("intermediateThrowEvent", "jump", link("x")) +
            node("intermediateCatchEvent", "land", link("x"))
    ));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B join");
    story.complete("B");
    CHECK(story.waiting() == "D");
}

TEST_CASE("6: an inclusive join followed at once by another inclusive gateway lets both arms through")
{
    Story story(scope(
        "start > split; split > A [=true]; split > B [=true]; A > join; B > join; join > next; next > C [=true]; next > D [=true]; C > end; D > end",
        node("inclusiveGateway", "split") + node("inclusiveGateway", "join") +
            node("inclusiveGateway", "next")
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "C D");
}

TEST_CASE("8: an interrupting event sub-process takes away the token that waits at a join, and runs once")
{
    Story story(scope(
        "start > fork; fork > A > join; fork > B > join; join > end",
        node("parallelGateway", "fork") + node("parallelGateway", "join") +
            event_sub_process("instead", "startPaid > C > endPaid", message)
    ));
    story.start({{"order", 1}});
    story.complete("A");
    CHECK(story.waiting() == "B join");
    story.send("1");
    CHECK(story.waiting() == "C");
    story.complete("C");
    CHECK(story.outlook() == "completed");
    CHECK(story.times("instead") == 1);
}

TEST_CASE(
    "9: an interrupting event sub-process beside two that are running is activated once, and all else ends"
)
{
    const auto inside = scope(
        "startIn > A > endIn",
        event_sub_process("beside", "startClosed > B > endClosed", signal, false) +
            event_sub_process("instead", "startPaid > C > endPaid", message)
    );
    Story story(scope("start > part > D > end", node("subProcess", "part", inside)));
    story.start({{"order", 1}});
    story.broadcast();
    story.broadcast();
    CHECK(story.waiting() == "A B B");
    story.send("1");
    CHECK(story.waiting() == "C");
    CHECK(std::ranges::count(story.terminated(), 'B') == 2);
    story.complete("C");
    CHECK(story.waiting() == "D");
    CHECK(story.times("instead") == 1);
}

TEST_CASE("11: a boundary message ends a sub-process together with its running event sub-process")
{
    const auto inside = scope(
        "startIn > A > endIn", event_sub_process("beside", "startClosed > B > endClosed", signal, false)
    );
    Story story(scope(
        "start > part > end; caught > C > endC",
        node("subProcess", "part", inside) + boundary("caught", "part", message)
    ));
    story.start({{"order", 1}});
    story.broadcast();
    story.send("1");
    CHECK(story.waiting() == "C");
    CHECK(story.times("caught") == 1);
}

TEST_CASE("14: after three hours without a program only the earlier of two timers decides an event gateway")
{
    Story story(scope(
        "start > race; race > soon > A > end; race > later > B > end",
        node("eventBasedGateway", "race") + node("intermediateCatchEvent", "soon", timer("PT1H")) +
            node("intermediateCatchEvent", "later", timer("PT2H"))
    ));
    story.start();
    const auto asleep = story.first();
    const auto& timers = asleep.timers;
    const StepContext awake{.now = timers.at(1).due + std::chrono::hours(1)};
    const auto first = step(*asleep.definition, asleep.state, FireTimer{timers.at(0).id}, awake);
    const auto second = step(*asleep.definition, first.state, FireTimer{timers.at(1).id}, awake);

    CHECK(second.rejection == "nothing waits for this any more");
    CHECK(std::ranges::count_if(first.effects, [](const Effect& effect) {
              return std::holds_alternative<ClearTimer>(effect);
          }) == 1);
}

TEST_CASE("15: a signal that comes after an event gateway's timer is not heard")
{
    Story story(scope(
        "start > race; race > due > A > end; race > hear > B > end",
        node("eventBasedGateway", "race") + node("intermediateCatchEvent", "due", timer("PT1H")) + listens()
    ));
    story.start();
    story.advance("PT1H");
    CHECK(story.first().signals.empty());
    story.broadcast();
    CHECK(story.waiting() == "A");
}

TEST_CASE("16: a cycle that was missed while the program was down is made up for once, and keeps its grid")
{
    const auto due =
        plan_timer(TimerKind::date, feel::Value("2026-01-05T08:10:00Z"), {}, "Europe/Zurich")->due;
    const auto down = due + std::chrono::minutes(35);
    const auto next = next_due("R/PT10M", due, down, "Europe/Zurich");

    CHECK(base::format_instant(next.value()) == "2026-01-05T08:50:00Z");
}

TEST_CASE("18: a daily timer at half past two comes once on the nights when summer time begins and ends")
{
    const auto at = [](const char* text) {
        return plan_timer(TimerKind::date, feel::Value(text), {}, "Europe/Zurich")->due;
    };
    const auto comes_after = [&](const char* cycle, const char* last) {
        return base::format_instant(next_due(cycle, at(last), at(last), "Europe/Zurich").value());
    };
    for (const auto* cycle : {"R/2027-03-01T02:30:00+01:00/P1D", "0 30 2 * * *"}) {
        INFO(cycle);
        // Spring: 2.30 does not exist on the 28th; 3 o'clock takes its place, and the next night is as usual.
        CHECK(comes_after(cycle, "2027-03-27T02:30:00+01:00") == "2027-03-28T01:00:00Z");
        CHECK(comes_after(cycle, "2027-03-28T03:00:00+02:00") == "2027-03-29T00:30:00Z");
        // Autumn: 2.30 comes twice on the 31st; the first counts.
        CHECK(comes_after(cycle, "2027-10-30T02:30:00+02:00") == "2027-10-31T00:30:00Z");
        CHECK(comes_after(cycle, "2027-10-31T02:30:00+02:00") == "2027-11-01T01:30:00Z");
    }
}

TEST_CASE("19: a multi-instance over nothing is completed at once")
{
    const auto loop = multiple(
        "",
        extension(
            "<zeebe:loopCharacteristics inputCollection='=[]' outputCollection='results' outputElement='=1'/>"
        )
    );
    Story story(scope("start > A > B > end", node("userTask", "A", extension("<zeebe:userTask/>") + loop)));
    story.start();
    CHECK(story.waiting() == "B");
    CHECK(story.value("results") == "[]");
    CHECK(story.times("A") == 0);
}

TEST_CASE(
    "20: when a completion condition holds after one of three, the two others are terminated and one token leaves"
)
{
    const auto loop = multiple(
        "", formal("loopCardinality", "=3") + formal("completionCondition", "=numberOfCompletedInstances = 1")
    );
    Story story(scope("start > A > B > end", node("userTask", "A", extension("<zeebe:userTask/>") + loop)));
    story.start();
    story.complete("A");
    CHECK(story.waiting() == "B");
    CHECK(story.times("A") == 1);
    CHECK(story.terminated() == "A A");
}

TEST_CASE("22: an error event sub-process inside a multi-instance catches in its own instance only")
{
    const auto inside =
        scope("startIn > A > endIn", event_sub_process("instead", "startWrong > B > endWrong", error));
    Story story(scope(
        "start > part > C > end",
        node("subProcess", "part", multiple("", formal("loopCardinality", "=3")) + inside)
    ));
    story.start();
    story.throw_error("A", "E");
    CHECK(story.waiting() == "A A B");
    story.complete("A");
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "C");
}

TEST_CASE("23: a terminate end event cancels the timer of the other arm")
{
    const auto arms = scope(
        "startIn > wait > endIn; startIn > A > endAll",
        node("intermediateCatchEvent", "wait", timer("PT1H")) + node("endEvent", "endAll", termination)
    );
    Story whole(arms);
    whole.start();
    whole.complete("A");
    CHECK(whole.outlook() == "completed");
    CHECK(whole.first().timers.empty());

    Story part(scope("start > part > B > end", node("subProcess", "part", arms)));
    part.start();
    part.complete("A");
    CHECK(part.waiting() == "B");
}

TEST_CASE("24: compensation undoes B before A")
{
    Story story(scope(
        "start > A > B > undo > end",
        undoable("A") + undoable("B") + node("intermediateThrowEvent", "undo", compensation)
    ));
    story.start();
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "undo undoB");
    story.complete("undoB");
    CHECK(story.waiting() == "undo undoA");
}

TEST_CASE(
    "25: an incident that is resolved without being mended is a new incident, and the token is never lost"
)
{
    Story story(scope(
        "start > which; which > A [=amount > 10]; which > B [=amount <= 10]; A > end; B > end",
        node("exclusiveGateway", "which")
    ));
    story.start();
    const Id first = story.first().incidents.at(0).id;
    story.resolve("which");
    CHECK(story.first().incidents.at(0).id != first);
    CHECK(story.waiting() == "which");

    story.resolve("which", {{"amount", 20}});
    CHECK(story.waiting() == "A");
    CHECK(story.incident().empty());
}

TEST_CASE(
    "27: of a called process only the listed results reach the caller, and its own end listener still sees all"
)
{
    const auto call = node(
        "callActivity",
        "call",
        extension(
            "<zeebe:calledElement processId='called' propagateAllChildVariables='false'/>"
            "<zeebe:ioMapping><zeebe:output source='=fee' target='fee'/></zeebe:ioMapping>"
            "<zeebe:executionListeners><zeebe:executionListener eventType='end' type='note'/></zeebe:executionListeners>"
        )
    );
    Story story(
        scope("start > call > A > end", call),
        "<process id='called' isExecutable='true'>" + scope("startIn > B > endIn") + "</process>"
    );
    story.start();
    story.complete("B", {{"fee", 25}, {"secret", 1}});
    CHECK(feel::to_text(*story.first().jobs.at(0).variables.find("secret")) == "1");
    story.complete("call");

    CHECK(story.value("fee") == "25");
    CHECK(story.value("secret") == "nothing");
}

TEST_CASE("30: of two completions of one task the second is refused, and one token goes on")
{
    Story story(scope("start > A > B > end"));
    story.start();
    const auto before = story.first();
    const CompleteTask completion{before.tasks.at(0).id};
    const auto first = step(*before.definition, before.state, completion, {});
    const auto second = step(*before.definition, first.state, completion, {});

    CHECK(second.rejection == "there is no such task");
    CHECK(encode(second.state) == encode(first.state));
}

TEST_CASE(
    "32: all that is wrong with a model is said at once, each with element and line, and nothing is executable"
)
{
    const auto found = read_model(file(
        scope(
            "start > which; which > A [=unheard(1)]; which > B; A > end; B > end",
            node("exclusiveGateway", "which")
        ) +
        "<sequenceFlow id='nowhere' sourceRef='A'/>" + service("untyped", "")
    ));
    REQUIRE(found);
    CHECK_FALSE(found->is_executable());
    const auto says = [&](std::string_view rule, std::string_view element) {
        return std::ranges::any_of(found->findings, [&](const Finding& finding) {
            return finding.rule == rule && (element.empty() || finding.element == element) &&
                   finding.line > 0;
        });
    };
    CHECK(says("reference-missing", "nowhere"));
    CHECK(says("no-incoming-flow", "untyped"));
    CHECK(says("expression-type", "which-A"));
}
