#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace jobs {

// One thing that is due now and can be done in a transaction of its own.
struct DueWork {
    std::string key;  // tells it apart from all other work of this program
    base::TenantId tenant;
    // Finds nothing to do when another thread has done it since it was seen to be due.
    std::function<void()> run;
    // A part of a backlog, late already: a thread that did it rests four times as long as it took, so that
    // the machine has time for people.
    bool is_backlog = false;
};

// Does what is due, bounded pieces at a time, in the caller's thread or in threads of its own. Two threads
// never have the same piece, and a tenant never has all threads.
class WorkLoop {
public:
    // Finds some of what is due, most urgent first, the tenants mixed.
    using Look = std::function<std::vector<DueWork>()>;
    // Told what a piece of work or a look threw; the piece stays due. Threads that look in vain again and
    // again, for want of a database, say so once.
    using Report = std::function<void(const std::string& key, std::string_view message)>;

    WorkLoop(Look look, Report report) : look_(std::move(look)), report_(std::move(report)) {}
    ~WorkLoop() { stop(); }

    // Until nothing is left or `most` pieces are done; says how many.
    std::size_t run(std::size_t most);

    void start(std::size_t threads);
    void stop();  // waits for the work under way
    // There may be something new.
    void wake();

private:
    enum class Pace { swift, resting };
    std::size_t run_some(std::size_t most, Pace pace);
    bool run_piece(const DueWork& work, Pace pace);
    void rest(std::chrono::microseconds duration);
    bool take_in_hand(const DueWork& work);
    void put_down(const DueWork& work);
    bool is_stopping() const;
    void note_look(const std::string& trouble);
    void run_thread();

    Look look_;
    Report report_;

    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::condition_variable stopped_;
    std::uint64_t news_ = 0;  // counts what a thread may have missed while it looked
    bool is_stopping_ = false;
    std::string trouble_;  // of the last look
    std::set<std::string> in_hand_;
    std::map<base::TenantId, std::size_t> in_hand_of_;
    std::vector<std::jthread> threads_;
};

}  // namespace jobs
