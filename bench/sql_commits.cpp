// What kit/sql makes of the raw limit (raw_commits): durable transactions per second of 64 threads that share
// flushes, on an SQLite file in the working directory or on the PostgreSQL of the given URL.
//   sql_commits [URL]
// prints "sql.commits_<threads>_threads <commits per second>" for some numbers of threads.
#include "kit/sql/database.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::array<sql::Migration, 1> tables{
    {{"bench",
      "0001_create_payload",
      "CREATE TABLE payload (tenant_id TEXT NOT NULL, id BIGINT NOT NULL, data TEXT NOT NULL,"
      " PRIMARY KEY (tenant_id, id));\n",
      ""}}};
constexpr sql::Statement insert{"INSERT INTO payload (tenant_id, id, data) VALUES (:tenant_id, :id, :data)"};

std::int64_t commits_per_second(sql::Database& database, int threads, std::atomic<std::int64_t>& next)
{
    constexpr std::chrono::seconds duration{2};
    const std::string payload(300, 'x');
    const auto before = next.load();
    {
        const auto end = std::chrono::steady_clock::now() + duration;
        std::vector<std::jthread> running;
        for (int thread = 0; thread < threads; ++thread)
            running.emplace_back([&] {
                while (std::chrono::steady_clock::now() < end)
                    database.write({"4001"}, [&](sql::Transaction& transaction) {
                        transaction.execute_one(
                            insert, {{"tenant_id", "4001"}, {"id", ++next}, {"data", payload}}
                        );
                    });
            });
    }
    return (next - before) / duration.count();
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        auto folder = (std::filesystem::current_path() / "sql-commits-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr)
            throw std::runtime_error("cannot make a folder in the working directory");
        {
            sql::Database database(count > 1 ? arguments[1] : "sqlite:" + folder + "/database");
            database.migrate(tables);
            std::atomic<std::int64_t> next = 0;
            for (const int threads : {1, 8, 32, 64})
                std::cout << "sql.commits_" << threads << "_threads "
                          << commits_per_second(database, threads, next) << std::endl;
        }
        std::filesystem::remove_all(folder);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
