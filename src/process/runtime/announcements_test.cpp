#include "process/runtime/announcements.hpp"

#include <doctest/doctest.h>

#include <memory>

namespace {

using runtime::Announcements;

struct Waiting {
    explicit Waiting(Announcements& announcements, const std::string& topic = "stamp")
        : listener(std::make_unique<Announcements::Listener>(announcements, topic))
    {
        listen();
    }
    void listen()
    {
        listener->listen([this] { ++calls; });
    }

    int calls = 0;
    std::unique_ptr<Announcements::Listener> listener;
};

}  // namespace

TEST_CASE("news wake one of those who wait for it, the first, and no one who waits for something else")
{
    Announcements announcements;
    const Waiting first(announcements);
    const Waiting second(announcements);
    const Waiting other(announcements, "weigh");
    announcements.announce("stamp");
    CHECK(first.calls == 1);
    CHECK(second.calls == 0);
    CHECK(other.calls == 0);
    announcements.announce("stamp");
    CHECK(first.calls == 1);
    CHECK(second.calls == 1);
}

TEST_CASE("who was woken and goes away wakes the next, as there may be more to do")
{
    Announcements announcements;
    Waiting first(announcements);
    Waiting second(announcements);
    const Waiting third(announcements);
    announcements.announce("stamp");
    first.listener.reset();
    CHECK(second.calls == 1);
    CHECK(third.calls == 0);
    second.listener.reset();
    CHECK(third.calls == 1);
}

TEST_CASE("who goes without having been woken wakes nobody")
{
    Announcements announcements;
    Waiting first(announcements);
    const Waiting second(announcements);
    first.listener.reset();
    CHECK(second.calls == 0);
    announcements.announce("stamp");
    CHECK(second.calls == 1);
}

TEST_CASE("news that come while somebody looks are not missed")
{
    Announcements announcements;
    Waiting one(announcements);
    one.listener->begin_look();
    announcements.announce("stamp");
    CHECK(one.calls == 0);
    one.listen();
    CHECK(one.calls == 1);
}

TEST_CASE("who looked in vain is woken again by the next news, not by the last")
{
    Announcements announcements;
    Waiting one(announcements);
    announcements.announce("stamp");
    one.listener->begin_look();
    one.listen();
    CHECK(one.calls == 1);
    announcements.announce("stamp");
    CHECK(one.calls == 2);
}
