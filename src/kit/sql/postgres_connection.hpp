#pragma once

#include "kit/sql/driver.hpp"
#include "kit/sql/postgres_result.hpp"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct pg_conn;

namespace sql {

// One statement with its values, to be sent.
struct PostgresCall {
    std::string_view text;  // a constant of the program, which outlives us
    Addition addition = Addition::none;
    std::vector<Value> values = {};  // in the order of their numbers
};

// One connection to PostgreSQL, with its prepared statements. One thread at a time.
class PostgresConnection {
public:
    // ConnectionError when no server of the URL answers.
    explicit PostgresConnection(const std::string& url);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // std::logic_error when the parameters are not those of the statement.
    PostgresCall
    make_call(const Statement& statement, Addition addition, std::span<const Parameter> parameters);

    // All of it in one round trip, in that order, up to the first that fails: what that one says is thrown.
    // Gives the answer to the last.
    PostgresResult exchange(std::span<const PostgresCall> calls);

    void run_script(const std::string& script);
    void check(std::string_view statement);

    bool is_usable() const;  // connected, and outside of a transaction
    bool is_connected() const;

private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    struct Prepared {
        enum class State { unknown, sent, known };

        std::string name;
        std::string text;
        std::vector<std::string> parameters;
        State state = State::unknown;  // to the server
    };
    // Something that an answer will come to.
    struct Sent {
        std::string_view doing;
        Prepared* prepares = nullptr;
    };

    Prepared& prepared(std::string_view text, Addition addition);
    void send_prepare(const Prepared& prepared);
    void send(const PostgresCall& call, const Prepared& prepared);
    PostgresResult collect(std::span<const Sent> sent);
    PostgresResult take_result();
    void expect_sent(int code) const;
    [[noreturn]] void fail_disconnected() const;

    std::unique_ptr<pg_conn, Finish> connection_;
    // Keyed by the statement's text. One map per Addition.
    std::array<std::unordered_map<std::string_view, Prepared>, 5> prepared_;
    int next_name_ = 0;
    bool is_exchanging_ = false;  // stays true when an exchange ended before its last answer
};

}  // namespace sql
