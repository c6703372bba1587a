#include "kit/http/access.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

Trace trace_after(std::string traceparent)
{
    testing::RepeatableRandom random;
    Request request;
    request.headers = {{"traceparent", std::move(traceparent)}};
    return trace_of(request, random);
}

}  // namespace

TEST_CASE("a request goes on with its caller's trace under a part of its own")
{
    const auto trace = trace_after("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    CHECK(trace.id == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(trace.span.size() == 16);
    CHECK(trace.span != "00f067aa0ba902b7");
    CHECK(trace.traceparent() == "00-4bf92f3577b34da6a3ce929d0e0e4736-" + trace.span + "-01");
}

TEST_CASE("a trace that is not well formed is not gone on with")
{
    const std::string fresh = trace_after("").id;
    CHECK(fresh.size() == 32);

    for (const auto* broken : {
             "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e473\"-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-",
         })
        CHECK(trace_after(broken).id == fresh);
    CHECK(
        trace_after("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more").id ==
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
}

TEST_CASE("a line of the log says what was asked for, not by whom")
{
    const testing::FixedClock clock;

    const auto line = access_line({
        .at = clock.now(),
        .method = Method::post,
        .pattern = "/pruefen/{code}",
        .status = 303,
        .body_size = 0,
        .duration = std::chrono::microseconds(1234),
        .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
    });

    CHECK(
        line == R"({"at":"2030-05-06T12:00:00Z","method":"POST","route":"/pruefen/{code}","status":303,)"
                R"("body_size":0,"duration_us":1234,"trace":"4bf92f3577b34da6a3ce929d0e0e4736"})"
    );
}

TEST_CASE("a fault is a line that programs can read, whatever its message")
{
    const testing::FixedClock clock;

    const auto line = fault_line({clock.now(), "mail.send", "no \"route\"\nto\t\\host", "AB12", "4bf9"});

    CHECK(
        line == R"({"at":"2030-05-06T12:00:00Z","fault":"mail.send","what":"no \"route\"\nto \\host",)"
                R"("incident":"AB12","trace":"4bf9"})"
    );
    CHECK(
        fault_line({clock.now(), "look", "away", "", ""}) ==
        R"({"at":"2030-05-06T12:00:00Z","fault":"look","what":"away"})"
    );
}
