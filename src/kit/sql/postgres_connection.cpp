#include "kit/sql/postgres_connection.hpp"

#include "kit/sql/named_parameters.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <optional>

namespace sql {

namespace {

constexpr std::string_view connect_seconds = "5";

// The values of one call in the form libpq takes them: text, except for blobs.
class Arguments {
public:
    explicit Arguments(const std::vector<Value>& values)
        : values_(values.size(), nullptr), lengths_(values.size(), 0), formats_(values.size(), 0)
    {
        integers_.reserve(values.size());
        for (std::size_t index = 0; index < values.size(); ++index)
            put(index, values[index]);
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

// An INSERT of one row inserts one or fails.
bool inserts_one_row(std::string_view text)
{
    return text.starts_with("INSERT ") && text.find(") VALUES (") != std::string_view::npos &&
           text.find("), (") == std::string_view::npos && text.find("ON CONFLICT") == std::string_view::npos;
}

// The count is looked at by the server, so that what follows in the pipeline, the commit above all, is not
// done when it is wrong.
std::string demanding_one(const std::string& text)
{
    return "WITH changed AS (" + text +
           " RETURNING 1) SELECT CASE WHEN count(*) = 1 THEN 1"
           " ELSE CAST('" +
           std::string(not_one_row) + "' || count(*) || ' found' AS INTEGER) END FROM changed";
}

std::string with(Addition addition, const std::string& text)
{
    switch (addition) {
    case Addition::none: return text;
    case Addition::skip_taken: return text + " ON CONFLICT DO NOTHING";
    case Addition::lock_rows: return text + " FOR UPDATE";
    case Addition::lock_free_rows: return text + " FOR UPDATE SKIP LOCKED";
    case Addition::demand_one: return inserts_one_row(text) ? text : demanding_one(text);
    }
    throw std::logic_error("an addition to a statement without a text");
}

}  // namespace

void PostgresConnection::Finish::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

PostgresConnection::PostgresConnection(const std::string& url)
{
    // What the URL says comes last and wins. With several hosts, the one that takes writes is meant. A server
    // whose machine is gone says nothing more: its connections are given up after half a minute.
    constexpr std::pair<const char*, const char*> usual[] = {
        {"application_name", "schalter"},
        {"connect_timeout", connect_seconds.data()},
        {"keepalives_idle", "10"},
        {"keepalives_interval", "5"},
        {"keepalives_count", "4"},
        {"tcp_user_timeout", "30000"},
        {"target_session_attrs", "read-write"},
        {"client_encoding", "UTF8"},
    };
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : usual) {
        names.push_back(name);
        values.push_back(value);
    }
    names.insert(names.end(), {"dbname", nullptr});
    values.insert(values.end(), {url.c_str(), nullptr});
    connection_.reset(PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1));
    if (!connection_ || !is_connected())
        fail_disconnected();
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr
    );
    expect_sent(PQenterPipelineMode(connection_.get()));
}

PostgresConnection::~PostgresConnection() = default;

bool PostgresConnection::is_connected() const
{
    return PQstatus(connection_.get()) == CONNECTION_OK;
}

bool PostgresConnection::is_usable() const
{
    return is_connected() && !is_exchanging_ && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

void PostgresConnection::fail_disconnected() const
{
    throw ConnectionError(std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
}

void PostgresConnection::expect_sent(int code) const
{
    if (code == 1)
        return;
    if (!is_connected())
        fail_disconnected();
    throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_.get()));
}

PostgresConnection::Prepared& PostgresConnection::prepared(std::string_view text, Addition addition)
{
    auto& cache = prepared_.at(static_cast<std::size_t>(addition));
    if (const auto known = cache.find(text); known != cache.end())
        return known->second;
    auto numbered = number_parameters(text, Marker::dollar);
    Prepared made{
        .name = "s" + std::to_string(next_name_++),
        .text = with(addition, numbered.text),
        .parameters = std::move(numbered.names),
    };
    return cache.emplace(text, std::move(made)).first->second;
}

PostgresCall PostgresConnection::make_call(
    const Statement& statement, Addition addition, std::span<const Parameter> parameters
)
{
    const auto& names = prepared(statement.text(), addition).parameters;
    if (parameters.size() != names.size())
        throw std::logic_error(
            std::to_string(names.size()) + " parameters expected, " + std::to_string(parameters.size()) +
            " given: " + std::string(statement.text())
        );
    PostgresCall call{statement.text(), addition, std::vector<Value>(names.size())};
    for (const auto& parameter : parameters) {
        const auto found = std::find(names.begin(), names.end(), parameter.name);
        if (found == names.end())
            throw std::logic_error("no parameter :" + std::string(parameter.name));
        call.values[static_cast<std::size_t>(found - names.begin())] = parameter.value;
    }
    return call;
}

void PostgresConnection::send_prepare(const Prepared& prepared)
{
    expect_sent(PQsendPrepare(connection_.get(), prepared.name.c_str(), prepared.text.c_str(), 0, nullptr));
}

void PostgresConnection::send(const PostgresCall& call, const Prepared& prepared)
{
    const Arguments arguments(call.values);
    expect_sent(PQsendQueryPrepared(
        connection_.get(),
        prepared.name.c_str(),
        arguments.count(),
        arguments.values(),
        arguments.lengths(),
        arguments.formats(),
        /*resultFormat=*/0
    ));
}

PostgresResult PostgresConnection::exchange(std::span<const PostgresCall> calls)
{
    is_exchanging_ = true;
    std::vector<Sent> sent;
    for (const auto& call : calls) {
        auto& statement = prepared(call.text, call.addition);
        if (statement.state == Prepared::State::unknown) {
            send_prepare(statement);
            statement.state = Prepared::State::sent;
            sent.push_back({call.text, &statement});
        }
        send(call, statement);
        sent.push_back({call.text});
    }
    return collect(sent);
}

// After the last one of a statement there is a null pointer, which belongs to it.
PostgresResult PostgresConnection::take_result()
{
    PostgresResult result(PQgetResult(connection_.get()));
    while (result.is_there() && PostgresResult(PQgetResult(connection_.get())).is_there()) {
    }
    return result;
}

PostgresResult PostgresConnection::collect(std::span<const Sent> sent)
{
    expect_sent(PQpipelineSync(connection_.get()));
    PostgresResult last(nullptr);
    std::optional<PostgresResult> failure;
    std::string_view failed;
    for (const auto& one : sent) {
        auto result = take_result();
        if (!result.is_there())
            fail_disconnected();
        if (one.prepares != nullptr)
            one.prepares->state = result.is_success() ? Prepared::State::known : Prepared::State::unknown;
        if (!result.is_success() && !result.is_skipped() && !failure) {
            failure = std::move(result);
            failed = one.doing;
        }
        // Nothing more will come; what is thrown is what the server said last.
        if (!is_connected())
            break;
        last = std::move(result);
    }
    if (is_connected())
        is_exchanging_ = !PostgresResult(PQgetResult(connection_.get())).is_end_of_pipeline();
    if (failure)
        failure->fail(failed, is_connected());
    if (!is_connected() || is_exchanging_)
        fail_disconnected();
    return last;
}

void PostgresConnection::run_script(const std::string& script)
{
    // Several statements in one text cannot be part of a pipeline.
    expect_sent(PQexitPipelineMode(connection_.get()));
    const PostgresResult result(PQexec(connection_.get(), script.c_str()));
    expect_sent(PQenterPipelineMode(connection_.get()));
    if (!result.is_success())
        result.fail(script, is_connected());
}

void PostgresConnection::check(std::string_view statement)
{
    const Prepared unnamed{
        .name = "", .text = number_parameters(statement, Marker::dollar).text, .parameters = {}};
    is_exchanging_ = true;
    send_prepare(unnamed);
    const Sent sent[] = {{statement}};
    collect(sent);
}

}  // namespace sql
