#include "kit/http/pause.hpp"
#include "kit/http/server_fixture.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;
using namespace server_tests;

namespace {

// A handler whose requests wait until somebody calls them.
class Counter {
public:
    explicit Counter(std::chrono::milliseconds at_most = 1h) : at_most_(at_most) {}

    Response answer(const Request& request)
    {
        if (request.path != "/wait")
            return text("here");
        return wait(/*is_last=*/false);
    }

    void wait_for_callers(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return wakes_.size() >= count; });
    }
    // Of the answer itself: the next time somebody asks, it is there.
    void announce()
    {
        is_there_ = true;
        wake();
    }
    void wake()
    {
        std::vector<std::function<void()>> wakes;
        {
            const std::lock_guard lock(mutex_);
            wakes.swap(wakes_);
        }
        for (const auto& wake : wakes)
            wake();
    }
    int asked() const { return asked_; }

private:
    Response wait(bool is_last)
    {
        ++asked_;
        if (is_there_ || is_last)
            return text(is_there_ ? "it came" : "not today");
        Response response;
        response.pause = std::make_shared<Pause>(
            [this](bool is_last_then) { return wait(is_last_then); },
            [this](std::function<void()> wake) {
                const std::lock_guard lock(mutex_);
                wakes_.push_back(std::move(wake));
                changed_.notify_all();
            },
            at_most_
        );
        return response;
    }

    const std::chrono::milliseconds at_most_;
    std::atomic<int> asked_ = 0;
    std::atomic<bool> is_there_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::function<void()>> wakes_;
};

Server serving(Counter& counter)
{
    return {quick(), [&counter](const Request& request) { return counter.answer(request); }};
}

const std::string wait_line = "GET /wait HTTP/1.1\r\n" + std::string(close_line);

}  // namespace

TEST_CASE("many more requests may wait than there are threads, and others are answered meanwhile")
{
    Counter counter;
    const Server server = serving(counter);
    std::vector<std::unique_ptr<Wire>> waiting;
    for (int number = 0; number < 50; ++number) {
        waiting.push_back(std::make_unique<Wire>(server));
        waiting.back()->send(wait_line);
    }
    counter.wait_for_callers(50);

    CHECK(ask_raw(server, "GET / HTTP/1.1\r\n" + std::string(close_line)).ends_with("here"));
    counter.announce();
    for (const auto& wire : waiting)
        CHECK(wire->read_all().ends_with("it came"));
}

TEST_CASE("who is woken in vain waits on")
{
    Counter counter;
    const Server server = serving(counter);
    const Wire wire(server);
    wire.send(wait_line);
    counter.wait_for_callers(1);
    counter.wake();
    counter.wait_for_callers(1);
    CHECK(counter.asked() == 2);
    counter.announce();
    CHECK(wire.read_all().ends_with("it came"));
}

TEST_CASE("who waits is asked for again after some time, news or none")
{
    Counter counter(1ms);
    const Server server = serving(counter);
    const Wire wire(server);
    wire.send(wait_line);
    counter.wait_for_callers(3);
    counter.announce();
    CHECK(wire.read_all().ends_with("it came"));
}

TEST_CASE("nothing is asked for a client who has left")
{
    Counter counter;
    const Server server = serving(counter);
    {
        const Wire wire(server);
        wire.send(wait_line);
        counter.wait_for_callers(1);
    }
    counter.announce();
    // The server has seen to what came before, when this is answered.
    CHECK(ask_raw(server, "GET / HTTP/1.1\r\n" + std::string(close_line)).ends_with("here"));
    CHECK(counter.asked() == 1);
}

TEST_CASE("a server that stops answers those who wait with what there is")
{
    Counter counter;
    Server server = serving(counter);
    const Wire wire(server);
    wire.send(wait_line);
    counter.wait_for_callers(1);
    server.stop();
    CHECK(wire.read_all().ends_with("not today"));
}

TEST_CASE("a fault after waiting becomes an empty answer like any other")
{
    std::atomic<bool> has_begun = false;
    const Server server(quick(), [&](const Request&) {
        Response response;
        response.pause = std::make_shared<Pause>(
            [](bool) -> Response { throw std::runtime_error("our bug"); },
            [&](const std::function<void()>& wake) {
                has_begun = true;
                wake();
            },
            1h
        );
        return response;
    });
    CHECK(status_of(ask_raw(server, wait_line)) == 500);
    CHECK(has_begun);
}
