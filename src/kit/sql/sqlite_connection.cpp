#include "kit/sql/sqlite_connection.hpp"

#include "kit/sql/named_parameters.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace sql {

namespace {

constexpr int busy_timeout_milliseconds = 10'000;

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    bool is_null(int column) const override { return type(column) == SQLITE_NULL; }

    std::int64_t integer(int column) const override
    {
        expect(type(column) == SQLITE_INTEGER, column, "an integer");
        return sqlite3_column_int64(statement_, column);
    }

    std::string text(int column) const override
    {
        expect(type(column) == SQLITE_TEXT, column, "text");
        return {
            static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(statement_, column))),
            size(column)};
    }

    Blob blob(int column) const override
    {
        expect(type(column) == SQLITE_BLOB, column, "a blob");
        const auto* begin = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
        return {begin, begin + size(column)};
    }

private:
    int type(int column) const
    {
        if (column < 0 || column >= sqlite3_column_count(statement_))
            throw std::logic_error("no column " + std::to_string(column));
        return sqlite3_column_type(statement_, column);
    }

    std::size_t size(int column) const
    {
        return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    }

    void expect(bool is_right, int column, const char* kind) const
    {
        if (!is_right)
            throw std::logic_error(
                "column " + std::to_string(column) + " is not " + kind + ": " + sqlite3_sql(statement_)
            );
    }

    sqlite3_stmt* statement_;
};

int bind_value(sqlite3_stmt* statement, int number, const Value& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return sqlite3_bind_int64(statement, number, *integer);
    if (const auto* text = std::get_if<std::string>(&value))
        return sqlite3_bind_text64(statement, number, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    if (const auto* blob = std::get_if<Blob>(&value)) {
        // An empty vector's null pointer would bind NULL.
        const void* data = blob->empty() ? static_cast<const void*>("") : blob->data();
        return sqlite3_bind_blob64(statement, number, data, blob->size(), SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, number);
}

// Gives a statement back for its next use, whatever happened.
class Running {
public:
    Running(sqlite3_stmt* statement, bool& is_running) : statement_(statement), is_running_(is_running)
    {
        is_running_ = true;
    }
    ~Running()
    {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
        is_running_ = false;
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

private:
    sqlite3_stmt* statement_;
    bool& is_running_;
};

}  // namespace

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void SqliteConnection::Close::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

SqliteConnection::SqliteConnection(const std::string& path, Access access, Durability durability)
{
    sqlite3* opened = nullptr;
    // NOMUTEX: one thread at a time is our own promise.
    const int code = sqlite3_open_v2(
        path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr
    );
    database_.reset(opened);
    if (code != SQLITE_OK)
        throw std::runtime_error("cannot open the database " + path + ": " + sqlite3_errstr(code));
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_timeout_milliseconds);
    // No memory mapping: each connection would map the file anew whenever it has grown, which costs more than
    // the copies saved. Checkpoints are rare, so that a page that many commits change is written back once.
    run_script("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; "
               "PRAGMA case_sensitive_like = ON; PRAGMA wal_autocheckpoint = 4000");
    // KiB at most. There is one writer, and it meets every page that changes.
    run_script(access == Access::read ? "PRAGMA cache_size = -8000" : "PRAGMA cache_size = -32000");
    run_script(durability == Durability::full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    if (access == Access::read)
        run_script("PRAGMA query_only = ON");
}

SqliteConnection::~SqliteConnection() = default;

bool SqliteConnection::is_in_transaction() const
{
    return sqlite3_get_autocommit(database_.get()) == 0;
}

void SqliteConnection::fail(std::string_view doing) const
{
    const int code = sqlite3_extended_errcode(database_.get());
    const auto message =
        std::string("SQLite: ") + sqlite3_errmsg(database_.get()) + " in: " + std::string(doing);
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        throw ConstraintError(message);
    if ((code & 0xff) == SQLITE_BUSY)
        throw ConflictError(message);
    throw std::runtime_error(message);
}

SqliteConnection::Prepared SqliteConnection::prepare(std::string_view text, Addition addition)
{
    auto numbered = number_parameters(text, Marker::question);
    if (addition == Addition::skip_taken)
        numbered.text += " ON CONFLICT DO NOTHING";
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        database_.get(),
        numbered.text.c_str(),
        static_cast<int>(numbered.text.size() + 1),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        &tail
    );
    Prepared prepared;
    prepared.statement.reset(statement);
    prepared.names = std::move(numbered.names);
    if (code != SQLITE_OK)
        fail(text);
    if (statement == nullptr || *tail != '\0')
        throw std::logic_error("exactly one statement expected: " + std::string(text));
    return prepared;
}

void SqliteConnection::bind(const Prepared& prepared, std::span<const Parameter> parameters)
{
    const auto& names = prepared.names;
    if (parameters.size() != names.size())
        throw std::logic_error(
            std::to_string(names.size()) + " parameters expected, " + std::to_string(parameters.size()) +
            " given: " + sqlite3_sql(prepared.statement.get())
        );
    for (const auto& parameter : parameters) {
        const auto found = std::find(names.begin(), names.end(), parameter.name);
        if (found == names.end())
            throw std::logic_error("no parameter :" + std::string(parameter.name));
        const int number = static_cast<int>(found - names.begin()) + 1;
        if (bind_value(prepared.statement.get(), number, parameter.value) != SQLITE_OK)
            fail(sqlite3_sql(prepared.statement.get()));
    }
}

std::int64_t
SqliteConnection::run(Prepared& prepared, std::span<const Parameter> parameters, const EachRow& each)
{
    auto* const statement = prepared.statement.get();
    const Running running(statement, prepared.is_running);
    bind(prepared, parameters);
    const SqliteRow row(statement);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (each)
            each(row);
    if (code != SQLITE_DONE)
        fail(sqlite3_sql(statement));
    return sqlite3_stmt_readonly(statement) != 0 ? 0 : sqlite3_changes64(database_.get());
}

std::int64_t SqliteConnection::run(
    const Statement& statement, Addition addition, std::span<const Parameter> parameters, const EachRow& each
)
{
    auto& cache = addition == Addition::skip_taken ? prepared_skipping_ : prepared_;
    auto known = cache.find(statement.text());
    if (known == cache.end())
        known = cache.emplace(statement.text(), prepare(statement.text(), addition)).first;
    if (!known->second.is_running)
        return run(known->second, parameters, each);
    // A row's reader runs the very statement it is called from: a second copy, for once.
    auto second = prepare(statement.text(), addition);
    return run(second, parameters, each);
}

void SqliteConnection::run_script(const std::string& script)
{
    if (sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(script);
}

void SqliteConnection::check(std::string_view statement)
{
    prepare(statement, Addition::none);
}

}  // namespace sql
