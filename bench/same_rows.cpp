#include "same_rows.hpp"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace {

class Statement;

class Connection {
public:
    explicit Connection(const std::string& path) { check(sqlite3_open(path.c_str(), &database_)); }
    ~Connection() { sqlite3_close_v2(database_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const std::string& script)
    {
        check(sqlite3_exec(database_, script.c_str(), nullptr, nullptr, nullptr));
    }

    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
            throw std::runtime_error(sqlite3_errmsg(database_));
    }

    sqlite3* handle() const { return database_; }

private:
    sqlite3* database_ = nullptr;
};

class Statement {
public:
    Statement(Connection& connection, const std::string& text) : connection_(connection)
    {
        connection.check(sqlite3_prepare_v2(connection.handle(), text.c_str(), -1, &statement_, nullptr));
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(Statement&& other) noexcept
        : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr))
    {
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool step()
    {
        const int code = sqlite3_step(statement_);
        connection_.check(code);
        return code == SQLITE_ROW;
    }

    void run_once()
    {
        step();
        sqlite3_reset(statement_);
    }

    sqlite3_stmt* handle() const { return statement_; }

private:
    Connection& connection_;
    sqlite3_stmt* statement_ = nullptr;
};

std::string text_of(const Statement& statement, int column)
{
    const auto* text = sqlite3_column_text(statement.handle(), column);
    return text == nullptr ? std::string() : static_cast<const char*>(static_cast<const void*>(text));
}

void each_text(Connection& connection, const std::string& query, const std::function<void(std::string)>& take)
{
    Statement statement(connection, query);
    while (statement.step())
        take(text_of(statement, 0));
}

constexpr auto tables_by_name = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";

}  // namespace

SameRows::Marks SameRows::marks(const std::string& database)
{
    Connection connection(database);
    Marks marks;
    each_text(connection, tables_by_name, [&](const std::string& table) {
        Statement newest(connection, "SELECT COALESCE(MAX(rowid), 0) FROM \"" + table + "\"");
        newest.step();
        marks[table] = sqlite3_column_int64(newest.handle(), 0);
    });
    return marks;
}

SameRows::SameRows(const std::string& database, const Marks& before, int orders) : orders_(orders)
{
    Connection connection(database);
    each_text(
        connection,
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC",
        [&](std::string text) { schema_.push_back(std::move(text)); }
    );
    for (const auto& [name, newest] : before) {
        Table table{name};
        Statement rows(
            connection,
            "SELECT * FROM \"" + name + "\" WHERE rowid > " + std::to_string(newest) + " ORDER BY rowid"
        );
        while (rows.step()) {
            Row row;
            for (int column = 0; column < sqlite3_column_count(rows.handle()); ++column) {
                Cell cell{sqlite3_column_type(rows.handle(), column)};
                if (cell.type == SQLITE_INTEGER)
                    cell.integer = sqlite3_column_int64(rows.handle(), column);
                else if (const auto* bytes = sqlite3_column_blob(rows.handle(), column))
                    cell.bytes.assign(
                        static_cast<const char*>(bytes),
                        static_cast<std::size_t>(sqlite3_column_bytes(rows.handle(), column))
                    );
                row.push_back(std::move(cell));
            }
            table.rows.push_back(std::move(row));
        }
        if (table.rows.size() % static_cast<std::size_t>(orders) != 0)
            throw std::runtime_error(name + " has not the same number of new rows for each order");
        if (!table.rows.empty())
            tables_.push_back(std::move(table));
    }
}

std::int64_t SameRows::rows_per_order() const
{
    std::size_t rows = 0;
    for (const auto& table : tables_)
        rows += table.rows.size();
    return static_cast<std::int64_t>(rows) / orders_;
}

std::int64_t SameRows::bytes_per_row() const
{
    std::size_t bytes = 0;
    for (const auto& table : tables_)
        for (const auto& row : table.rows)
            for (const auto& cell : row)
                bytes += cell.type == SQLITE_INTEGER ? sizeof cell.integer : cell.bytes.size();
    return static_cast<std::int64_t>(bytes) / (rows_per_order() * orders_);
}

// One connection with its prepared statements.
class SameRows::Writer {
public:
    Writer(const SameRows& rows, const std::string& path) : rows_(rows), connection_(path)
    {
        connection_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
        for (const auto& text : rows.schema_)
            connection_.run(text);
        begin_.emplace_back(connection_, "BEGIN IMMEDIATE");
        commit_.emplace_back(connection_, "COMMIT");
        for (const auto& table : rows.tables_) {
            std::string marks = "?";
            for (std::size_t column = 1; column < table.rows.front().size(); ++column)
                marks += ", ?";
            insert_.emplace_back(connection_, "INSERT INTO \"" + table.name + "\" VALUES (" + marks + ")");
        }
    }

    void commit(std::size_t order)
    {
        begin_.front().run_once();
        for (std::size_t table = 0; table < insert_.size(); ++table) {
            const auto& rows = rows_.tables_[table].rows;
            const auto share = rows.size() / static_cast<std::size_t>(rows_.orders_);
            for (auto row = order * share; row < (order + 1) * share; ++row)
                insert(insert_[table], rows[row]);
        }
        commit_.front().run_once();
    }

private:
    static void insert(Statement& statement, const Row& row)
    {
        int number = 0;
        for (const auto& cell : row) {
            ++number;
            const int size = static_cast<int>(cell.bytes.size());
            if (cell.type == SQLITE_INTEGER)
                sqlite3_bind_int64(statement.handle(), number, cell.integer);
            else if (cell.type == SQLITE_TEXT)
                sqlite3_bind_text(statement.handle(), number, cell.bytes.data(), size, SQLITE_STATIC);
            else if (cell.type == SQLITE_BLOB)
                sqlite3_bind_blob(statement.handle(), number, cell.bytes.data(), size, SQLITE_STATIC);
            else
                sqlite3_bind_null(statement.handle(), number);
        }
        statement.run_once();
    }

    const SameRows& rows_;
    Connection connection_;
    std::vector<Statement> begin_;
    std::vector<Statement> commit_;
    std::vector<Statement> insert_;
};

double SameRows::commits_per_second(const std::string& path, int threads) const
{
    Writer writer(*this, path);
    std::mutex turn;
    std::atomic<std::size_t> next = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> taking_turns;
        for (int thread = 0; thread < threads; ++thread)
            taking_turns.emplace_back([&] {
                for (auto order = next++; order < static_cast<std::size_t>(orders_); order = next++) {
                    const std::lock_guard lock(turn);
                    writer.commit(order);
                }
            });
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return orders_ / took.count();
}
