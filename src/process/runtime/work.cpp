#include "process/runtime/work.hpp"

#include "base/trace.hpp"
#include "process/bpmn/timers.hpp"
#include "process/runtime/history_store.hpp"
#include "process/runtime/start_timer_store.hpp"
#include "process/runtime/unit.hpp"

#include <exception>
#include <map>
#include <span>
#include <utility>

namespace runtime {

const std::string inner_worker = "schalter";

namespace {

constexpr std::size_t timers_per_look = 32;
constexpr std::size_t jobs_per_look = 16;  // of each type
constexpr std::size_t instances_per_look = 100;

// Work that cannot even be tried must not stand before all other work for ever.
constexpr std::chrono::minutes pause_after_trouble{1};

void fire(Parts& parts, std::span<const TimerRow> timers)
{
    const auto& tenant = timers.front().tenant;
    parts.database.write(tenant, [&](sql::Transaction& transaction) {
        UnitScope unit(parts, transaction);
        WaitingStore waiting(transaction, tenant);
        for (const auto& timer : timers) {
            // Gone when it was another program's turn, or nobody waits for it any more.
            if (!unit->lock(timer.instance) || !waiting.take_timer(timer.instance, timer.number))
                continue;
            const auto fired =
                unit->act(timer.instance, bpmn::FireTimer{.timer = static_cast<bpmn::Id>(timer.number)});
            if (!fired)
                throw std::runtime_error(
                    "timer of " + timer.instance.text + ": " + fired.error().message_key + " " +
                    fired.error().detail
                );
        }
        unit.finish();
    });
}

void postpone(Parts& parts, const TimerRow& timer)
{
    auto transaction = parts.database.begin(timer.tenant);
    WaitingStore(transaction, timer.tenant)
        .postpone_timer(timer.instance, timer.number, parts.clock.now() + pause_after_trouble);
    transaction.commit();
}

// All in one transaction. When one of them is in trouble, each in its own, and that one later.
void fire_or_postpone(Parts& parts, std::span<const TimerRow> timers)
{
    try {
        fire(parts, timers);
    } catch (const sql::ConnectionError&) {
        throw;
    } catch (const std::exception&) {
        if (timers.size() == 1) {
            postpone(parts, timers.front());
            throw;
        }
        std::exception_ptr trouble;
        for (const auto& timer : timers) {
            try {
                fire_or_postpone(parts, {&timer, 1});
            } catch (const sql::ConnectionError&) {
                throw;
            } catch (const std::exception&) {
                trouble = std::current_exception();
            }
        }
        if (trouble)
            std::rethrow_exception(trouble);
    }
}

// Starts the newest version, whatever version the timer came from.
void start_by_timer(Parts& parts, const StartTimerRow& timer)
{
    parts.database.write(timer.tenant, [&](sql::Transaction& transaction) {
        StartTimerStore timers(transaction);
        const auto next =
            timer.cycle.empty() || timer.repetitions == 0
                ? std::nullopt
                : bpmn::next_due(timer.cycle, timer.due, parts.clock.now(), parts.options.time_zone);
        const bool is_ours =
            next ? timers.move(timer, *next, timer.repetitions - (timer.repetitions > 0 ? 1 : 0))
                 : timers.remove(timer);
        const auto process =
            DefinitionStore(transaction).find_own(timer.tenant, Deployed::Kind::process, timer.process_id);
        if (!is_ours || !process)
            return;
        UnitScope unit(parts, transaction);
        const auto started = unit->start(
            *process, {.start_element = timer.element, .start_part = static_cast<std::uint32_t>(timer.part)}
        );
        if (!started)
            throw std::runtime_error(
                "start timer: " + started.error().message_key + " " + started.error().detail
            );
        unit.finish();
    });
}

void start_or_postpone(Parts& parts, const StartTimerRow& timer)
{
    try {
        start_by_timer(parts, timer);
    } catch (const sql::ConnectionError&) {
        throw;
    } catch (const std::exception&) {
        auto transaction = parts.database.begin(timer.tenant);
        StartTimerStore(transaction).move(timer, parts.clock.now() + pause_after_trouble, timer.repetitions);
        transaction.commit();
        throw;
    }
}

// What a worker says when it throws: bugs and a broken world.
Answer answer_to(Parts& parts, const JobRow& row, const std::exception& error)
{
    if (parts.options.report)
        parts.options.report(row.type, row.instance, error.what());
    return Failed{.message = error.what()};
}

void write_answer(Parts& parts, const JobRow& row, const Answer& answer)
{
    parts.database.write(row.tenant, [&](sql::Transaction& transaction) {
        UnitScope unit(parts, transaction);
        // Nothing to answer when it is over, or another attempt was quicker after our lock had run out.
        const auto current = unit->lock(row.id);
        if (!current)
            return;
        auto taken = unit->answer(*current, answer);
        // What the process cannot take (too large) is the worker's failure, for an operator to see.
        if (!taken)
            taken = unit->answer(
                *current,
                Failed{.message = taken.error().message_key + " " + taken.error().detail, .retries = 0}
            );
        if (!taken)
            throw std::runtime_error("answer: " + taken.error().message_key + " " + taken.error().detail);
        unit.finish();
    });
}

void write_answer_or_postpone(Parts& parts, const JobRow& row, const Answer& answer)
{
    try {
        write_answer(parts, row, answer);
    } catch (const sql::ConnectionError&) {
        throw;
    } catch (const std::exception&) {
        auto transaction = parts.database.begin(row.tenant);
        JobStore(transaction).postpone(row, parts.clock.now() + pause_after_trouble);
        transaction.commit();
        throw;
    }
}

void work_outside(Parts& parts, const JobRow& row, const Runtime::Worker& worker)
{
    Job job;
    {
        auto transaction = parts.database.begin(row.tenant);
        JobStore jobs(transaction);
        if (!jobs.take(row, inner_worker, parts.clock.now() + parts.options.lock_time))
            return;
        UnitScope unit(parts, transaction);
        job = unit->describe(row);
        transaction.spare_flush();
        transaction.commit();
    }
    const base::TraceScope scope(job.trace_id);
    Answer answer;
    try {
        answer = worker(job);
    } catch (const std::exception& error) {
        answer = answer_to(parts, row, error);
    }
    write_answer_or_postpone(parts, row, answer);
}

// A further attempt at a job whose first, in the transaction in which it came, had failed.
void work_inside(Parts& parts, const JobRow& row, const Runtime::TransactionWorker& worker)
{
    try {
        auto transaction = parts.database.begin(row.tenant);
        UnitScope unit(parts, transaction);
        const auto current = unit->lock(row.id);
        if (!current || current->due != row.due)
            return;
        const auto answer = worker(transaction, unit->describe(*current));
        if (const auto taken = unit->answer(*current, answer); !taken)
            throw std::runtime_error(taken.error().message_key + " " + taken.error().detail);
        unit.finish();
        transaction.commit();
    } catch (const sql::ConnectionError&) {
        throw;
    } catch (const std::exception& error) {
        write_answer_or_postpone(parts, row, answer_to(parts, row, error));
    }
}

// One piece of work for each tenant, so that its timers fire in order.
void add_timers(Parts& parts, sql::Transaction& transaction, std::vector<jobs::DueWork>& due)
{
    auto all = due_timers(transaction, parts.clock.now(), timers_per_look);
    const bool is_backlog = all.size() == timers_per_look;
    std::map<base::TenantId, std::vector<TimerRow>> of_tenants;
    for (auto& timer : all)
        of_tenants[timer.tenant].push_back(std::move(timer));
    for (auto& [tenant, timers] : of_tenants)
        due.push_back({
            .key = "timers " + tenant.text,
            .tenant = tenant,
            .run = [&parts, timers = std::move(timers)] { fire_or_postpone(parts, timers); },
            .is_backlog = is_backlog,
        });
}

void add_jobs(Parts& parts, sql::Transaction& transaction, std::vector<jobs::DueWork>& due)
{
    const auto now = parts.clock.now();
    const JobStore store(transaction);
    for (const auto& [type, worker] : parts.workers)
        for (auto& row : store.due_of_all(type, now, jobs_per_look))
            due.push_back({"job " + row.id.text, row.tenant, [&parts, row, &worker = worker] {
                               work_outside(parts, row, worker);
                           }});
    for (const auto& [type, worker] : parts.transaction_workers)
        for (auto& row : store.due_of_all(type, now, jobs_per_look))
            due.push_back({"job " + row.id.text, row.tenant, [&parts, row, &worker = worker] {
                               work_inside(parts, row, worker);
                           }});
}

}  // namespace

std::vector<jobs::DueWork> look_for_work(Parts& parts)
{
    std::vector<jobs::DueWork> due;
    auto transaction = parts.database.begin_read_across_tenants();
    add_timers(parts, transaction, due);
    for (const auto& timer : StartTimerStore(transaction).due(parts.clock.now(), timers_per_look))
        due.push_back({"start " + timer.process_id + " " + timer.element, timer.tenant, [&parts, timer] {
                           start_or_postpone(parts, timer);
                       }});
    add_jobs(parts, transaction, due);
    if (has_history_to_tend(transaction, parts.clock.now()))
        due.push_back({"history", {"canton"}, [&parts] {
                           auto sweep = parts.database.begin_across_tenants();
                           tend_history(sweep, parts.clock.now(), instances_per_look);
                           sweep.commit();
                       }});
    if (has_expired_messages(transaction, parts.clock.now()))
        due.push_back({"messages", {"canton"}, [&parts] {
                           auto sweep = parts.database.begin_across_tenants();
                           forget_expired_messages(sweep, parts.clock.now());
                           sweep.commit();
                       }});
    return due;
}

}  // namespace runtime
