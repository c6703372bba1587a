#include "database_script.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <stdexcept>

namespace bench {

namespace {

using EachRow = std::function<void(const std::vector<std::string>&)>;

class SqliteScript final : public DatabaseScript {
public:
    explicit SqliteScript(const std::string& path)
    {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open(path.c_str(), &opened);
        database_.reset(opened);
        if (code != SQLITE_OK)
            throw std::runtime_error("cannot open " + path);
        run("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY", {});
    }

    void run(const std::string& script, const EachRow& each) override
    {
        const auto take = [](void* wanted, int columns, char** values, char**) {
            const auto& call = *static_cast<const EachRow*>(wanted);
            std::vector<std::string> row;
            for (int column = 0; column < columns; ++column)
                row.emplace_back(values[column] == nullptr ? "" : values[column]);
            if (call)
                call(row);
            return 0;
        };
        auto call = each;
        if (sqlite3_exec(database_.get(), script.c_str(), take, &call, nullptr) != SQLITE_OK)
            throw std::runtime_error(std::string(sqlite3_errmsg(database_.get())) + " in: " + script);
    }

    bool is_postgres() const override { return false; }

private:
    std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> database_{nullptr, &sqlite3_close_v2};
};

class PostgresScript final : public DatabaseScript {
public:
    explicit PostgresScript(const std::string& url) : connection_(PQconnectdb(url.c_str()), &PQfinish)
    {
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        run("SET client_min_messages = warning; SET schalter.tenant = '*'; SET synchronous_commit = off;"
            " SET maintenance_work_mem = '1GB'",
            {});
    }

    void run(const std::string& script, const EachRow& each) override
    {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(
            PQexec(connection_.get(), script.c_str()), &PQclear
        );
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(std::string(PQerrorMessage(connection_.get())) + " in: " + script);
        for (int row = 0; each && row < PQntuples(result.get()); ++row) {
            std::vector<std::string> values;
            for (int column = 0; column < PQnfields(result.get()); ++column)
                values.emplace_back(PQgetvalue(result.get(), row, column));
            each(values);
        }
    }

    bool is_postgres() const override { return true; }

private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

}  // namespace

std::vector<std::string> DatabaseScript::first_column(const std::string& query)
{
    std::vector<std::string> values;
    run(query, [&](const std::vector<std::string>& row) { values.push_back(row.front()); });
    return values;
}

std::unique_ptr<DatabaseScript> open_script(std::string_view url)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with(sqlite))
        return std::make_unique<SqliteScript>(std::string(url.substr(sqlite.size())));
    return std::make_unique<PostgresScript>(std::string(url));
}

}  // namespace bench
