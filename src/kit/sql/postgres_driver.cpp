#include "kit/sql/driver.hpp"
#include "kit/sql/postgres_connection.hpp"

#include <array>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace sql {

namespace {

// Connections cost milliseconds to make, so that they are kept. Broken ones are thrown away.
class Pool {
public:
    Pool(std::string url, std::size_t most) : url_(std::move(url)), most_(most) {}

    std::unique_ptr<PostgresConnection> take()
    {
        {
            std::unique_lock lock(mutex_);
            freed_.wait(lock, [&] { return !idle_.empty() || open_ < most_; });
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
            ++open_;
        }
        try {
            return std::make_unique<PostgresConnection>(url_);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    void give_back(std::unique_ptr<PostgresConnection> connection)
    {
        const bool keep = connection && connection->is_usable();
        {
            const std::lock_guard lock(mutex_);
            if (keep)
                idle_.push_back(std::move(connection));
            else
                --open_;
        }
        freed_.notify_one();
    }

    // After a server restart all idle connections are dead, not just the one that noticed.
    void forget_idle()
    {
        const std::lock_guard lock(mutex_);
        open_ -= idle_.size();
        idle_.clear();
        freed_.notify_all();
    }

private:
    const std::string url_;
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    std::size_t open_ = 0;
};

// Not to be held back for longer, so that what waits to be sent stays small.
constexpr std::size_t most_queued = 64;

constexpr Statement begin_writing{"BEGIN READ WRITE"};
// Readers see one snapshot, as on SQLite; it cannot fail for that, since it writes nothing.
constexpr Statement begin_reading{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
// What row-level security compares with.
constexpr Statement set_tenant{"SELECT set_config('schalter.tenant', :tenant, true)"};
constexpr Statement take_lock{"SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"};
constexpr Statement commit_without_flush{"SET LOCAL synchronous_commit TO off"};
constexpr Statement commit_all{"COMMIT"};
constexpr Statement undo_all{"ROLLBACK"};

// Its beginning, too, travels with the first statement that has an answer.
class PostgresSession final : public Session {
public:
    PostgresSession(Pool& pool, const base::TenantId& tenant, Access access)
        : pool_(pool), connection_(pool.take())
    {
        const Parameter parameters[] = {{"tenant", tenant.text}};
        add(access == Access::read ? begin_reading : begin_writing, Addition::none, {});
        add(set_tenant, Addition::none, parameters);
    }

    ~PostgresSession() override
    {
        if (!connection_)
            return;
        if (has_begun_ && !is_over_) {
            try {
                connection_->exchange(std::array{call(undo_all)});
            } catch (const std::exception&) {
                // Not usable then: the pool closes it, and the server rolls back.
                connection_->is_connected();
            }
        }
        pool_.give_back(std::move(connection_));
    }

    std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each) override
    {
        add(statement, addition, parameters);
        const auto result = send_queue();
        result.read(each);
        return result.changed_rows();
    }

    void queue(const Statement& statement, Addition addition, std::span<const Parameter> parameters) override
    {
        add(statement, addition, parameters);
        if (queue_.size() >= most_queued)
            send_queue();
    }

    void lock(std::string_view name) override
    {
        const Parameter parameters[] = {{"name", std::string(name)}};
        add(take_lock, Addition::none, parameters);
    }

    void spare_flush() override { add(commit_without_flush, Addition::none, {}); }

    void run_script(const std::string& script) override
    {
        send_queue();
        connection_->run_script(script);
    }

    void commit() override
    {
        // A commit must not be sent twice, see send_queue.
        if (!has_begun_)
            send_queue();
        queue_.push_back(call(commit_all));
        const auto result = send_commit();
        is_over_ = true;
        if (result.command() != "COMMIT")
            throw std::logic_error("PostgreSQL rolled back instead of committing");
    }

private:
    static PostgresCall call(const Statement& statement) { return {statement.text()}; }

    void add(const Statement& statement, Addition addition, std::span<const Parameter> parameters)
    {
        queue_.push_back(connection_->make_call(statement, addition, parameters));
    }

    PostgresResult send_commit()
    {
        try {
            return send_queue();
        } catch (const ConnectionError& error) {
            throw OutcomeUnknown(error.what());
        }
    }

    PostgresResult send_queue()
    {
        const auto calls = std::exchange(queue_, {});
        if (has_begun_)
            return connection_->exchange(calls);
        try {
            has_begun_ = true;
            return connection_->exchange(calls);
        } catch (const ConnectionError&) {
            // The connection may have been dead for long, and nothing of this transaction can have been kept:
            // a fresh one does as well.
            pool_.give_back(std::move(connection_));
            pool_.forget_idle();
        }
        connection_ = pool_.take();
        return connection_->exchange(calls);
    }

    Pool& pool_;
    std::unique_ptr<PostgresConnection> connection_;  // none when a dead one could not be replaced
    std::vector<PostgresCall> queue_;
    bool has_begun_ = false;  // on the server
    bool is_over_ = false;
};

class PostgresDriver final : public Driver {
public:
    PostgresDriver(std::string_view url, const Options& options)
        : pool_(std::string(url), options.connections)
    {
    }

    std::unique_ptr<Session> begin(const base::TenantId& tenant, Access access) override
    {
        return std::make_unique<PostgresSession>(pool_, tenant, access);
    }

    void check(std::string_view statement) override
    {
        auto connection = pool_.take();
        try {
            connection->check(statement);
        } catch (...) {
            pool_.give_back(std::move(connection));
            throw;
        }
        pool_.give_back(std::move(connection));
    }

    std::string_view dialect() const override { return "postgres"; }

private:
    Pool pool_;
};

}  // namespace

std::unique_ptr<Driver> make_postgres_driver(std::string_view url, const Options& options)
{
    return std::make_unique<PostgresDriver>(url, options);
}

}  // namespace sql
