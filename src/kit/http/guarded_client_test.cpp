#include "kit/http/guarded_client.hpp"
#include "kit/http/retry_after.hpp"
#include "testing/fixed_clock.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace http;
using namespace std::chrono_literals;

namespace {

// A neighbour that answers as it is told, and counts who comes.
class Neighbour final : public Client {
public:
    base::Result<Response> send(const ClientRequest& request) override
    {
        ++calls;
        if (during)
            during();
        if (request.url == well)
            return text("hello");
        return answer;
    }

    void is_down() { answer = base::fail(base::ErrorKind::unavailable, "http.no_answer", "timed out"); }

    std::string well = "http://well/";
    base::Result<Response> answer = text("hello");
    std::function<void()> during;
    int calls = 0;
};

struct Fixture {
    bool ask(const std::string& url = "http://ill/a")
    {
        ClientRequest request;
        request.url = url;
        const auto answer = client.send(request);
        last_key = answer ? "" : answer.error().message_key;
        return answer && answer->status == 200;
    }

    testing::FixedClock clock;
    Neighbour neighbour;
    GuardedClient client{neighbour, clock, {.failures = 3, .pause = 30s}};
    std::string last_key;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "who fails three times in a row is not called any more, others are")
{
    neighbour.is_down();
    for (int call = 0; call < 3; ++call)
        ask();

    CHECK_FALSE(ask("http://ill/another-path"));

    CHECK(last_key == "http.resting");
    CHECK(neighbour.calls == 3);
    CHECK(client.open_circuits() == 1);
    CHECK(ask("http://well/"));
}

TEST_CASE_FIXTURE(Fixture, "failures that are not in a row do not count together")
{
    for (int round = 0; round < 3; ++round) {
        neighbour.is_down();
        ask();
        ask();
        neighbour.answer = text("hello");
        CHECK(ask());
    }

    CHECK(client.open_circuits() == 0);
}

TEST_CASE_FIXTURE(Fixture, "after the pause one call finds out, and no second one beside it")
{
    neighbour.is_down();
    for (int call = 0; call < 3; ++call)
        ask();
    clock.advance(30s);
    neighbour.answer = text("hello");
    bool is_second_let_through = true;
    neighbour.during = [&] {
        neighbour.during = {};
        is_second_let_through = ask();
    };

    CHECK(ask());

    CHECK_FALSE(is_second_let_through);
    CHECK(client.open_circuits() == 0);
    CHECK(ask());
}

TEST_CASE_FIXTURE(Fixture, "a neighbour that is still ill after the pause has another pause")
{
    neighbour.is_down();
    for (int call = 0; call < 3; ++call)
        ask();
    clock.advance(30s);
    ask();
    CHECK(neighbour.calls == 4);

    clock.advance(29s);
    ask();

    CHECK(neighbour.calls == 4);
    clock.advance(1s);
    ask();
    CHECK(neighbour.calls == 5);
}

TEST_CASE_FIXTURE(Fixture, "500 and 429 are failures, 404 and a place we must not reach are not")
{
    for (const int status : {500, 429, 503}) {
        neighbour.answer = text("", status);
        ask();
    }
    CHECK(client.open_circuits() == 1);
    clock.advance(30s);
    neighbour.answer = text("", 404);
    for (int call = 0; call < 5; ++call)
        ask();

    CHECK(client.open_circuits() == 0);
    neighbour.answer = base::fail(base::ErrorKind::forbidden, "http.private_address");
    for (int call = 0; call < 5; ++call)
        ask();
    CHECK(client.open_circuits() == 0);
}

TEST_CASE_FIXTURE(Fixture, "who asks to be left alone is, for an hour at most")
{
    neighbour.answer = text("", 503).set("retry-after", "120");
    ask();
    clock.advance(119s);
    ask();
    CHECK(last_key == "http.resting");
    clock.advance(1s);
    neighbour.answer = text("", 503).set("retry-after", "1000000");
    ask();
    neighbour.answer = text("hello");

    clock.advance(59min);
    CHECK_FALSE(ask());
    clock.advance(1min);
    CHECK(ask());
}

TEST_CASE_FIXTURE(Fixture, "an exception leaves no circuit half open")
{
    neighbour.is_down();
    for (int call = 0; call < 3; ++call)
        ask();
    clock.advance(30s);
    neighbour.during = [] { throw std::logic_error("a header has no line breaks"); };
    CHECK_THROWS(ask());
    neighbour.during = {};
    neighbour.answer = text("hello");

    clock.advance(30s);

    CHECK(ask());
}

TEST_CASE_FIXTURE(Fixture, "what could not be sent is tried once more, what may have arrived is not")
{
    neighbour.answer = base::fail(base::ErrorKind::unavailable, "http.not_connected", "refused");
    ask();
    CHECK(neighbour.calls == 2);

    neighbour.is_down();
    ask();

    CHECK(neighbour.calls == 3);
}

TEST_CASE_FIXTURE(Fixture, "requests that name a circuit have that one, whatever their address")
{
    neighbour.is_down();
    ClientRequest request;
    request.url = "http://ill/a";
    request.circuit = "webhooks 4001";
    for (int call = 0; call < 3; ++call)
        CHECK_FALSE(client.send(request));
    neighbour.answer = text("hello");

    CHECK_FALSE(client.send(request));
    CHECK(ask("http://ill/a"));
}

TEST_CASE("a wish to be left alone is read in seconds and as a date, nonsense is none")
{
    const testing::FixedClock clock;  // Monday, 6 May 2030, noon
    const auto wish = [&](const std::string& text) {
        return retry_after(Response{503, {{"retry-after", text}}, ""}, clock.now());
    };

    CHECK(wish("90") == 90s);
    CHECK(wish("Mon, 06 May 2030 12:02:00 GMT") == 2min);
    CHECK_FALSE(wish("Mon, 06 May 2030 11:00:00 GMT"));
    CHECK_FALSE(wish("soon"));
    CHECK_FALSE(wish("-5"));
    CHECK_FALSE(wish("99999999999999"));
    CHECK_FALSE(retry_after(text("hello"), clock.now()));
}
