#include "kit/jobs/runner.hpp"

#include "kit/jobs/job_store.hpp"
#include "kit/sql/database.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <set>
#include <stdexcept>
#include <thread>
#include <variant>

namespace jobs {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t jobs_per_look = 16;
// How long a job waits at most that another program enqueued.
constexpr milliseconds longest_nap{1000};

milliseconds back_off(int attempt)
{
    constexpr milliseconds first = std::chrono::seconds(5);
    constexpr milliseconds longest = std::chrono::hours(6);
    return attempt > 20 ? longest : std::min(longest, first * (1 << (attempt - 1)));
}

}  // namespace

struct Runner::Implementation {
    using AnyHandler = std::variant<Handler, TransactionHandler>;
    struct Periodic {
        std::string name;
        std::chrono::seconds interval{};
        std::function<void()> work;
        base::Instant next_look = {};  // guarded by mutex
    };

    sql::Database& database;
    Queue& queue;
    const base::Clock& clock;
    Options options;
    std::map<std::string, AnyHandler, std::less<>> handlers = {};
    std::vector<std::unique_ptr<Periodic>> periodic = {};

    mutable std::mutex mutex = {};
    std::condition_variable woken = {};
    std::uint64_t news = 0;  // counts what a thread may have missed while it looked
    bool is_stopping = false;
    std::set<JobId> in_hand = {};
    std::map<base::TenantId, std::size_t> in_hand_of = {};
    std::vector<std::jthread> threads = {};

    void add_handler(std::string kind, AnyHandler handler)
    {
        if (!handlers.emplace(kind, std::move(handler)).second)
            throw std::logic_error("two handlers for jobs of kind " + kind);
    }

    void report(std::string_view kind, const JobId& id, std::string_view message) const
    {
        if (options.report)
            options.report(kind, id, message);
    }

    void wake()
    {
        {
            const std::lock_guard lock(mutex);
            ++news;
        }
        woken.notify_all();
    }

    // So that two threads of this program do not try for the same job, and one tenant never has them all.
    bool take_in_hand(const Job& job)
    {
        const std::lock_guard lock(mutex);
        const std::size_t share = threads.size() < 2 ? 1 : threads.size() - 1;
        if (in_hand_of[job.tenant] >= share || !in_hand.insert(job.id).second)
            return false;
        ++in_hand_of[job.tenant];
        return true;
    }

    void put_down(const Job& job)
    {
        const std::lock_guard lock(mutex);
        in_hand.erase(job.id);
        if (--in_hand_of[job.tenant] == 0)
            in_hand_of.erase(job.tenant);
    }

    std::vector<Candidate> look()
    {
        auto transaction = database.begin_read_across_tenants();
        return JobStore(transaction).due(clock.now(), jobs_per_look);
    }

    void note_failure(const Job& job, const std::string& error)
    {
        const bool is_last = job.attempt >= job.most_attempts;
        database.write(job.tenant, [&](sql::Transaction& transaction) {
            JobStore store(transaction);
            if (is_last)
                store.bury(job, clock.now(), error);
            else
                store.postpone(job, clock.now() + back_off(job.attempt), error);
        });
        if (is_last)
            report(job.kind, job.id, "given up: " + error);
    }

    // True when it was this runner's turn to try.
    bool try_handler(const Candidate& candidate, const Handler& handler)
    {
        const auto& job = candidate.job;
        {
            auto transaction = database.begin(job.tenant);
            if (!JobStore(transaction).lock(candidate, clock.now() + options.lock_time))
                return false;
            transaction.commit();
        }
        const auto outcome = handler(job);
        if (!outcome) {
            note_failure(job, outcome.error().message_key + " " + outcome.error().detail);
            return true;
        }
        database.write(job.tenant, [&](sql::Transaction& transaction) {
            // Nothing to remove when the lock ran out and another attempt is under way: that one will.
            JobStore(transaction).remove_attempt(job);
        });
        return true;
    }

    bool try_handler(const Candidate& candidate, const TransactionHandler& handler)
    {
        const auto& job = candidate.job;
        base::Result<> outcome = base::Done{};
        {
            auto transaction = database.begin(job.tenant);
            if (!JobStore(transaction).remove(candidate))
                return false;
            outcome = handler(transaction, job);
            if (outcome)
                transaction.commit();
        }
        if (!outcome)
            note_failure(job, outcome.error().message_key + " " + outcome.error().detail);
        return true;
    }

    bool attempt(const Candidate& candidate)
    {
        const auto& job = candidate.job;
        const auto handler = handlers.find(job.kind);
        if (handler == handlers.end()) {
            note_failure(job, "this program has no handler for this kind");
            return true;
        }
        try {
            return std::visit(
                [&](const auto& known) { return try_handler(candidate, known); }, handler->second
            );
        } catch (const sql::ConnectionError& error) {
            // Nothing can be noted either; the job stays due, or its lock runs out.
            report(job.kind, job.id, error.what());
            throw;
        } catch (const std::exception& error) {
            report(job.kind, job.id, error.what());
            note_failure(job, error.what());
            return true;
        }
    }

    std::size_t run_periodic()
    {
        std::size_t done = 0;
        for (const auto& each : periodic) {
            const auto now = clock.now();
            {
                const std::lock_guard lock(mutex);
                if (now < each->next_look)
                    continue;
                each->next_look = now + std::min<milliseconds>(each->interval, std::chrono::minutes(1));
            }
            bool is_ours = false;
            database.write({"canton"}, [&](sql::Transaction& transaction) {
                is_ours = JobStore(transaction).claim_period(each->name, now, now + each->interval);
            });
            if (!is_ours)
                continue;
            ++done;
            try {
                each->work();
            } catch (const std::exception& error) {
                report(each->name, {}, error.what());
            }
        }
        return done;
    }

    std::size_t run_some(std::size_t most)
    {
        std::size_t tried = 0;
        for (const auto& candidate : look()) {
            if (tried == most || is_stopped())
                break;
            if (!take_in_hand(candidate.job))
                continue;
            try {
                tried += attempt(candidate) ? 1U : 0U;
            } catch (...) {
                put_down(candidate.job);
                throw;
            }
            put_down(candidate.job);
        }
        return tried;
    }

    bool is_stopped() const
    {
        const std::lock_guard lock(mutex);
        return is_stopping;
    }

    void run_thread()
    {
        for (std::uint64_t known = 0; !is_stopped();) {
            {
                const std::lock_guard lock(mutex);
                known = news;
            }
            std::size_t tried = 0;
            try {
                tried = run_periodic() + run_some(jobs_per_look);
            } catch (const std::exception& error) {
                report("jobs", {}, error.what());
            }
            if (tried > 0)
                continue;
            std::unique_lock lock(mutex);
            woken.wait_for(lock, longest_nap, [&] { return news != known || is_stopping; });
        }
    }
};

Runner::Runner(sql::Database& database, Queue& queue, const base::Clock& clock, Options options)
    : implementation_(new Implementation{database, queue, clock, std::move(options)})
{
    queue.on_enqueued([weak = std::weak_ptr(implementation_)] {
        if (const auto implementation = weak.lock())
            implementation->wake();
    });
}

Runner::Runner(sql::Database& database, Queue& queue, const base::Clock& clock)
    : Runner(database, queue, clock, Options{})
{
}

Runner::~Runner()
{
    stop();
}

void Runner::handle(std::string kind, Handler handler)
{
    implementation_->add_handler(std::move(kind), std::move(handler));
}

void Runner::handle_in_transaction(std::string kind, TransactionHandler handler)
{
    implementation_->add_handler(std::move(kind), std::move(handler));
}

void Runner::every(std::string name, std::chrono::seconds interval, std::function<void()> work)
{
    auto added = std::make_unique<Implementation::Periodic>();
    added->name = std::move(name);
    added->interval = interval;
    added->work = std::move(work);
    implementation_->periodic.push_back(std::move(added));
}

std::size_t Runner::run_due(std::size_t most)
{
    std::size_t done = implementation_->run_periodic();
    while (done < most) {
        const auto tried = implementation_->run_some(most - done);
        if (tried == 0)
            break;
        done += tried;
    }
    return done;
}

void Runner::start(std::size_t threads)
{
    const std::lock_guard lock(implementation_->mutex);
    implementation_->is_stopping = false;
    for (std::size_t number = 0; number < threads; ++number)
        implementation_->threads.emplace_back([this] { implementation_->run_thread(); });
}

void Runner::stop()
{
    std::vector<std::jthread> ending;
    {
        const std::lock_guard lock(implementation_->mutex);
        implementation_->is_stopping = true;
        ending.swap(implementation_->threads);
    }
    implementation_->woken.notify_all();
    ending.clear();  // joins
    const std::lock_guard lock(implementation_->mutex);
    implementation_->is_stopping = false;
}

std::vector<DeadJob> Runner::dead_jobs(std::size_t most) const
{
    auto transaction = implementation_->database.begin_read_across_tenants();
    return JobStore(transaction).dead(most);
}

base::Result<> Runner::revive(const JobId& id)
{
    auto transaction = implementation_->database.begin_across_tenants();
    if (!JobStore(transaction).revive(id, implementation_->clock.now()))
        return base::fail(base::ErrorKind::not_found, "jobs.unknown");
    transaction.commit();
    implementation_->wake();
    return base::Done{};
}

}  // namespace jobs
