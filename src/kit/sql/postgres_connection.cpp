#include "kit/sql/postgres_connection.hpp"

#include "kit/sql/named_parameters.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace sql {

namespace {

constexpr std::string_view connect_seconds = "5";

class PostgresRow final : public Row {
public:
    PostgresRow(const pg_result* result, int row) : result_(result), row_(row) {}

    bool is_null(int column) const override
    {
        expect(column >= 0 && column < PQnfields(result_), column, "there");
        return PQgetisnull(result_, row_, column) == 1;
    }

    std::int64_t integer(int column) const override
    {
        const auto written = value(column);
        if (written == "t" || written == "f")  // a condition: 1 and 0, as on SQLite
            return written == "t" ? 1 : 0;
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
        expect(error == std::errc() && end == written.data() + written.size(), column, "an integer");
        return number;
    }

    std::string text(int column) const override { return std::string(value(column)); }

    Blob blob(int column) const override
    {
        const auto written = value(column);
        std::size_t size = 0;
        const std::unique_ptr<unsigned char, decltype(&PQfreemem)> bytes(
            PQunescapeBytea(
                static_cast<const unsigned char*>(static_cast<const void*>(written.data())), &size
            ),
            &PQfreemem
        );
        expect(written.starts_with("\\x") && bytes, column, "a blob");
        const auto* begin = static_cast<const std::byte*>(static_cast<const void*>(bytes.get()));
        return {begin, begin + size};
    }

private:
    std::string_view value(int column) const
    {
        expect(!is_null(column), column, "a value");
        return {
            PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

    void expect(bool is_right, int column, const char* kind) const
    {
        if (!is_right)
            throw std::logic_error("column " + std::to_string(column) + " is not " + kind);
    }

    const pg_result* result_;
    int row_;
};

// SQLSTATE, PostgreSQL's appendix A.
[[noreturn]] void fail(std::string_view state, const std::string& message)
{
    if (state.starts_with("23"))
        throw ConstraintError(message);
    if (state == "40001" || state == "40P01" || state == "55P03")
        throw ConflictError(message);
    if (state.starts_with("08") || state.starts_with("57P") || state.empty())
        throw ConnectionError(message);
    throw std::runtime_error(message);
}

// The values of one call in the form libpq takes them: text, except for blobs.
class Arguments {
public:
    Arguments(const std::vector<std::string>& names, std::span<const Parameter> parameters)
        : values_(names.size(), nullptr), lengths_(names.size(), 0), formats_(names.size(), 0)
    {
        integers_.reserve(names.size());
        if (parameters.size() != names.size())
            throw std::logic_error(
                std::to_string(names.size()) + " parameters expected, " + std::to_string(parameters.size()) +
                " given"
            );
        for (const auto& parameter : parameters) {
            const auto found = std::find(names.begin(), names.end(), parameter.name);
            if (found == names.end())
                throw std::logic_error("no parameter :" + std::string(parameter.name));
            put(static_cast<std::size_t>(found - names.begin()), parameter.value);
        }
    }

    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void put(std::size_t index, const Value& value)
    {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            values_[index] = integers_.emplace_back(std::to_string(*integer)).c_str();
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            values_[index] = text->c_str();
        } else if (const auto* blob = std::get_if<Blob>(&value)) {
            // An empty vector's null pointer would be NULL.
            values_[index] =
                blob->empty() ? "" : static_cast<const char*>(static_cast<const void*>(blob->data()));
            lengths_[index] = static_cast<int>(blob->size());
            formats_[index] = 1;
        }
    }

    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::string> integers_;
};

}  // namespace

void PostgresConnection::Finish::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

void PostgresConnection::Clear::operator()(pg_result* result) const
{
    PQclear(result);
}

PostgresConnection::PostgresConnection(const std::string& url)
{
    // What the URL says comes last and wins. With several hosts, the one that takes writes is meant.
    const std::array<const char*, 6> names{
        "application_name", "connect_timeout", "target_session_attrs", "client_encoding", "dbname", nullptr};
    const std::array<const char*, 6> values{
        "schalter", connect_seconds.data(), "read-write", "UTF8", url.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1));
    if (!connection_ || !is_connected())
        throw ConnectionError(std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr
    );
}

PostgresConnection::~PostgresConnection() = default;

bool PostgresConnection::is_connected() const
{
    return PQstatus(connection_.get()) == CONNECTION_OK;
}

bool PostgresConnection::is_usable() const
{
    return is_connected() && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

PostgresConnection::Answer PostgresConnection::checked(pg_result* result, std::string_view doing) const
{
    Answer answer(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return answer;
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const auto message =
        std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()) + "in: " + std::string(doing);
    fail(state == nullptr || !is_connected() ? "" : state, message);
}

PostgresConnection::Prepared
PostgresConnection::prepare(std::string_view text, Addition addition, const std::string& name)
{
    auto numbered = number_parameters(text, Marker::dollar);
    if (addition == Addition::skip_taken)
        numbered.text += " ON CONFLICT DO NOTHING";
    if (addition == Addition::lock_rows)
        numbered.text += " FOR UPDATE";
    checked(PQprepare(connection_.get(), name.c_str(), numbered.text.c_str(), 0, nullptr), text);
    return {name, std::move(numbered.names)};
}

PostgresConnection::Answer
PostgresConnection::execute(const Prepared& prepared, std::span<const Parameter> parameters)
{
    const Arguments arguments(prepared.parameters, parameters);
    return Answer(PQexecPrepared(
        connection_.get(),
        prepared.name.c_str(),
        arguments.count(),
        arguments.values(),
        arguments.lengths(),
        arguments.formats(),
        /*resultFormat=*/0
    ));
}

std::int64_t PostgresConnection::run(
    const Statement& statement, Addition addition, std::span<const Parameter> parameters, const EachRow& each
)
{
    auto& cache = prepared_.at(static_cast<std::size_t>(addition));
    auto known = cache.find(statement.text());
    if (known == cache.end()) {
        const auto name = "s" + std::to_string(next_name_++);
        known = cache.emplace(statement.text(), prepare(statement.text(), addition, name)).first;
    }
    const auto answer = checked(execute(known->second, parameters).release(), statement.text());
    const int rows = PQntuples(answer.get());
    for (int row = 0; each && row < rows; ++row)
        each(PostgresRow(answer.get(), row));

    const std::string_view command = PQcmdStatus(answer.get());
    if (command.starts_with("SELECT"))
        return 0;
    const std::string_view changed = PQcmdTuples(answer.get());
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    return count;
}

void PostgresConnection::run_script(const std::string& script)
{
    checked(PQexec(connection_.get(), script.c_str()), script);
}

void PostgresConnection::check(std::string_view statement)
{
    prepare(statement, Addition::none, "");
}

void PostgresConnection::begin(const base::TenantId& tenant, Access access)
{
    const std::unique_ptr<char, decltype(&PQfreemem)> quoted(
        PQescapeLiteral(connection_.get(), tenant.text.data(), tenant.text.size()), &PQfreemem
    );
    if (!quoted)
        fail("", PQerrorMessage(connection_.get()));
    // Readers see one snapshot, as on SQLite; it cannot fail for that, since it writes nothing.
    const std::string mode =
        access == Access::read ? "ISOLATION LEVEL REPEATABLE READ READ ONLY" : "READ WRITE";
    run_script("BEGIN " + mode + "; SELECT set_config('schalter.tenant', " + quoted.get() + ", true)");
}

void PostgresConnection::commit()
{
    const auto answer = checked(PQexec(connection_.get(), "COMMIT"), "COMMIT");
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
        throw std::logic_error("PostgreSQL rolled back instead of committing");
}

}  // namespace sql
