#include "kit/sql/database.hpp"

#include "kit/sql/driver.hpp"

namespace sql {

namespace {

constexpr std::string_view all_tenants = "*";
constexpr int most_attempts = 3;

std::unique_ptr<Driver> make_driver(std::string_view url, const Options& options)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with(sqlite))
        return make_sqlite_driver(url.substr(sqlite.size()));
    if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
        return make_postgres_driver(url, options);
    throw std::invalid_argument("a database is \"sqlite:PATH\" or \"postgresql://…\"");
}

std::string file_in(std::string_view url)
{
    constexpr std::string_view sqlite = "sqlite:";
    return url.starts_with(sqlite) && url != "sqlite::memory:" ? std::string(url.substr(sqlite.size())) : "";
}

// A NUL byte is cut off silently by one of the databases, so that it is refused for both.
void refuse_zero_bytes(std::span<const Parameter> parameters)
{
    for (const auto& parameter : parameters) {
        const auto* text = std::get_if<std::string>(&parameter.value);
        if (text != nullptr && text->find('\0') != std::string::npos)
            throw std::invalid_argument("text for :" + std::string(parameter.name) + " has a NUL byte");
    }
}

}  // namespace

std::optional<std::int64_t> Row::integer_or_null(int column) const
{
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::text_or_null(int column) const
{
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

void Session::queue(const Statement& statement, Addition addition, std::span<const Parameter> parameters)
{
    const auto changed = run(statement, Addition::none, parameters, {});
    if (addition == Addition::demand_one && changed != 1)
        throw std::logic_error(
            "one changed row expected, " + std::to_string(changed) +
            " found: " + std::string(statement.text())
        );
}

struct Transaction::Implementation {
    enum class State { open, broken, over };

    std::unique_ptr<Session> session;
    base::TenantId tenant;
    std::vector<std::function<void()>> after_commit = {};
    State state = State::open;

    void expect_open() const
    {
        if (state != State::open)
            throw std::logic_error("the transaction is over, or a statement in it failed");
    }

    std::int64_t
    run(const Statement& statement, Addition addition, Parameters parameters, const EachRow& each)
    {
        expect_open();
        refuse_zero_bytes(parameters);
        try {
            return session->run(statement, addition, {parameters.begin(), parameters.size()}, each);
        } catch (...) {
            state = State::broken;
            throw;
        }
    }

    void queue(const Statement& statement, Addition addition, Parameters parameters)
    {
        expect_open();
        refuse_zero_bytes(parameters);
        try {
            session->queue(statement, addition, {parameters.begin(), parameters.size()});
        } catch (...) {
            state = State::broken;
            throw;
        }
    }
};

Transaction::Transaction(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation))
{
}

Transaction::Transaction(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

void Transaction::query(
    const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each
)
{
    implementation_->run(statement, Addition::none, parameters, each);
}

void Transaction::query_locked(
    const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each
)
{
    implementation_->run(statement, Addition::lock_rows, parameters, each);
}

void Transaction::query_free(
    const Statement& statement, Parameters parameters, const std::function<void(const Row&)>& each
)
{
    implementation_->run(statement, Addition::lock_free_rows, parameters, each);
}

void Transaction::lock(std::string_view name)
{
    implementation_->expect_open();
    implementation_->session->lock(name);
}

std::int64_t Transaction::execute(const Statement& statement, Parameters parameters)
{
    return implementation_->run(statement, Addition::none, parameters, {});
}

void Transaction::execute_one(const Statement& statement, Parameters parameters)
{
    implementation_->queue(statement, Addition::demand_one, parameters);
}

void Transaction::execute_any(const Statement& statement, Parameters parameters)
{
    implementation_->queue(statement, Addition::none, parameters);
}

bool Transaction::try_insert(const Statement& statement, Parameters parameters)
{
    return implementation_->run(statement, Addition::skip_taken, parameters, {}) == 1;
}

const base::TenantId& Transaction::tenant() const
{
    return implementation_->tenant;
}

void Transaction::spare_flush()
{
    implementation_->expect_open();
    implementation_->session->spare_flush();
}

void Transaction::after_commit(std::function<void()> action)
{
    implementation_->after_commit.push_back(std::move(action));
}

void Transaction::commit()
{
    implementation_->expect_open();
    implementation_->state = Implementation::State::over;
    implementation_->session->commit();
    // Gives the connection back before the actions, which may want one.
    implementation_->session.reset();
    for (const auto& action : implementation_->after_commit)
        action();
}

struct Database::Implementation {
    std::unique_ptr<Driver> driver;
    std::string file;
};

Database::Database(std::string_view url, const Options& options)
    : implementation_(std::make_unique<Implementation>(Implementation{make_driver(url, options), file_in(url)}
      ))
{
}

Database::~Database() = default;

Transaction Database::open(const base::TenantId& tenant, bool may_write)
{
    if (tenant.text.empty())
        throw std::logic_error("a transaction needs a tenant");
    const auto access = may_write ? Access::write : Access::read;
    return Transaction(std::make_unique<Transaction::Implementation>(Transaction::Implementation{
        implementation_->driver->begin(tenant, access), tenant}));
}

Transaction Database::begin(const base::TenantId& tenant)
{
    return open(tenant, /*may_write=*/true);
}

Transaction Database::begin_read(const base::TenantId& tenant)
{
    return open(tenant, /*may_write=*/false);
}

Transaction Database::begin_across_tenants()
{
    return open({std::string(all_tenants)}, /*may_write=*/true);
}

Transaction Database::begin_read_across_tenants()
{
    return open({std::string(all_tenants)}, /*may_write=*/false);
}

void Database::write(const base::TenantId& tenant, const std::function<void(Transaction&)>& work)
{
    for (int attempt = 1;; ++attempt) {
        bool has_begun = false;
        try {
            auto transaction = begin(tenant);
            has_begun = true;
            work(transaction);
            transaction.commit();
            return;
        } catch (const ConflictError&) {
            if (attempt == most_attempts)
                throw;
        } catch (const OutcomeUnknown&) {
            throw;
        } catch (const ConnectionError&) {
            // A database that cannot be reached at all is not there a moment later either.
            if (!has_begun || attempt == most_attempts)
                throw;
        }
    }
}

void Database::migrate(std::span<const Migration> migrations)
{
    run_migrations(*implementation_->driver, migrations);
}

bool Database::is_migrated(std::span<const Migration> migrations)
{
    return are_recorded(*implementation_->driver, migrations);
}

void Database::check(std::string_view statement)
{
    implementation_->driver->check(statement);
}

std::string Database::file() const
{
    return implementation_->file;
}

bool Database::is_postgres() const
{
    return implementation_->driver->dialect() == "postgres";
}

}  // namespace sql
