#pragma once

#include "kit/sql/database.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sql {

// What is added to a statement's text: nothing; that an INSERT is skipped when a UNIQUE or PRIMARY KEY says
// no; that the rows of a SELECT are kept from other writers until the end of the transaction, or those of
// them that nobody else keeps; that a change fails unless it is of exactly one row.
enum class Addition { none, skip_taken, lock_rows, lock_free_rows, demand_one };

// What a transaction may do.
enum class Access { read, write };

using EachRow = std::function<void(const Row&)>;

// One open transaction on one connection. A statement that fails leaves it fit for a rollback only.
class Session {
public:
    virtual ~Session() = default;  // rolls back what is not committed

    // Runs one statement and says how many rows it changed.
    virtual std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each) = 0;

    // A change whose answer nobody waits for (Addition: none or demand_one). It may be run as late as the
    // next statement that has an answer, or the commit; what is wrong with it is told there.
    virtual void queue(const Statement& statement, Addition addition, std::span<const Parameter> parameters);

    // Until the end of the transaction no other one gets the same lock.
    virtual void lock(std::string_view name) = 0;

    // See Transaction::spare_flush.
    virtual void spare_flush() {}

    // Several statements without parameters: for migrations.
    virtual void run_script(const std::string& script) = 0;

    virtual void commit() = 0;
};

// One kind of database. Safe to share between threads.
class Driver {
public:
    virtual ~Driver() = default;
    virtual std::unique_ptr<Session> begin(const base::TenantId& tenant, Access access) = 0;
    virtual void check(std::string_view statement) = 0;
    virtual std::string_view dialect() const = 0;  // "sqlite" or "postgres"
};

std::unique_ptr<Driver> make_sqlite_driver(std::string_view path);
std::unique_ptr<Driver> make_postgres_driver(std::string_view url, const Options& options);

// See Database::migrate.
void run_migrations(Driver& driver, std::span<const Migration> migrations);
// See Database::is_migrated.
bool are_recorded(Driver& driver, std::span<const Migration> migrations);

}  // namespace sql
