// Fills a database for measurements, and measures what a full one costs.
//   runtime_fill URL models            nothing but the models
//   runtime_fill URL timers COUNT      instances whose timer was due an hour ago
//   runtime_fill URL history COUNT     finished instances: one that the runtime finished and packed, so many
//   times over runtime_fill URL rate COUNT        starts and completions by 32 callers; prints "rate" (steps
//   per second) runtime_fill URL timers_left       prints "timers", "completed" and "trail" (rows)
#include "arguments.hpp"
#include "database_script.hpp"
#include "runtime_bench.hpp"

#include <algorithm>
#include <iostream>
#include <span>
#include <stdexcept>

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t rows_at_once = 1'000'000;
// Keys of the runtime have eighteen digits or more; these come before all that it makes nowadays.
constexpr std::int64_t first_key = 100'000'000'000'000'000;

std::vector<std::string> columns_of(bench::DatabaseScript& script, const std::string& table)
{
    return script.first_column(
        script.is_postgres() ? "SELECT column_name FROM information_schema.columns WHERE table_name = '" +
                                   table + "' ORDER BY ordinal_position"
                             : "SELECT name FROM pragma_table_info('" + table + "')"
    );
}

// The copies of a template's rows, with keys of their own.
std::string copy_rows(
    bench::DatabaseScript& script,
    const std::string& table,
    const std::string& key,
    const std::string& instance,
    std::int64_t from,
    std::int64_t to
)
{
    const auto bounds = std::to_string(from) + " AS BIGINT)";
    const auto numbers =
        script.is_postgres()
            ? "generate_series(" + std::to_string(from) + "," + std::to_string(to) + ") AS numbers(n)"
            : "(WITH RECURSIVE counted(n) AS (SELECT CAST(" + bounds +
                  " UNION ALL SELECT n + 1 FROM counted WHERE n < " + std::to_string(to) +
                  ") SELECT n FROM counted) AS numbers";
    std::string names;
    std::string values;
    for (const auto& column : columns_of(script, table)) {
        names += (names.empty() ? "" : ", ") + column;
        values += values.empty() ? "" : ", ";
        if (column == key)
            values += "CAST(" + std::to_string(first_key) + " + numbers.n AS TEXT)";
        else if (column == "business_key")
            values += "'AG-4001-' || (CAST(numbers.n AS BIGINT) * 7919) % 100000007";
        else
            values += "template." + column;
    }
    return "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + numbers +
           " CROSS JOIN (SELECT * FROM " + table + " WHERE " + key + " = '" + instance + "') AS template";
}

// Indexes that are built at once are built quickly.
std::vector<std::string> drop_indexes(bench::DatabaseScript& script, const std::string& table)
{
    std::vector<std::string> names;
    std::vector<std::string> made_by;
    script.run(
        script.is_postgres()
            ? "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '" + table +
                  "' AND indexname NOT IN (SELECT conname FROM pg_constraint)"
            : "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '" +
                  table + "'",
        [&](const std::vector<std::string>& row) {
            names.push_back(row[0]);
            made_by.push_back(row[1]);
        }
    );
    for (const auto& name : names)
        script.run("DROP INDEX " + name);
    return made_by;
}

void fill_history(const std::string& url, std::int64_t count)
{
    bench::MovedClock clock(-3h);
    std::string instance;
    {
        bench::Engine engine(url, clock);
        const auto id = engine.start("one");
        if (!engine.complete(engine.tasks(id).front().id))
            throw std::runtime_error("a completion was refused");
        instance = id.text;
        // What happens to it after an hour, as to most of the history there is.
        clock.move(0h);
        engine.run_due();
    }
    const auto script = bench::open_script(url);
    for (const auto& [table, key] :
         {std::pair("process_instances", "id"), {"process_trail", "instance_id"}}) {
        const auto indexes = drop_indexes(*script, table);
        for (std::int64_t done = 0; done < count; done += rows_at_once)
            script->run(
                copy_rows(*script, table, key, instance, done, std::min(count, done + rows_at_once) - 1)
            );
        for (const auto& index : indexes)
            script->run(index);
        // So that the first who reads the rows does not have to mark them as committed.
        if (script->is_postgres())
            script->run(std::string("VACUUM ANALYZE ") + table);
    }
    const auto size = script->first_column(
        script->is_postgres() ? "SELECT pg_database_size(current_database())"
                              : "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    );
    script->run(script->is_postgres() ? "CHECKPOINT" : "PRAGMA wal_checkpoint(TRUNCATE)");
    std::cerr << count << " finished instances: " << std::stoll(size.front()) / 1'000'000 << " MB\n";
}

void measure_rate(const std::string& url, int count)
{
    const base::SystemClock clock;
    bench::Engine engine(url, clock);
    std::vector<runtime::InstanceId> ids(static_cast<std::size_t>(count));
    const double starts = bench::per_second(count, [&](int number, int) {
        ids[static_cast<std::size_t>(number)] = engine.start("one");
    });
    std::vector<runtime::TaskId> tasks;
    for (const auto& id : ids)
        tasks.push_back(engine.tasks(id).front().id);
    const double completions = bench::per_second(count, [&](int number, int) {
        if (!engine.complete(tasks[static_cast<std::size_t>(number)]))
            throw std::runtime_error("a completion was refused");
    });
    std::cout << "rate " << 2 / (1 / starts + 1 / completions) << std::endl;
}

void print_timers_left(const std::string& url)
{
    const auto script = bench::open_script(url);
    for (const auto& [name, query] :
         {std::pair("timers", "SELECT count(*) FROM process_timers"),
          {"completed", "SELECT count(*) FROM process_instances WHERE state = 'completed'"},
          {"trail", "SELECT count(*) FROM process_trail"}})
        std::cout << name << " " << script->first_column(query).front() << "\n";
}

void run(std::span<char*> arguments)
{
    if (arguments.size() < 2)
        throw std::invalid_argument("URL and models, timers, history, rate or timers_left expected");
    const std::string url = arguments[0];
    const std::string_view wanted = arguments[1];
    const int count = arguments.size() > 2 ? bench::number(arguments[2]) : 0;
    if (wanted == "models") {
        const base::SystemClock clock;
        const bench::Engine engine(url, clock);
    } else if (wanted == "timers" && count > 0) {
        const bench::MovedClock clock(-2h);
        bench::Engine engine(url, clock);
        bench::per_second(count, [&](int, int) { engine.start("timer"); });
    } else if (wanted == "history" && count > 0) {
        fill_history(url, count);
    } else if (wanted == "rate" && count > 0) {
        measure_rate(url, count);
    } else if (wanted == "timers_left") {
        print_timers_left(url);
    } else {
        throw std::invalid_argument("models, timers COUNT, history COUNT, rate COUNT or timers_left expected"
        );
    }
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        run(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
