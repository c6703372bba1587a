// Transactions: BPMN 2.0.2 section 10.3.5.3, 13.3.4, 13.5.4.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

const auto undo = user_task("undo' isForCompensation='true");
const auto inside = scope(
    "startIn > A > B > which; which > endIn [=good]; which > endCancelled",
    node("exclusiveGateway", "which' default='which-endCancelled") +
        node("endEvent", "endCancelled", cancellation) + boundary("undone", "A", compensation) + undo +
        compensates("undo", "undone")
);
const auto booking = scope(
    "start > book > C > end; cancelled > D > endD; hazard > E > endE",
    node("transaction", "book", inside) + boundary("cancelled", "book", cancellation) +
        boundary("hazard", "book", error)
);

}  // namespace

TEST_CASE("a transaction that succeeds goes on like a sub-process")
{
    Story story(booking);
    story.start({{"good", true}});
    story.complete("A");
    story.complete("B");

    CHECK(story.waiting() == "C");
}

TEST_CASE("a cancelled one undoes what was done in it and only then leaves by its cancel event")
{
    Story story(booking);
    story.start({{"good", false}});
    story.complete("A");
    story.complete("B");
    CHECK(story.waiting() == "book undo");

    story.complete("undo");
    CHECK(story.waiting() == "D");
    CHECK(story.times("cancelled") == 1);
}

TEST_CASE("what goes wrong unforeseen leaves by an error event, and nothing is undone")
{
    Story story(scope(
        "start > book > C > end; hazard > E > endE",
        node(
            "transaction",
            "book",
            scope(
                "startIn > A > B > endIn",
                service("B", "work") + boundary("undone", "A", compensation) + undo +
                    compensates("undo", "undone")
            )
        ) + boundary("hazard", "book", error)
    ));
    story.start();
    story.complete("A");
    story.throw_error("B", "E");

    CHECK(story.waiting() == "E");
    CHECK(story.times("undo") == 0);
}

TEST_CASE("cancelling ends what else is active in the transaction")
{
    Story story(scope(
        "start > book > C > end; cancelled > D > endD",
        node(
            "transaction",
            "book",
            scope(
                "startIn > A > endCancelled; startIn > B > endIn",
                node("endEvent", "endCancelled", cancellation)
            )
        ) + boundary("cancelled", "book", cancellation)
    ));
    story.start();
    story.complete("A");

    CHECK(story.terminated() == "B book");
    CHECK(story.waiting() == "D");
}
