#include "kit/sql/driver.hpp"
#include "kit/sql/postgres_connection.hpp"

#include <condition_variable>
#include <mutex>
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

std::unique_ptr<PostgresConnection> begin_on(Pool& pool, const base::TenantId& tenant, Access access)
{
    for (bool may_be_stale = true;; may_be_stale = false) {
        auto connection = pool.take();
        try {
            connection->begin(tenant, access);
            return connection;
        } catch (const ConnectionError&) {
            // Nothing has happened in this transaction yet: a fresh connection does as well.
            pool.give_back(std::move(connection));
            if (!may_be_stale)
                throw;
            pool.forget_idle();
        } catch (...) {
            pool.give_back(std::move(connection));
            throw;
        }
    }
}

class PostgresSession final : public Session {
public:
    PostgresSession(Pool& pool, const base::TenantId& tenant, Access access)
        : pool_(pool), connection_(begin_on(pool, tenant, access))
    {
    }

    ~PostgresSession() override
    {
        if (connection_->is_connected() && !connection_->is_usable()) {
            try {
                connection_->run_script("ROLLBACK");
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
        return connection_->run(statement, addition, parameters, each);
    }

    void lock(std::string_view name) override
    {
        static constexpr Statement take{"SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"};
        const Parameter parameters[] = {{"name", std::string(name)}};
        connection_->run(take, Addition::none, parameters, {});
    }

    void run_script(const std::string& script) override { connection_->run_script(script); }
    void commit() override { connection_->commit(); }

private:
    Pool& pool_;
    std::unique_ptr<PostgresConnection> connection_;
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
