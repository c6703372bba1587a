#include "kit/sql/postgres_result.hpp"

#include <libpq-fe.h>

#include <charconv>

namespace sql {

namespace {

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

// The words of our own check inside of PostgreSQL's sentence about them.
std::string told_by_check(std::string_view message)
{
    const auto begin = message.find(not_one_row);
    const auto end = message.find('"', begin);
    return std::string(message.substr(begin, end - begin));
}

}  // namespace

void PostgresResult::Clear::operator()(pg_result* result) const
{
    PQclear(result);
}

bool PostgresResult::is_success() const
{
    const auto status = PQresultStatus(result_.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

bool PostgresResult::is_skipped() const
{
    return PQresultStatus(result_.get()) == PGRES_PIPELINE_ABORTED;
}

bool PostgresResult::is_end_of_pipeline() const
{
    return PQresultStatus(result_.get()) == PGRES_PIPELINE_SYNC;
}

std::string_view PostgresResult::command() const
{
    return PQcmdStatus(result_.get());
}

std::int64_t PostgresResult::changed_rows() const
{
    if (command().starts_with("SELECT"))
        return 0;
    const std::string_view changed = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    return count;
}

void PostgresResult::read(const EachRow& each) const
{
    const int rows = PQntuples(result_.get());
    for (int row = 0; each && row < rows; ++row)
        each(PostgresRow(result_.get(), row));
}

// The classes of SQLSTATE are in PostgreSQL's appendix A.
void PostgresResult::fail(std::string_view doing, bool is_connected) const
{
    const std::string_view told = PQresultErrorMessage(result_.get());
    const char* field = PQresultErrorField(result_.get(), PG_DIAG_SQLSTATE);
    const std::string_view state = field == nullptr || !is_connected ? "" : field;
    if (state == "22P02" && told.find(not_one_row) != std::string_view::npos)
        throw std::logic_error(told_by_check(told) + ": " + std::string(doing));

    const auto message = "PostgreSQL: " + std::string(told) + "in: " + std::string(doing);
    if (state.starts_with("23"))
        throw ConstraintError(message);
    if (state == "40001" || state == "40P01" || state == "55P03")
        throw ConflictError(message);
    if (state.starts_with("08") || state.starts_with("57P") || state.empty())
        throw ConnectionError(message);
    throw std::runtime_error(message);
}

}  // namespace sql
