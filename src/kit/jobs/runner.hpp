#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "kit/jobs/queue.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
class Transaction;
}  // namespace sql

namespace jobs {

// One attempt at a job.
struct Job {
    JobId id = {};  // the same in every attempt: fit as an idempotency key
    base::TenantId tenant = {};
    std::string kind = {};
    json::Value payload = {};
    int attempt = 1;
    int most_attempts = 1;
};

// A job whose attempts are used up; it waits for a person.
struct DeadJob {
    JobId id;
    base::TenantId tenant;
    std::string kind;
    std::string error;  // of the last attempt
    base::Instant died_at;
};

// How much waits, for those who watch over the program.
struct Backlog {
    struct Count {
        std::string kind;
        std::int64_t waiting = 0;
        std::int64_t dead = 0;
    };
    std::vector<Count> kinds;
    std::chrono::milliseconds lag{};  // since when the oldest job is due
};

// Does the jobs of a Queue. Several programs on one database may each have one: a job is locked while it is
// tried, and a lock that ran out (the program was killed) is taken over. An attempt that fails or throws is
// repeated after 5 s, 10 s, 20 s … up to 6 h; then the job is dead and visible.
// Tenants take turns, so that a busy one does not keep the others waiting.
class Runner {
public:
    // Runs outside of a transaction and may talk to the world. It may run twice for one job (killed between
    // its effect and the note that it is done): Job::id lets the other side recognise it.
    using Handler = std::function<base::Result<>(const Job&)>;
    // Runs inside the transaction that removes the job, so that both happen or neither.
    using TransactionHandler = std::function<base::Result<>(sql::Transaction&, const Job&)>;

    struct Options {
        std::chrono::milliseconds lock_time = std::chrono::minutes(5);
        // Where unexpected exceptions and dead jobs are told: kind, id, message.
        std::function<void(std::string_view kind, const JobId& id, std::string_view message)> report = {};
    };

    Runner(sql::Database& database, Queue& queue, const base::Clock& clock, Options options);
    Runner(sql::Database& database, Queue& queue, const base::Clock& clock);
    ~Runner();

    // Before start or run_due; one handler per kind, or std::logic_error.
    void handle(std::string kind, Handler handler);
    void handle_in_transaction(std::string kind, TransactionHandler handler);

    // Work that recurs, once per interval in the whole cluster; `name` tells it apart from others for ever.
    void every(std::string name, std::chrono::seconds interval, std::function<void()> work);

    // Does what is due now, in this thread, at most `most` jobs; says how many attempts were made.
    std::size_t run_due(std::size_t most = 1000);

    void start(std::size_t threads);
    void stop();  // waits for the attempts under way

    std::vector<DeadJob> dead_jobs(std::size_t most = 100) const;
    // Of all tenants. The transaction must be across tenants.
    Backlog backlog(sql::Transaction& transaction) const;
    // Gives a dead job all its attempts again. `not_found` when there is none such.
    base::Result<> revive(const JobId& id);

private:
    struct Implementation;
    std::shared_ptr<Implementation>
        implementation_;  // shared with the queue, which may outlive us, to be woken
};

}  // namespace jobs
