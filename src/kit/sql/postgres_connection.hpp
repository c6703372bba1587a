#pragma once

#include "kit/sql/driver.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

namespace sql {

// One connection to PostgreSQL, with its prepared statements. One thread at a time.
class PostgresConnection {
public:
    // ConnectionError when no server of the URL answers.
    explicit PostgresConnection(const std::string& url);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each);
    void run_script(const std::string& script);
    void check(std::string_view statement);

    // In one round trip. `tenant` is what row-level security compares with.
    void begin(const base::TenantId& tenant, Access access);
    void commit();

    bool is_usable() const;  // connected, and outside of a transaction
    bool is_connected() const;

private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;
    struct Prepared {
        std::string name;
        std::vector<std::string> parameters;
    };

    Prepared prepare(std::string_view text, Addition addition, const std::string& name);
    Answer execute(const Prepared& prepared, std::span<const Parameter> parameters);
    Answer checked(pg_result* result, std::string_view doing) const;

    std::unique_ptr<pg_conn, Finish> connection_;
    // Keyed by the statement's text, which is a constant of the program and outlives us.
    // One map per Addition.
    std::array<std::unordered_map<std::string_view, Prepared>, 3> prepared_;
    int next_name_ = 0;
};

}  // namespace sql
