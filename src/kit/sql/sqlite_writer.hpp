#pragma once

#include "kit/sql/sqlite_connection.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sql {

// The one place from which an SQLite file is written, given to one thread after the other, first come first
// served. A flush to disk costs more than most transactions, so those that wait in line share one: each
// writes in a savepoint of a common outer transaction, and the last of the group commits for all. Nobody is
// told "committed" before the flush, and nobody waits for company that is not there yet.
class SqliteWriter {
public:
    SqliteWriter(const std::string& path, Durability durability);

    // Waits for the place. Then only the calling thread may use `connection`, until commit or roll_back.
    void enter();
    SqliteConnection& connection() { return connection_; }

    // Returns when the group is on disk. Throws when it could not be kept: then nobody's changes of the group
    // are.
    void commit();
    // Undoes this thread's changes only.
    void roll_back() noexcept;

private:
    // The transactions that share one outer transaction. Shared by all its members: each reads the outcome.
    struct Group {
        std::size_t committed = 0;
        std::chrono::steady_clock::time_point first_commit = {};
        bool is_finished = false;
        std::exception_ptr failure = nullptr;
        std::condition_variable finished = {};
    };
    struct Waiting {
        bool has_place = false;
        std::condition_variable called = {};
    };

    void take_place();
    void pass_place();
    void end_turn();
    bool may_grow();
    void finish_group();

    SqliteConnection connection_;   // of who has the place
    std::shared_ptr<Group> group_;  // of who has the place

    std::mutex mutex_;
    std::thread::id owner_;  // guarded by mutex_, as all below
    bool is_taken_ = false;
    std::deque<Waiting*> line_;
};

}  // namespace sql
