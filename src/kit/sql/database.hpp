#pragma once

#include "base/id.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sql {

using Blob = std::vector<std::byte>;
// What goes in. Booleans are 0 and 1, times BIGINT milliseconds, money BIGINT minor units.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Blob>;

struct Parameter {
    std::string_view name;  // without the colon
    Value value;
};
using Parameters = std::initializer_list<Parameter>;

// One row of an answer; columns by position, in the order of the SELECT.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string text(int column) const = 0;
    virtual Blob blob(int column) const = 0;
    std::optional<std::int64_t> integer_or_null(int column) const;
    std::optional<std::string> text_or_null(int column) const;
};

// A statement, written once as a constant beside the function that uses it, in the dialect both databases
// understand: parameters by name (":tenant_id"), no "::", no ";" and, except in canton-wide reads,
// `tenant_id`. Compile-time checked for that; prepared against both databases by a test.
class Statement {
public:
    template <std::size_t size>
    consteval Statement(const char (&text)[size])
        : text_(text, size - 1)  // NOLINT(google-explicit-constructor)
    {
        for (std::size_t index = 0; index + 1 < size; ++index) {
            if (text[index] == ';' || text[index] == '?' || text[index] == '$')
                throw "a statement has no ';', no '?' and no '$'";
            if (text[index] == ':' && text[index + 1] == ':')
                throw "'::' is PostgreSQL only: use CAST";
        }
    }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

// The database said no for a reason a store may act on. Everything else is std::runtime_error.
class ConstraintError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Two transactions got into each other's way (deadlock, lock time-out): running this one again helps.
class ConflictError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The database cannot be reached, or was lost on the way: nothing of the transaction is kept.
class ConnectionError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The database was lost while it committed: nobody knows whether the transaction is kept.
class OutcomeUnknown : public ConnectionError {
public:
    using ConnectionError::ConnectionError;
};

// One transaction: all or nothing. Rolls back when it goes out of scope, unless committed.
// After a statement that failed nothing but the end of the scope is left, on both databases: commit refuses.
// Statements take effect in the order of the calls. Those without an answer (execute_one, execute_any, lock)
// travel to PostgreSQL with the next one that has an answer, or with the commit, in one round trip; when they
// fail, that call throws, with their text.
class Transaction {
public:
    Transaction(Transaction&&) noexcept;
    ~Transaction();

    void
    query(const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each);
    // A SELECT whose rows nobody else changes until the end of this transaction: what is read for update.
    void query_locked(
        const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each
    );
    // The same without waiting: rows that another transaction has locked are left out. For work that anybody
    // may take.
    void query_free(
        const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each
    );
    // Waits until no other transaction holds the lock of that name, and holds it until the end: for what must
    // not happen side by side and has no row yet. On SQLite the one writer's place is all these locks.
    void lock(std::string_view name);
    // How many rows changed; a store that expects one looks at it.
    std::int64_t execute(const Statement& statement, Parameters parameters = {});
    // Exactly one row or std::logic_error: for INSERT, and for UPDATE and DELETE by key.
    void execute_one(const Statement& statement, Parameters parameters = {});
    // However many rows, none included, when nobody needs to know.
    void execute_any(const Statement& statement, Parameters parameters = {});
    // True when inserted, false when a UNIQUE or PRIMARY KEY said no; the transaction goes on.
    bool try_insert(const Statement& statement, Parameters parameters);

    template <class Read>
    auto first(const Statement& statement, Parameters parameters, Read read)
        -> std::optional<decltype(read(std::declval<const Row&>()))>
    {
        std::optional<decltype(read(std::declval<const Row&>()))> found;
        query(statement, parameters, [&](const Row& row) {
            if (!found)
                found.emplace(read(row));
        });
        return found;
    }

    template <class Read>
    auto all(const Statement& statement, Parameters parameters, Read read)
        -> std::vector<decltype(read(std::declval<const Row&>()))>
    {
        std::vector<decltype(read(std::declval<const Row&>()))> rows;
        query(statement, parameters, [&](const Row& row) { rows.push_back(read(row)); });
        return rows;
    }

    const base::TenantId& tenant() const;  // the one it was begun for; "*" = across tenants

    // What this transaction changes may be lost when the database's machine fails in the next moments, and is
    // not waited for: for locks that say who works on something, whose loss only means that it is done again.
    // SQLite, where it would gain little, makes it durable all the same.
    void spare_flush();

    // Runs after this transaction is durable (not at all when it is rolled back): to wake a waiting loop.
    void after_commit(std::function<void()> action);

    // Returns when everything is on disk (SQLite: several writers share one flush).
    void commit();

private:
    friend class Database;
    struct Implementation;
    explicit Transaction(std::unique_ptr<Implementation>);
    std::unique_ptr<Implementation> implementation_;
};

struct Migration {
    std::string_view room;     // "payments"
    std::string_view name;     // "0001_create_payments"
    std::string_view text;     // several statements, separated by ";" at the end of a line
    std::string_view dialect;  // "" for both, "sqlite" or "postgres" for a twin
};

struct Options {
    std::size_t connections = 16;  // at most, to PostgreSQL; who finds none free waits
};

// The program's one database: an SQLite file (WAL, synchronous=FULL) or PostgreSQL 15.
// Safe to share between threads. Several calls of begin may be open at once in different threads,
// never two in one thread. On PostgreSQL statements read what is committed when they start (READ COMMITTED);
// what must not happen twice is guarded by a key or by a condition in the UPDATE, on both databases.
class Database {
public:
    // "sqlite:PATH", "sqlite::memory:" or "postgresql://…" (libpq URL, several hosts allowed).
    explicit Database(std::string_view url, const Options& options = {});
    ~Database();

    // A transaction that may write, for one tenant. On SQLite it waits for the one writer's place.
    Transaction begin(const base::TenantId& tenant);
    // One that only reads: never waits for writers.
    Transaction begin_read(const base::TenantId& tenant);
    // For the canton's lists, sweeps and jobs that serve every tenant: row-level security lets it pass.
    Transaction begin_across_tenants();
    Transaction begin_read_across_tenants();

    // Runs `work` in a transaction and commits it; runs it again, at most twice, after a ConflictError or
    // when the connection was cut under it. For work that changes nothing outside the transaction.
    void write(const base::TenantId& tenant, const std::function<void(Transaction&)>& work);

    // Runs in order what is not recorded yet; refuses (std::runtime_error) a recorded one whose checksum
    // differs. PostgreSQL: every table with a tenant_id column gets row-level security.
    void migrate(std::span<const Migration> migrations);

    // Whether the database has just these migrations, none missing, changed or newer: asks it.
    bool is_migrated(std::span<const Migration> migrations);

    // Prepares a statement and throws when the database does not accept it: for the test of all statements.
    void check(std::string_view statement);

    bool is_postgres() const;
    // Where an SQLite database lies; empty for one in memory, and for PostgreSQL.
    std::string file() const;

private:
    struct Implementation;
    Transaction open(const base::TenantId& tenant, bool may_write);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace sql
