// States as they are kept: compact, and read for ever.
#include "process/bpmn/story_fixture.hpp"
#include "testing/files.hpp"

#include <fstream>
#include <iterator>

using namespace bpmn;
using namespace bpmn::story;

namespace {

// A state with something in each of its parts.
State rich()
{
    const auto undo = boundary("undone", "A", compensation) + user_task("undo' isForCompensation='true") +
                      compensates("undo", "undone");
    const auto loop =
        "<multiInstanceLoopCharacteristics>" +
        extension(
            "<zeebe:loopCharacteristics inputCollection='=[1, 2]' inputElement='item' outputCollection='results' outputElement='=item'/>"
        ) +
        "</multiInstanceLoopCharacteristics>";
    Story story(
        scope(
            "start > A > fork; fork > B > join; fork > C > join; fork > D > end; fork > wait > end; join > end; fork > E > end; "
            "fork > F > some; fork > G > some; fork > H > some; some > end",
            undo + node("parallelGateway", "fork") + node("parallelGateway", "join") +
                node("userTask", "D", extension("<zeebe:userTask/>") + loop) +
                beside("tick", "E", cycle("R/PT1H")) + node("intermediateCatchEvent", "wait", message) +
                service("C", "work") +
                node("complexGateway", "some", formal("activationCondition", "=activationCount >= 2"))
        ) +
        node("endEvent", "endTick") + "<sequenceFlow id='t' sourceRef='tick' targetRef='endTick'/>"
    );
    story.start({{"order", 7}, {"name", "Zürich"}, {"list", feel::Value(feel::List{1, true, nullptr})}});
    story.complete("A");
    story.complete("B");
    story.fail("C", "the register is closed");
    story.complete("F");
    story.complete("G");
    return story.first().state;
}

std::string bytes_of(const std::string& name)
{
    std::ifstream file(testing::source_path("tests/states/" + name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a state with something in each of its parts comes back as it was")
{
    const State state = rich();
    CHECK_FALSE(state.watches.empty());
    CHECK_FALSE(state.incidents.empty());
    CHECK_FALSE(state.arrivals.empty());
    CHECK_FALSE(state.resets.empty());
    CHECK_FALSE(state.rounds.empty());
    CHECK_FALSE(state.compensables.empty());

    CHECK(encode(decode(encode(state)).value()) == encode(state));
}

TEST_CASE("states of every version ever written are read, and say the same")
{
    // Whoever changes the format adds a file with the new version's number and leaves the others alone.
    const auto kept = bytes_of("version_1.bin");
    REQUIRE_FALSE(kept.empty());
    const auto state = decode(kept);
    REQUIRE(state);
    CHECK(state->outlook == Outlook::active);
    CHECK(state->elements.size() == 8);
    CHECK(feel::to_text(*state->variables.find("name")) == "Zürich");
    CHECK(feel::to_text(*state->variables.find("list")) == "[1, true, null]");
    CHECK(state->incidents.at(0).message == "the register is closed");
    CHECK(std::ranges::any_of(state->watches, [](const Watch& watch) { return watch.cycle == "R/PT1H"; }));
    CHECK(std::ranges::any_of(state->watches, [](const Watch& watch) { return watch.name == "paid"; }));
    CHECK(state->arrivals.size() == 1);
    CHECK(state->resets.at(0).arrived.size() == 2);
    CHECK(state->rounds.at(0).items.size() == 2);
    CHECK(state->compensables.size() == 1);
}

TEST_CASE("bytes that are no state are refused, wherever they are cut off")
{
    const auto whole = encode(rich());
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(decode(whole.substr(0, length)));
    CHECK_FALSE(decode(whole + "x"));
    CHECK_FALSE(decode("\xFF" + whole.substr(1)));
}

TEST_CASE("what is over leaves nothing behind in the state")
{
    Story story(scope(
        "start > merge > A > again; again > merge [=true]; again > end",
        node("exclusiveGateway", "merge") + node("exclusiveGateway", "again' default='again-end")
    ));
    story.start();
    story.complete("A");
    const auto before = encode(story.first().state).size();
    for (int round = 0; round < 200; ++round)
        story.complete("A");

    CHECK(encode(story.first().state).size() <= before + 4);  // the numbers have more digits
}

TEST_CASE("large values lie beside the state, each once, and come back with it")
{
    const auto letter = feel::Value(std::string(5000, 'a'));
    Story story(scope("start > A > end", user_task("A")));
    story.start({{"letter", letter}, {"copy", letter}, {"note", feel::Value("short")}});
    const State& state = story.first().state;
    Aside aside{.name = [](std::string_view packed) { return std::to_string(packed.size()); }};

    const auto bytes = encode(state, &aside);

    CHECK(bytes.size() < 200);
    REQUIRE(aside.values.size() == 1);
    const auto fetch = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = aside.values.find(name);
        return found == aside.values.end() ? std::nullopt : std::optional(found->second);
    };
    CHECK(encode(decode(bytes, fetch).value()) == encode(state));

    aside.values.clear();
    CHECK_FALSE(decode(bytes, fetch));
    CHECK_FALSE(decode(bytes));
}
