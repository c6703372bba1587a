// Plain libpq: a connection for each caller, the statements prepared, each transaction one pipeline, which
// the server makes durable before it answers.
#include "bare_rows.hpp"
#include "runtime_bench.hpp"

#include <libpq-fe.h>

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>

namespace bench {

namespace {

using Cell = std::optional<std::string>;  // as text
using Row = std::vector<Cell>;

struct Table {
    std::string name;
    std::string key;  // the column with the instance
    std::size_t columns = 0;
    std::map<std::string, std::vector<Row>> rows = {};
};

class Connection {
public:
    explicit Connection(const std::string& url) : connection_(PQconnectdb(url.c_str()), &PQfinish)
    {
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        run("SET client_min_messages = warning; SET schalter.tenant = '*'");
    }

    void run(const std::string& script) { query(script, {}); }

    void query(const std::string& text, const std::function<void(const PGresult*, int)>& each)
    {
        const Result result(PQexec(connection_.get(), text.c_str()), &PQclear);
        check(result.get());
        for (int row = 0; row < PQntuples(result.get()) && each; ++row)
            each(result.get(), row);
    }

    void prepare(const std::string& name, const std::string& text)
    {
        check(Result(PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr), &PQclear).get());
    }

    void enter_pipeline() { PQenterPipelineMode(connection_.get()); }

    void send(const std::string& name, const Row& values)
    {
        std::vector<const char*> pointers;
        for (const auto& value : values)
            pointers.push_back(value ? value->c_str() : nullptr);
        PQsendQueryPrepared(
            connection_.get(),
            name.c_str(),
            static_cast<int>(pointers.size()),
            pointers.data(),
            nullptr,
            nullptr,
            0
        );
        ++sent_;
    }

    // All that was sent is one transaction; returns when it is durable.
    void commit()
    {
        PQpipelineSync(connection_.get());
        for (; sent_ > 0; --sent_) {
            check(Result(PQgetResult(connection_.get()), &PQclear).get());
            PQgetResult(connection_.get());  // the null pointer after it
        }
        if (PQresultStatus(Result(PQgetResult(connection_.get()), &PQclear).get()) != PGRES_PIPELINE_SYNC)
            throw std::runtime_error("the pipeline has no end");
    }

private:
    using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

    void check(const PGresult* result) const
    {
        const auto status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
    }

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
    int sent_ = 0;
};

class BarePostgres final : public BareRows {
public:
    explicit BarePostgres(const std::string& url) : url_(url) {}

    void read_starts(const std::vector<std::string>& instances) override
    {
        instances_ = instances;
        Connection connection(url_);
        connection.run("CREATE SCHEMA bare");
        for (auto& table : tables_) {
            connection.run("CREATE TABLE bare." + table.name + " (LIKE " + table.name + " INCLUDING ALL)");
            const auto take = [&](const PGresult* result, int row) {
                table.columns = static_cast<std::size_t>(PQnfields(result)) - 1;
                Row values;
                for (int column = 1; column < PQnfields(result); ++column)
                    values.push_back(
                        PQgetisnull(result, row, column) ? Cell() : Cell(PQgetvalue(result, row, column))
                    );
                table.rows[PQgetvalue(result, row, 0)].push_back(std::move(values));
            };
            connection.query("SELECT " + table.key + " AS instance_key, t.* FROM " + table.name + " t", take);
        }
    }

    std::int64_t rows_per_start() const override
    {
        std::size_t rows = 0;
        for (const auto& table : tables_)
            if (const auto found = table.rows.find(instances_.front()); found != table.rows.end())
                rows += found->second.size();
        return static_cast<std::int64_t>(rows);
    }

    double starts_per_second() override
    {
        const auto insert = [&](Connection& connection, const std::string& id) {
            for (const auto& table : tables_)
                if (const auto found = table.rows.find(id); found != table.rows.end())
                    for (const auto& row : found->second)
                        connection.send(table.name, row);
        };
        const auto prepare = [&](Connection& connection) {
            for (const auto& table : tables_) {
                std::string marks = "$1";
                for (std::size_t column = 2; column <= table.columns; ++column)
                    marks += ", $" + std::to_string(column);
                if (table.columns > 0)
                    connection.prepare(
                        table.name, "INSERT INTO bare." + table.name + " VALUES (" + marks + ")"
                    );
            }
        };
        return commits_per_second(instances_, prepare, insert);
    }

    double completions_per_second(const std::vector<std::string>& instances) override
    {
        const std::string entries(230, 'x');  // as long as ours
        const auto prepare = [](Connection& connection) {
            connection.prepare(
                "update",
                "UPDATE bare.process_instances SET state = 'completed', revision = 2, snapshot = '\\x0100',"
                " ended_at = 1 WHERE tenant_id = '4001' AND id = $1"
            );
            connection.prepare(
                "delete", "DELETE FROM bare.process_tasks WHERE tenant_id = '4001' AND instance_id = $1"
            );
            connection.prepare(
                "insert",
                "INSERT INTO bare.process_trail (tenant_id, instance_id, revision, entries)"
                " VALUES ('4001', $1, 2, $2)"
            );
        };
        return commits_per_second(instances, prepare, [&](Connection& connection, const std::string& id) {
            connection.send("update", {id});
            connection.send("delete", {id});
            connection.send("insert", {id, entries});
        });
    }

    std::int64_t bytes_of(const std::string& instance) override
    {
        constexpr Oid bigint = 20;
        constexpr Oid bytea = 17;
        std::int64_t bytes = 0;
        Connection connection(url_);
        for (const auto* query :
             {"SELECT * FROM process_instances WHERE id = ",
              "SELECT * FROM process_trail WHERE instance_id = "})
            connection.query(query + ("'" + instance + "'"), [&](const PGresult* result, int row) {
                for (int column = 0; column < PQnfields(result); ++column) {
                    const int length = PQgetlength(result, row, column);
                    const auto type = PQftype(result, column);
                    if (length > 0)
                        bytes += type == bigint ? 8 : type == bytea ? (length - 2) / 2 : length;
                }
            });
        return bytes;
    }

private:
    double commits_per_second(
        const std::vector<std::string>& instances,
        const std::function<void(Connection&)>& prepare,
        const std::function<void(Connection&, const std::string&)>& send
    )
    {
        std::vector<std::unique_ptr<Connection>> connections;
        for (int caller = 0; caller < callers; ++caller) {
            connections.push_back(std::make_unique<Connection>(url_));
            prepare(*connections.back());
            connections.back()->enter_pipeline();
        }
        return per_second(static_cast<int>(instances.size()), [&](int number, int caller) {
            auto& own = *connections[static_cast<std::size_t>(caller)];
            send(own, instances[static_cast<std::size_t>(number)]);
            own.commit();
        });
    }

    std::string url_;
    std::vector<std::string> instances_;
    std::vector<Table> tables_{
        {"process_instances", "id"}, {"process_tasks", "instance_id"}, {"process_trail", "instance_id"}};
};

}  // namespace

std::unique_ptr<BareRows> bare_postgres(const std::string& url)
{
    return std::make_unique<BarePostgres>(url);
}

}  // namespace bench
