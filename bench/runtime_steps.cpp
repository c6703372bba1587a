// Steps of processes per second, each durable on SQLite before its call returns, by 32 callers at once;
// beside plain sqlite3 that does the same to the same rows, threads taking turns.
//   runtime_steps [INSTANCES]    in the project's folder
// prints "start_to_user_task", "start_bare", "complete_user_task", "complete_bare" (per second),
// "rows_per_step", "history_bytes" (of a finished instance of two user tasks with its trail), "join_errors",
// "join_lost" (of 16 completions at one join, in rounds) and "idle_p50_ms", "idle_p99_ms" (from a start to a
// waiting worker).
#include "base/random.hpp"
#include "kit/sql/database.hpp"
#include "process/runtime/resources.hpp"
#include "process/runtime/runtime.hpp"
#include "same_rows.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int callers = 32;
constexpr int join_rounds = 1000;
constexpr int idle_rounds = 500;
const base::TenantId tenant{"4001"};

runtime::Resource process(const std::string& id, const std::string& content)
{
    return {
        id + ".bpmn",
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
        " xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"bench\" targetNamespace=\"urn:bench\">"
        "<process id=\"" +
            id + "\" isExecutable=\"true\"><startEvent id=\"start\"/><endEvent id=\"end\"/>" + content +
            "</process></definitions>"};
}
std::string task(const std::string& id)
{
    return "<userTask id=\"" + id + "\" name=\"" + id +
           "\"><extensionElements><zeebe:userTask/></extensionElements></userTask>";
}
std::string flow(const std::string& from, const std::string& to)
{
    return "<sequenceFlow id=\"" + from + "-" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to +
           "\"/>";
}

std::vector<runtime::Resource> models()
{
    std::string join = "<parallelGateway id=\"fork\"/><parallelGateway id=\"join\"/>" +
                       flow("start", "fork") + flow("join", "end");
    for (int branch = 0; branch < 16; ++branch) {
        const auto id = "ask" + std::to_string(branch);
        join += task(id) + flow("fork", id) + flow(id, "join");
    }
    return {
        process("one", task("ask") + flow("start", "ask") + flow("ask", "end")),
        process(
            "two",
            task("ask") + task("check") + flow("start", "ask") + flow("ask", "check") + flow("check", "end")
        ),
        process("joining", join),
        process(
            "job",
            "<serviceTask id=\"work\"><extensionElements><zeebe:taskDefinition type=\"work\"/></extensionElements></serviceTask>" +
                flow("start", "work") + flow("work", "end")
        ),
    };
}

// Lets `callers` threads do work(0), work(1) … work(times - 1); how many in a second.
double per_second(int times, const std::function<void(int)>& work)
{
    std::atomic<int> next = 0;
    const auto began = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (int caller = 0; caller < callers; ++caller)
            threads.emplace_back([&] {
                for (int number = next++; number < times; number = next++)
                    work(number);
            });
    }
    return times / std::chrono::duration<double>(Clock::now() - began).count();
}

class Bench {
public:
    explicit Bench(const std::string& folder)
        : path_(folder + "/database"), database_("sqlite:" + path_), runtime_(database_, clock_, random_)
    {
        database_.migrate(runtime::resources::migrations());
        auto transaction = database_.begin(tenant);
        if (const auto deployed = runtime_.deploy(transaction, models()); !deployed)
            throw std::runtime_error(deployed.error().detail);
        transaction.commit();
    }

    runtime::InstanceId start(std::string_view process)
    {
        runtime::InstanceId id;
        database_.write(tenant, [&](sql::Transaction& transaction) {
            id = runtime_
                     .start(transaction, process, "AG-4001-ABCD-EFGH", {{"reference", "AG-4001-ABCD-EFGH"}})
                     .value();
        });
        return id;
    }

    bool complete(const runtime::TaskId& id)
    {
        bool is_done = false;
        database_.write(tenant, [&](sql::Transaction& transaction) {
            is_done = static_cast<bool>(runtime_.complete_task(transaction, id, {{"ok", true}}, "Muster"));
        });
        return is_done;
    }

    std::vector<runtime::Task> tasks(const runtime::InstanceId& instance)
    {
        auto transaction = database_.begin_read(tenant);
        return runtime_.tasks(transaction, {.instance = instance});
    }

    bool is_completed(const runtime::InstanceId& id)
    {
        auto transaction = database_.begin_read(tenant);
        return runtime_.find_instance(transaction, id)->state == runtime::InstanceState::completed;
    }

    const std::string& path() const { return path_; }
    runtime::Runtime& engine() { return runtime_; }
    sql::Database& database() { return database_; }

private:
    std::string path_;
    base::SystemClock clock_;
    base::SystemRandom random_;
    sql::Database database_;
    runtime::Runtime runtime_;
};

// What a completion does to the rows, by plain sqlite3 in a copy: the instance's new state, the task's end,
// the trail's next row.
class BareCompletions {
public:
    BareCompletions(const std::string& original, const std::string& path)
    {
        check(sqlite3_open(original.c_str(), &database_));
        run("VACUUM INTO '" + path + "'");
        sqlite3_close_v2(database_);
        check(sqlite3_open(path.c_str(), &database_));
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
    }
    ~BareCompletions()
    {
        for (auto* statement : statements_)
            sqlite3_finalize(statement);
        sqlite3_close_v2(database_);
    }
    BareCompletions(const BareCompletions&) = delete;
    BareCompletions& operator=(const BareCompletions&) = delete;

    double commits_per_second(const std::vector<std::string>& instances)
    {
        for (const auto* text :
             {"BEGIN IMMEDIATE",
              "UPDATE process_instances SET state = 'completed', revision = 2, snapshot = x'0100', ended_at = 1"
              " WHERE tenant_id = '4001' AND id = ?",
              "DELETE FROM process_tasks WHERE tenant_id = '4001' AND instance_id = ?",
              "INSERT INTO process_trail (tenant_id, instance_id, revision, entries) VALUES ('4001', ?, 2, ?)",
              "COMMIT"}) {
            sqlite3_stmt* statement = nullptr;
            check(sqlite3_prepare_v2(database_, text, -1, &statement, nullptr));
            statements_.push_back(statement);
        }
        const std::string entries(230, 'x');  // as long as ours
        std::mutex turn;
        return per_second(static_cast<int>(instances.size()), [&](int number) {
            const auto& id = instances[static_cast<std::size_t>(number)];
            const std::lock_guard lock(turn);
            for (auto* statement : statements_) {
                if (sqlite3_bind_parameter_count(statement) > 0)
                    sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
                if (sqlite3_bind_parameter_count(statement) > 1)
                    sqlite3_bind_text(
                        statement, 2, entries.data(), static_cast<int>(entries.size()), SQLITE_STATIC
                    );
                check(sqlite3_step(statement));
                sqlite3_reset(statement);
            }
        });
    }

private:
    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
            throw std::runtime_error(sqlite3_errmsg(database_));
    }
    void run(const std::string& script)
    {
        check(sqlite3_exec(database_, script.c_str(), nullptr, nullptr, nullptr));
    }

    sqlite3* database_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

void measure_steps(Bench& bench, const std::string& folder, int instances)
{
    const auto before = SameRows::marks(bench.path());
    std::vector<std::string> ids(static_cast<std::size_t>(instances));
    std::cout << "start_to_user_task " << per_second(instances, [&](int number) {
        ids[static_cast<std::size_t>(number)] = bench.start("one").text;
    }) << std::endl;
    const SameRows rows(bench.path(), before, instances);
    std::cout << "rows_per_step " << rows.rows_per_order() << "\nstart_bare "
              << rows.commits_per_second(folder + "/bare-starts", callers) << std::endl;

    std::vector<runtime::TaskId> tasks;
    for (const auto& id : ids)
        tasks.push_back(bench.tasks({id}).front().id);
    BareCompletions bare(bench.path(), folder + "/bare-completions");
    std::atomic<int> refused = 0;
    std::cout << "complete_user_task "
              << per_second(
                     instances,
                     [&](int number) {
                         refused += bench.complete(tasks[static_cast<std::size_t>(number)]) ? 0 : 1;
                     }
                 )
              << "\ncomplete_bare " << bare.commits_per_second(ids) << std::endl;
    if (refused > 0)
        throw std::runtime_error("a completion was refused");
}

void measure_history(Bench& bench)
{
    const auto id = bench.start("two");
    while (!bench.is_completed(id))
        bench.complete(bench.tasks(id).front().id);
    sqlite3* database = nullptr;
    sqlite3_open(bench.path().c_str(), &database);
    std::int64_t bytes = 0;
    const auto add = [&](const std::string& query) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(statement); ++column)
                bytes += sqlite3_column_type(statement, column) == SQLITE_INTEGER
                             ? 8
                             : sqlite3_column_bytes(statement, column);
        sqlite3_finalize(statement);
    };
    add("SELECT * FROM process_instances WHERE id = '" + id.text + "'");
    add("SELECT * FROM process_trail WHERE instance_id = '" + id.text + "'");
    sqlite3_close_v2(database);
    std::cout << "history_bytes " << bytes << std::endl;
}

void measure_join(Bench& bench)
{
    int errors = 0;
    int lost = 0;
    for (int round = 0; round < join_rounds; ++round) {
        const auto id = bench.start("joining");
        const auto tasks = bench.tasks(id);
        std::latch together(static_cast<std::ptrdiff_t>(tasks.size()));
        std::atomic<int> refused = 0;
        {
            std::vector<std::jthread> clerks;
            for (const auto& task : tasks)
                clerks.emplace_back([&] {
                    together.arrive_and_wait();
                    try {
                        refused += bench.complete(task.id) ? 0 : 1;
                    } catch (const std::exception&) {
                        ++refused;
                    }
                });
        }
        errors += refused;
        lost += bench.is_completed(id) ? 0 : 1;
    }
    std::cout << "join_errors " << errors << "\njoin_lost " << lost << std::endl;
}

// A worker waits; how long it takes from the call that starts an instance until it has the job.
void measure_idle(Bench& bench)
{
    std::vector<double> milliseconds;
    for (int round = 0; round < idle_rounds; ++round) {
        const auto seen = bench.engine().news();
        Clock::time_point given;
        Clock::time_point began;
        {
            std::jthread worker([&] {
                bench.engine().wait_for_news(seen, 10s);
                bench.database().write(tenant, [&](sql::Transaction& transaction) {
                    for (const auto& job :
                         bench.engine().activate_jobs(transaction, "work", "bench", 1, 1min))
                        if (!bench.engine().answer_job(transaction, job.id, runtime::Completed{}))
                            throw std::runtime_error("a job was refused");
                    given = Clock::now();
                });
            });
            std::this_thread::sleep_for(1ms);  // until it waits
            began = Clock::now();
            bench.start("job");
        }
        milliseconds.push_back(std::chrono::duration<double, std::milli>(given - began).count());
    }
    std::ranges::sort(milliseconds);
    std::cout << "idle_p50_ms " << milliseconds[idle_rounds / 2] << "\nidle_p99_ms "
              << milliseconds[idle_rounds * 99 / 100] << std::endl;
}

}  // namespace

int main(int count, char** arguments)
{
    auto folder = (std::filesystem::current_path() / "build" / "runtime-steps-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        return 1;
    int code = 0;
    try {
        Bench bench(folder);
        measure_steps(bench, folder, count > 1 ? std::atoi(arguments[1]) : 10'000);
        measure_history(bench);
        measure_join(bench);
        measure_idle(bench);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        code = 1;
    }
    std::filesystem::remove_all(folder);
    return code;
}
