// Plain sqlite3: one connection, in the settings of kit/sql (WAL, synchronous=FULL), threads taking turns.
#include "bare_rows.hpp"
#include "runtime_bench.hpp"
#include "same_rows.hpp"

#include <sqlite3.h>

#include <mutex>
#include <optional>
#include <stdexcept>

namespace bench {

namespace {

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
        return per_second(static_cast<int>(instances.size()), [&](int number, int) {
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

class BareSqlite final : public BareRows {
public:
    BareSqlite(const std::string& database, const std::string& folder)
        : database_(database), folder_(folder), before_(SameRows::marks(database))
    {
    }

    void read_starts(const std::vector<std::string>& instances) override
    {
        starts_.emplace(database_, before_, static_cast<int>(instances.size()));
    }

    std::int64_t rows_per_start() const override { return starts_->rows_per_order(); }

    double starts_per_second() override
    {
        // As it is before the completions.
        completions_.emplace(database_, folder_ + "/bare-completions");
        return starts_->commits_per_second(folder_ + "/bare-starts", callers);
    }

    double completions_per_second(const std::vector<std::string>& instances) override
    {
        return completions_->commits_per_second(instances);
    }

    std::int64_t bytes_of(const std::string& instance) override
    {
        sqlite3* database = nullptr;
        sqlite3_open(database_.c_str(), &database);
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
        add("SELECT * FROM process_instances WHERE id = '" + instance + "'");
        add("SELECT * FROM process_trail WHERE instance_id = '" + instance + "'");
        sqlite3_close_v2(database);
        return bytes;
    }

private:
    std::string database_;
    std::string folder_;
    SameRows::Marks before_;
    std::optional<SameRows> starts_;
    std::optional<BareCompletions> completions_;
};

}  // namespace

std::unique_ptr<BareRows> bare_sqlite(const std::string& database, const std::string& folder)
{
    return std::make_unique<BareSqlite>(database, folder);
}

}  // namespace bench
