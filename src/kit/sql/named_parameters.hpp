#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sql {

// How a database wants its numbered parameters: SQLite "?1", PostgreSQL "$1".
enum class Marker : char { question = '?', dollar = '$' };

struct NumberedStatement {
    std::string text;
    std::vector<std::string> names;  // names[0] is number 1; a name used twice has one number
};

// Replaces ":name" outside string literals, quoted identifiers and comments.
NumberedStatement number_parameters(std::string_view text, Marker marker);

}  // namespace sql
