#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace runtime {

// Tells those who wait outside, for jobs of a type or for the end of an instance, that there is something new
// in this program. They wait in lines, one for each topic: news wake the first who is not awake yet, so that
// a hundred workers do not all reach for one job. Safe to share between threads; outlives its listeners.
class Announcements {
    struct Line;

public:
    // A place in the line of a topic, from the beginning to the end of this object. Who was woken and goes
    // wakes the next, as there may be more than one could take.
    class Listener {
    public:
        Listener(Announcements& announcements, const std::string& topic);
        ~Listener();
        Listener(const Listener&) = delete;
        Listener& operator=(const Listener&) = delete;

        // From now on everything that is announced is news: said before looking whether there is something.
        void begin_look();
        // Calls `wake` once, when there is news since begin_look; from any thread, at once too. It must
        // neither wait nor call back.
        void listen(std::function<void()> wake);

    private:
        friend class Announcements;
        Announcements& announcements_;
        std::map<std::string, Line>::iterator line_;
        std::uint64_t seen_ = 0;
        std::function<void()> wake_;  // empty: awake
        bool was_woken_ = false;
    };

    void announce(const std::string& topic);

private:
    struct Line {
        std::uint64_t news = 0;
        std::deque<Listener*> listeners = {};
    };
    static void wake_first(Line& line);

    std::mutex mutex_;
    std::map<std::string, Line> lines_;  // of topics that somebody listens to
};

}  // namespace runtime
