#include "kit/jobs/runner.hpp"

#include "kit/jobs/job_store.hpp"
#include "kit/jobs/work_loop.hpp"
#include "kit/sql/database.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <variant>

namespace jobs {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t jobs_per_look = 16;

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

    std::mutex mutex = {};
    WorkLoop loop{
        [this] { return look(); },
        [this](const std::string&, std::string_view message) { report("jobs", {}, message); }};

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

    std::vector<DueWork> look()
    {
        auto due = look_for_periodic();
        auto transaction = database.begin_read_across_tenants();
        for (auto& candidate : JobStore(transaction).due(clock.now(), jobs_per_look))
            due.push_back({candidate.job.id.text, candidate.job.tenant, [this, candidate] {
                               attempt(candidate);
                           }});
        return due;
    }

    std::vector<DueWork> look_for_periodic()
    {
        std::vector<DueWork> due;
        const auto now = clock.now();
        const std::lock_guard lock(mutex);
        for (const auto& each : periodic) {
            if (now < each->next_look)
                continue;
            each->next_look = now + std::min<milliseconds>(each->interval, std::chrono::minutes(1));
            due.push_back({"every " + each->name, {"canton"}, [this, work = each.get()] {
                               run_periodic(*work);
                           }});
        }
        return due;
    }

    void run_periodic(const Periodic& each)
    {
        bool is_ours = false;
        database.write({"canton"}, [&](sql::Transaction& transaction) {
            const auto now = clock.now();
            is_ours = JobStore(transaction).claim_period(each.name, now, now + each.interval);
        });
        if (!is_ours)
            return;
        try {
            each.work();
        } catch (const std::exception& error) {
            report(each.name, {}, error.what());
        }
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

    void try_handler(const Candidate& candidate, const Handler& handler)
    {
        const auto& job = candidate.job;
        {
            auto transaction = database.begin(job.tenant);
            if (!JobStore(transaction).lock(candidate, clock.now() + options.lock_time))
                return;  // somebody else's turn
            transaction.commit();
        }
        const auto outcome = handler(job);
        if (!outcome) {
            note_failure(job, outcome.error().message_key + " " + outcome.error().detail);
            return;
        }
        database.write(job.tenant, [&](sql::Transaction& transaction) {
            // Nothing to remove when the lock ran out and another attempt is under way: that one will.
            JobStore(transaction).remove_attempt(job);
        });
    }

    void try_handler(const Candidate& candidate, const TransactionHandler& handler)
    {
        const auto& job = candidate.job;
        base::Result<> outcome = base::Done{};
        {
            auto transaction = database.begin(job.tenant);
            if (!JobStore(transaction).remove(candidate))
                return;  // somebody else's turn
            outcome = handler(transaction, job);
            if (outcome)
                transaction.commit();
        }
        if (!outcome)
            note_failure(job, outcome.error().message_key + " " + outcome.error().detail);
    }

    void attempt(const Candidate& candidate)
    {
        const auto& job = candidate.job;
        const auto handler = handlers.find(job.kind);
        if (handler == handlers.end()) {
            note_failure(job, "this program has no handler for this kind");
            return;
        }
        try {
            std::visit([&](const auto& known) { try_handler(candidate, known); }, handler->second);
        } catch (const sql::ConnectionError&) {
            // Nothing can be noted either; the job stays due, or its lock runs out.
            throw;
        } catch (const std::exception& error) {
            report(job.kind, job.id, error.what());
            note_failure(job, error.what());
        }
    }
};

Runner::Runner(sql::Database& database, Queue& queue, const base::Clock& clock, Options options)
    : implementation_(new Implementation{database, queue, clock, std::move(options)})
{
    queue.on_enqueued([weak = std::weak_ptr(implementation_)] {
        if (const auto implementation = weak.lock())
            implementation->loop.wake();
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
    return implementation_->loop.run(most);
}

void Runner::start(std::size_t threads)
{
    implementation_->loop.start(threads);
}

void Runner::stop()
{
    implementation_->loop.stop();
}

std::vector<DeadJob> Runner::dead_jobs(std::size_t most) const
{
    auto transaction = implementation_->database.begin_read_across_tenants();
    return JobStore(transaction).dead(most);
}

Backlog Runner::backlog(sql::Transaction& transaction) const
{
    const JobStore store(transaction);
    const auto oldest = store.first_due();
    const auto now = implementation_->clock.now();
    return {
        .kinds = store.count(),
        .lag = oldest && *oldest < now ? now - *oldest : std::chrono::milliseconds(0),
    };
}

base::Result<> Runner::revive(const JobId& id)
{
    auto transaction = implementation_->database.begin_across_tenants();
    if (!JobStore(transaction).revive(id, implementation_->clock.now()))
        return base::fail(base::ErrorKind::not_found, "jobs.unknown");
    transaction.commit();
    implementation_->loop.wake();
    return base::Done{};
}

}  // namespace jobs
