#pragma once

#include "process/feel/ast.hpp"
#include "process/feel/value.hpp"

#include <optional>
#include <string_view>

namespace feel {

// Of numbers; nothing when the result is infinite or undefined.
inline std::optional<Number> calculate(Operator operation, const Number& left, const Number& right)
{
    switch (operation) {
    case Operator::add: return add(left, right);
    case Operator::subtract: return subtract(left, right);
    case Operator::multiply: return multiply(left, right);
    case Operator::divide: return divide(left, right);
    default: return power(left, right);
    }
}

// + - * / ** on numbers, texts, dates, times and durations (DMN 1.5 tables 50 to 54). Nothing when the
// operation is not defined for the two.
std::optional<Value> calculate(Operator operation, const Value& left, const Value& right);

// -value; nothing for what has no negative.
std::optional<Value> negate(const Value& value);

// What a dot reads from dates, times, durations and ranges (DMN 1.5 table 65): "year", "time offset", "start
// included" …; nothing when values of that kind have no such property.
std::optional<Value> find_property(const Value& value, std::string_view name);

std::string_view sign_of(Operator operation);
std::string_view name_of(Kind kind);

}  // namespace feel
