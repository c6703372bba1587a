// Properties of the engine: random well-formed models, pushed about by random stimuli.
#include "process/bpmn/walk_fixture.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace bpmn;

namespace {

int roll(base::Random& random, std::size_t sides)
{
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    const auto drawn = std::to_integer<std::size_t>(bytes[0]) * 256 + std::to_integer<std::size_t>(bytes[1]);
    return static_cast<int>(drawn % sides);
}

// Makes a process out of blocks that have one way in and one way out, each inside each other.
class Maker {
public:
    explicit Maker(base::Random& random) : random_(random) {}

    std::string make()
    {
        const auto inside = scope(3);
        return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="model"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            targetNamespace="urn:walk">
            <message id="paid" name="paid"><extensionElements><zeebe:subscription correlationKey="=1"/></extensionElements></message>
            <signal id="closed" name="closed"/><error id="wrong" name="wrong" errorCode="E"/>
            <process id="walk" isExecutable="true">)" +
               inside + "</process></definitions>";
    }

private:
    struct Ends {
        std::string first;
        std::string last;
    };

    int roll(std::size_t sides) { return ::roll(random_, sides); }
    std::string name(const std::string& kind) { return kind + std::to_string(++count_); }

    std::string node(const std::string& kind, const std::string& id, const std::string& inside = {})
    {
        xml_ += "<" + kind + " id=\"" + id + "\" name=\"" + id + "\">" + inside + "</" + kind + ">\n";
        return id;
    }

    std::string connect(const std::string& from, const std::string& to, const std::string& condition = {})
    {
        const auto id = name("flow");
        xml_ += "<sequenceFlow id=\"" + id + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\">" +
                (condition.empty() ? ""
                                   : "<conditionExpression xsi:type=\"tFormalExpression\">" + condition +
                                         "</conditionExpression>") +
                "</sequenceFlow>\n";
        return id;
    }

    // A whole process or sub-process: from a start to an end.
    std::string scope(int depth)
    {
        std::string outer;
        outer.swap(xml_);
        const auto start = node("startEvent", name("start"));
        const auto inside = block(depth);
        const auto end = node("endEvent", name("end"));
        connect(start, inside.first);
        connect(inside.last, end);
        xml_.swap(outer);
        return outer;
    }

    Ends block(int depth)
    {
        if (depth == 0)
            return activity();
        switch (roll(12)) {
        case 0: return sequence(depth);
        case 1: return fork("parallelGateway", depth);
        case 2: return fork("inclusiveGateway", depth);
        case 3: return choice(depth);
        case 4: return race();
        case 5: return sub_process(depth);
        case 6: return sub_process_with_event(depth);
        case 7: return some_of_three(depth);
        case 8: return transaction(depth);
        case 9: return ad_hoc();
        case 10: return undoing();
        default: return activity();
        }
    }

    Ends activity() { return with_boundary(plain_activity()); }

    std::string plain_activity()
    {
        const std::string loops[] = {
            "",
            "",
            "<multiInstanceLoopCharacteristics><loopCardinality xsi:type=\"tFormalExpression\">=3</loopCardinality>"
            "</multiInstanceLoopCharacteristics>",
            "<multiInstanceLoopCharacteristics isSequential=\"true\">"
            "<loopCardinality xsi:type=\"tFormalExpression\">=2</loopCardinality></multiInstanceLoopCharacteristics>"};
        const std::string& loop = loops[roll(4)];
        const std::string listeners =
            roll(4) > 0
                ? ""
                : "<zeebe:executionListeners><zeebe:executionListener eventType=\"start\" type=\"before\"/>"
                  "<zeebe:executionListener eventType=\"end\" type=\"after\"/></zeebe:executionListeners>";
        switch (roll(4)) {
        case 0:
            return node(
                "userTask",
                name("ask"),
                "<extensionElements><zeebe:userTask/>" + listeners + "</extensionElements>" + loop
            );
        case 1:
            return node(
                "serviceTask",
                name("work"),
                "<extensionElements><zeebe:taskDefinition type=\"work\"/>" + listeners +
                    "</extensionElements>" + loop
            );
        case 2:
            return node(
                "scriptTask",
                name("compute"),
                "<extensionElements><zeebe:script expression=\"=1 + 1\" resultVariable=\"two\"/></extensionElements>" +
                    loop
            );
        default: return node("task", name("rest"), loop);
        }
    }

    // Some activities can be left by a timer, a signal or an error; that way comes together with the usual
    // one.
    Ends with_boundary(const std::string& activity)
    {
        const std::string events[] = {
            "<timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration></timerEventDefinition>",
            "<signalEventDefinition signalRef=\"closed\"/>",
            "<errorEventDefinition errorRef=\"wrong\"/>"};
        const int which = roll(6);
        if (which > 2)
            return {activity, activity};
        const bool stays = which < 2 && roll(2) == 0;
        const auto event = name("boundary");
        xml_ += "<boundaryEvent id=\"" + event + "\" attachedToRef=\"" + activity + "\"" +
                (stays ? " cancelActivity=\"false\"" : "") + ">" + events[which] + "</boundaryEvent>\n";
        if (stays) {
            connect(event, node("endEvent", name("aside")));
            return {activity, activity};
        }
        const auto merge = node("exclusiveGateway", name("merge"));
        connect(activity, merge);
        connect(event, merge);
        return {activity, merge};
    }

    Ends sequence(int depth)
    {
        const auto first = block(depth - 1);
        const auto second = block(depth - 1);
        connect(first.last, second.first);
        return {first.first, second.last};
    }

    Ends fork(const std::string& gateway, int depth)
    {
        const auto split = node(gateway, name("split"));
        const auto join = node(gateway, name("join"));
        for (int branch = 2 + roll(2); branch > 0; --branch) {
            const auto inside = block(depth - 1);
            connect(split, inside.first, gateway == "inclusiveGateway" && branch > 1 ? "=1 = 1" : "");
            connect(inside.last, join);
        }
        return {split, join};
    }

    Ends choice(int depth)
    {
        const auto merge = node("exclusiveGateway", name("merge"));
        const auto yes = block(depth - 1);
        const auto no = block(depth - 1);
        const auto choose = name("choose");
        connect(choose, yes.first, roll(2) == 0 ? "=ok = true" : "=1 = 1");
        const auto otherwise = connect(choose, no.first);
        xml_ += "<exclusiveGateway id=\"" + choose + "\" default=\"" + otherwise + "\"/>\n";
        connect(yes.last, merge);
        connect(no.last, merge);
        return {choose, merge};
    }

    Ends race()
    {
        const auto gateway = node("eventBasedGateway", name("race"));
        const auto merge = node("exclusiveGateway", name("merge"));
        const std::string events[] = {
            "<messageEventDefinition messageRef=\"paid\"/>",
            "<timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration></timerEventDefinition>",
            "<signalEventDefinition signalRef=\"closed\"/>"};
        for (const auto& event : events) {
            const auto caught = node("intermediateCatchEvent", name("caught"), event);
            connect(gateway, caught);
            connect(caught, merge);
        }
        return {gateway, merge};
    }

    // A sub-process in which something else can begin, instead or beside.
    Ends sub_process_with_event(int depth)
    {
        const std::string events[] = {
            "<signalEventDefinition signalRef=\"closed\"/>",
            "<messageEventDefinition messageRef=\"paid\"/>",
            "<errorEventDefinition errorRef=\"wrong\"/>",
            "<conditionalEventDefinition><condition xsi:type=\"tFormalExpression\">=ok = true</condition>"
            "</conditionalEventDefinition>"};
        const int which = roll(4);
        const bool stays = which != 2 && roll(2) == 0;
        std::string outer;
        outer.swap(xml_);
        const auto start = name("begin");
        xml_ += "<startEvent id=\"" + start + "\"" + (stays ? " isInterrupting=\"false\"" : "") + ">" +
                events[which] + "</startEvent>\n";
        const auto inside = block(depth - 1);
        connect(start, inside.first);
        connect(inside.last, node("endEvent", name("end")));
        xml_.swap(outer);
        const auto main = scope(depth - 1);
        const auto instead = "<subProcess id=\"" + name("instead") + "\" triggeredByEvent=\"true\">" + outer +
                             "</subProcess>\n";
        return with_boundary(node("subProcess", name("part"), main + instead));
    }

    Ends some_of_three(int depth)
    {
        const auto split = node("parallelGateway", name("split"));
        const auto join = node(
            "complexGateway",
            name("some"),
            "<activationCondition xsi:type=\"tFormalExpression\">=activationCount >= 2</activationCondition>"
        );
        for (int branch = 0; branch < 3; ++branch) {
            const auto inside = block(depth - 1);
            connect(split, inside.first);
            connect(inside.last, join);
        }
        return {split, join};
    }

    // What it undoes can have been done or not.
    std::string undoable()
    {
        const auto task =
            node("userTask", name("book"), "<extensionElements><zeebe:userTask/></extensionElements>");
        const auto event = name("undone");
        const auto handler = name("undo");
        xml_ += "<boundaryEvent id=\"" + event + "\" attachedToRef=\"" + task +
                "\"><compensateEventDefinition/></boundaryEvent>\n<serviceTask id=\"" + handler +
                "\" isForCompensation=\"true\"><extensionElements><zeebe:taskDefinition type=\"undo\"/>"
                "</extensionElements></serviceTask>\n<association id=\"" +
                name("to") + "\" sourceRef=\"" + event + "\" targetRef=\"" + handler +
                "\" associationDirection=\"One\"/>\n";
        return task;
    }

    Ends undoing()
    {
        const auto first = undoable();
        const auto second = undoable();
        const auto undo = node("intermediateThrowEvent", name("undoAll"), "<compensateEventDefinition/>");
        connect(first, second);
        connect(second, undo);
        return {first, undo};
    }

    Ends transaction(int depth)
    {
        std::string outer;
        outer.swap(xml_);
        const auto booking = undoable();
        const auto inside = block(depth - 1);
        const auto choose = name("choose");
        connect(node("startEvent", name("start")), booking);
        connect(booking, inside.first);
        connect(inside.last, choose);
        connect(choose, node("endEvent", name("end")), "=ok = true");
        const auto otherwise = connect(choose, node("endEvent", name("cancel"), "<cancelEventDefinition/>"));
        xml_ += "<exclusiveGateway id=\"" + choose + "\" default=\"" + otherwise + "\"/>\n";
        xml_.swap(outer);
        const auto whole = node("transaction", name("whole"), outer);
        const auto event = name("cancelled");
        xml_ += "<boundaryEvent id=\"" + event + "\" attachedToRef=\"" + whole +
                "\"><cancelEventDefinition/></boundaryEvent>\n";
        const auto merge = node("exclusiveGateway", name("merge"));
        connect(whole, merge);
        connect(event, merge);
        return {whole, merge};
    }

    Ends ad_hoc()
    {
        std::string outer;
        outer.swap(xml_);
        const auto first = plain_activity();
        plain_activity();
        connect(first, plain_activity());
        xml_.swap(outer);
        const std::string conditions[] = {
            "", "<completionCondition xsi:type=\"tFormalExpression\">=ok = true</completionCondition>"};
        const auto id = name("any");
        xml_ += "<adHocSubProcess id=\"" + id + "\" ordering=\"" +
                (roll(2) == 0 ? "Parallel" : "Sequential") + "\" cancelRemainingInstances=\"" +
                (roll(2) == 0 ? "true" : "false") + "\">" + outer + conditions[roll(2)] +
                "</adHocSubProcess>\n";
        return {id, id};
    }

    Ends sub_process(int depth)
    {
        const auto inside = scope(depth - 1);
        return with_boundary(node("subProcess", name("part"), inside));
    }

    base::Random& random_;
    int count_ = 0;
    std::string xml_;
};

// Until the instance is over, or has had enough; whether it ended.
bool walk(const Definition& definition, base::Random& random)
{
    constexpr int most_steps = 300;
    Walk instance(definition);
    instance.act(Start{});
    for (int step = 0; step < most_steps && !instance.is_over(); ++step) {
        const auto possible = instance.possible();
        REQUIRE_FALSE(possible.empty());  // these models cannot wait for ever at a join
        const auto& chosen = possible[static_cast<std::size_t>(roll(random, possible.size()))];
        instance.act(chosen);
        instance.check_stale(chosen);
    }
    instance.check_replay();
    return instance.is_over();
}

}  // namespace

TEST_CASE(
    "whatever happens to a well-formed process, no token is lost, it never stands still, and replays the same"
)
{
    testing::RepeatableRandom random;
    constexpr int models = 200;
    constexpr int walks = 4;
    int ended = 0;
    for (int number = 0; number < models; ++number) {
        const auto xml = Maker(random).make();
        const auto model = read_model(xml);
        REQUIRE(model);
        for (const auto& finding : model->findings)
            REQUIRE_MESSAGE(finding.severity != Severity::error, finding.sentence, xml);
        INFO("model ", number, "\n", xml);
        for (int time = 0; time < walks; ++time) {
            bool is_over = false;
            REQUIRE_NOTHROW(is_over = walk(*model->processes.front(), random));
            ended += is_over ? 1 : 0;
        }
    }
    CHECK(ended > models * walks / 2);
}
