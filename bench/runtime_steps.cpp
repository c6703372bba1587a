// Steps of processes per second, each durable before its call returns, by 32 callers at once; beside the
// plain library of the database that does the same to the same rows.
//   runtime_steps [--database URL] [INSTANCES [steps]]    in the project's folder; "steps": nothing but those
// prints "start_to_user_task", "start_bare", "complete_user_task", "complete_bare" (per second),
// "rows_per_step", "history_bytes" (of a finished instance of two user tasks with its trail; "fresh_…" in its
// first hour), "join_errors" and "join_lost" (of 16 completions at one join, in rounds). Without a database
// it makes one of SQLite; PostgreSQL's must be empty.
#include "bare_rows.hpp"
#include "runtime_bench.hpp"

#include <atomic>
#include <charconv>
#include <iostream>
#include <latch>
#include <span>
#include <stdexcept>
#include <thread>

namespace {

constexpr int join_rounds = 1000;

struct Settings {
    std::string database = {};
    int instances = 10'000;
    bool has_steps_only = false;
};

Settings read_arguments(std::span<char*> arguments)
{
    Settings settings;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string_view argument = arguments[index];
        const auto* end = argument.data() + argument.size();
        if (argument == "--database" && index + 1 < arguments.size())
            settings.database = arguments[++index];
        else if (argument == "steps")
            settings.has_steps_only = true;
        else if (std::from_chars(argument.data(), end, settings.instances).ptr != end || settings.instances < 1)
            throw std::invalid_argument("[--database URL] [INSTANCES [steps]] expected");
    }
    return settings;
}

void measure_steps(bench::Engine& engine, bench::BareRows& bare, int instances)
{
    std::vector<std::string> ids(static_cast<std::size_t>(instances));
    std::cout << "start_to_user_task " << bench::per_second(instances, [&](int number, int) {
        ids[static_cast<std::size_t>(number)] = engine.start("one").text;
    }) << std::endl;
    bare.read_starts(ids);
    std::cout << "rows_per_step " << bare.rows_per_start() << "\nstart_bare " << bare.starts_per_second()
              << std::endl;

    std::vector<runtime::TaskId> tasks;
    for (const auto& id : ids)
        tasks.push_back(engine.tasks({id}).front().id);
    std::atomic<int> refused = 0;
    const auto complete = [&](int number, int) {
        refused += engine.complete(tasks[static_cast<std::size_t>(number)]) ? 0 : 1;
    };
    std::cout << "complete_user_task " << bench::per_second(instances, complete) << "\ncomplete_bare "
              << bare.completions_per_second(ids) << std::endl;
    if (refused > 0)
        throw std::runtime_error("a completion was refused");
}

void measure_history(bench::Engine& engine, bench::MovedClock& clock, bench::BareRows& bare)
{
    const auto id = engine.start("two");
    while (!engine.is_completed(id))
        engine.complete(engine.tasks(id).front().id);
    std::cout << "fresh_history_bytes " << bare.bytes_of(id.text) << std::endl;
    // It is packed after an hour.
    clock.move(std::chrono::hours(2));
    engine.run_due();
    clock.move({});
    std::cout << "history_bytes " << bare.bytes_of(id.text) << std::endl;
}

void measure_join(bench::Engine& engine)
{
    int errors = 0;
    int lost = 0;
    for (int round = 0; round < join_rounds; ++round) {
        const auto id = engine.start("joining");
        const auto tasks = engine.tasks(id);
        std::latch together(static_cast<std::ptrdiff_t>(tasks.size()));
        std::atomic<int> refused = 0;
        {
            std::vector<std::jthread> clerks;
            for (const auto& task : tasks)
                clerks.emplace_back([&] {
                    together.arrive_and_wait();
                    try {
                        refused += engine.complete(task.id) ? 0 : 1;
                    } catch (const std::exception&) {
                        ++refused;
                    }
                });
        }
        errors += refused;
        lost += engine.is_completed(id) ? 0 : 1;
    }
    std::cout << "join_errors " << errors << "\njoin_lost " << lost << std::endl;
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        const auto settings =
            read_arguments(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
        const bench::Folder folder;
        const auto file = folder.path() + "/database";
        bench::MovedClock clock;
        const bool is_postgres = !settings.database.empty();
        bench::Engine engine(is_postgres ? settings.database : "sqlite:" + file, clock);
        const auto bare =
            is_postgres ? bench::bare_postgres(settings.database) : bench::bare_sqlite(file, folder.path());
        measure_steps(engine, *bare, settings.instances);
        if (settings.has_steps_only)
            return 0;
        measure_history(engine, clock, *bare);
        measure_join(engine);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
