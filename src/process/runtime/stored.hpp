#pragma once

#include "kit/json/json.hpp"
#include "kit/sql/database.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <string_view>

// How values of this room lie in columns.
namespace runtime::stored {

inline sql::Value milliseconds(base::Instant instant)
{
    return std::int64_t{instant.time_since_epoch().count()};
}

inline sql::Value milliseconds(const std::optional<base::Instant>& instant)
{
    return instant ? milliseconds(*instant) : sql::Value(nullptr);
}

inline base::Instant instant(std::int64_t milliseconds_since_1970)
{
    return base::Instant(std::chrono::milliseconds(milliseconds_since_1970));
}

inline std::optional<base::Instant> instant_or_none(const sql::Row& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(instant(row.integer(column)));
}

inline sql::Value text(std::string_view written)
{
    return std::string(written);
}

inline sql::Value text_or_null(std::string_view written)
{
    return written.empty() ? sql::Value(nullptr) : text(written);
}

// What we wrote ourselves; anything else is a broken database.
json::Value parse(std::string_view document);

std::string write(const Variables& variables);
Variables read_variables(std::string_view document);

sql::Blob blob(std::string_view bytes);
std::string bytes(const sql::Blob& blob);

}  // namespace runtime::stored
