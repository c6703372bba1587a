// The raw limit for everything that must be durable on SQLite: commits per second of N small rows, one
// transaction a commit, many threads taking turns, in the settings of kit/sql (WAL, synchronous=FULL) but
// with plain sqlite3 and nothing else.
//   raw_commits [--threads 64] [--seconds 2] [--bytes 300] ROWS…
// prints "raw_commits.<rows>_rows <commits per second>" for each row count.
#include "arguments.hpp"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

struct Settings {
    int threads = 64;
    int seconds = 2;
    int bytes = 300;  // of each row's payload
    std::vector<int> rows = {};
};

void check(int code, sqlite3* database)
{
    if (code != SQLITE_OK && code != SQLITE_DONE)
        throw std::runtime_error(sqlite3_errmsg(database));
}

class Connection {
public:
    explicit Connection(const std::string& path)
    {
        check(sqlite3_open(path.c_str(), &database_), database_);
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE payload (id INTEGER PRIMARY KEY, data TEXT NOT NULL)");
        check(
            sqlite3_prepare_v2(database_, "INSERT INTO payload (data) VALUES (?1)", -1, &insert_, nullptr),
            database_
        );
    }
    ~Connection()
    {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void commit_rows(int rows, const std::string& payload)
    {
        run("BEGIN IMMEDIATE");
        for (int row = 0; row < rows; ++row) {
            sqlite3_bind_text(insert_, 1, payload.data(), static_cast<int>(payload.size()), SQLITE_STATIC);
            check(sqlite3_step(insert_), database_);
            sqlite3_reset(insert_);
        }
        run("COMMIT");
    }

private:
    void run(const char* script)
    {
        check(sqlite3_exec(database_, script, nullptr, nullptr, nullptr), database_);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

// All threads share one connection in turn: the fastest that SQLite's one writer can be.
std::int64_t commits_per_second(const Settings& settings, int rows)
{
    auto folder = (std::filesystem::current_path() / "raw-commits-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        throw std::runtime_error("cannot make a folder in the working directory");
    std::atomic<std::int64_t> commits = 0;
    {
        Connection connection(folder + "/database");
        std::mutex turn;
        const std::string payload(static_cast<std::size_t>(settings.bytes), 'x');
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(settings.seconds);
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < settings.threads; ++thread)
            threads.emplace_back([&] {
                while (std::chrono::steady_clock::now() < end) {
                    const std::lock_guard lock(turn);
                    connection.commit_rows(rows, payload);
                    ++commits;
                }
            });
    }
    std::filesystem::remove_all(folder);
    return commits / settings.seconds;
}

Settings read_arguments(std::span<char*> arguments)
{
    Settings settings;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string_view argument = arguments[index];
        int* setting = argument == "--threads"   ? &settings.threads
                       : argument == "--seconds" ? &settings.seconds
                       : argument == "--bytes"   ? &settings.bytes
                                                 : nullptr;
        if (setting == nullptr)
            settings.rows.push_back(bench::number(argument));
        else if (++index < arguments.size())
            *setting = bench::number(arguments[index]);
    }
    if (settings.rows.empty())
        settings.rows = {1, 10};
    return settings;
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        const auto settings =
            read_arguments(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
        for (const int rows : settings.rows)
            std::cout << "raw_commits." << rows << "_rows " << commits_per_second(settings, rows)
                      << std::endl;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
