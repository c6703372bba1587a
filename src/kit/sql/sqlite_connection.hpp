#pragma once

#include "kit/sql/driver.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace sql {

// Whether commits wait for the disk: not worth it for a database that dies with the program.
enum class Durability { full, none };

// One connection to an SQLite file, with its prepared statements. One thread at a time.
class SqliteConnection {
public:
    SqliteConnection(const std::string& path, Access access, Durability durability);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each);
    void run_script(const std::string& script);
    void check(std::string_view statement);

    bool is_in_transaction() const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, Finalize> statement;
        std::vector<std::string> names;
        bool is_running = false;
    };

    Prepared prepare(std::string_view text, Addition addition);
    std::int64_t run(Prepared& prepared, std::span<const Parameter> parameters, const EachRow& each);
    void bind(const Prepared& prepared, std::span<const Parameter> parameters);
    [[noreturn]] void fail(std::string_view doing) const;

    std::unique_ptr<sqlite3, Close> database_;
    // Keyed by the statement's text, which is a constant of the program and outlives us.
    std::unordered_map<std::string_view, Prepared> prepared_;
    std::unordered_map<std::string_view, Prepared> prepared_skipping_;  // with Addition::skip_taken
};

}  // namespace sql
