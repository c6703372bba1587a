#pragma once

#include "kit/sql/driver.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct pg_result;

namespace sql {

// What PostgreSQL answered to one statement.
class PostgresResult {
public:
    explicit PostgresResult(pg_result* result) : result_(result) {}

    bool is_there() const { return result_ != nullptr; }
    bool is_success() const;
    // Not even tried, because something before it in the pipeline failed.
    bool is_skipped() const;
    bool is_end_of_pipeline() const;

    std::string_view command() const;  // "COMMIT", "INSERT 0 1"
    std::int64_t changed_rows() const;
    void read(const EachRow& each) const;

    // Throws what a failure means to a store. `doing` is the statement's text.
    [[noreturn]] void fail(std::string_view doing, bool is_connected) const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };

    std::unique_ptr<pg_result, Clear> result_;
};

// How a statement that must change one row says on the server, before anything is committed, that it did not.
constexpr std::string_view not_one_row = "one changed row expected, ";

}  // namespace sql
