#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

Value round_to(Caller& caller, Arguments arguments, Rounding rounding)
{
    constexpr std::int64_t most_digits = 6176;
    std::int64_t digits = 0;
    if (arguments.size() > 1)
        digits = arguments[1].if_number()->whole();
    if (digits < -6111 || digits > most_digits)
        return refuse(caller, "the scale must lie between -6111 and 6176");
    const Number number = *arguments[0].if_number();
    const auto rounded = number.rounded(static_cast<int>(digits), rounding);
    // More places than 34 digits have room for: there is nothing to round.
    return rounded ? *rounded : number;
}

Value decimal(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::half_even);
}

Value floor(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::floor);
}

Value ceiling(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::ceiling);
}

Value round_up(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::up);
}

Value round_down(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::down);
}

Value round_half_up(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::half_up);
}

Value round_half_down(Caller& caller, Arguments arguments)
{
    return round_to(caller, arguments, Rounding::half_down);
}

Value absolute(Caller&, Arguments arguments)
{
    return arguments[0].if_number()->absolute();
}

Value absolute_months(Caller&, Arguments arguments)
{
    const auto months = arguments[0].if_months_duration()->months;
    return MonthsDuration{months < 0 ? -months : months};
}

Value absolute_days(Caller&, Arguments arguments)
{
    const auto duration = *arguments[0].if_days_duration();
    if (!duration.is_negative())
        return duration;
    return DaysDuration::from(-duration.seconds, -std::int64_t{duration.nanoseconds});
}

Value modulo_of(Caller& caller, Arguments arguments)
{
    return or_refuse(
        caller,
        modulo(*arguments[0].if_number(), *arguments[1].if_number()),
        "there is no remainder of a division by 0"
    );
}

Value square_root_of(Caller& caller, Arguments arguments)
{
    return or_refuse(caller, square_root(*arguments[0].if_number()), "a negative number has no square root");
}

Value logarithm_of(Caller& caller, Arguments arguments)
{
    return or_refuse(caller, logarithm(*arguments[0].if_number()), "only positive numbers have a logarithm");
}

Value exponential_of(Caller& caller, Arguments arguments)
{
    return or_refuse(caller, exponential(*arguments[0].if_number()), "the result is too large");
}

bool is_multiple_of_two(const Number& number)
{
    const auto rest = modulo(number, 2);
    return rest && rest->is_zero();
}

Value odd(Caller&, Arguments arguments)
{
    const Number number = *arguments[0].if_number();
    return number.is_integer() && !is_multiple_of_two(number);
}

Value even(Caller&, Arguments arguments)
{
    return is_multiple_of_two(*arguments[0].if_number());
}

constexpr std::array rows{
    Definition{"decimal", "n: number, scale: number", "number", standard, "decimal(1/3, 2) = 0.33", decimal},
    Definition{"floor", "n: number", "number", standard, "floor(-1.5) = -2", floor},
    Definition{"floor", "n: number, scale: number", "number", standard, "floor(-1.56, 1) = -1.6", floor},
    Definition{"ceiling", "n: number", "number", standard, "ceiling(-1.5) = -1", ceiling},
    Definition{
        "ceiling", "n: number, scale: number", "number", standard, "ceiling(-1.56, 1) = -1.5", ceiling},
    Definition{
        "round up", "n: number, scale: number", "number", standard, "round up(1.121, 2) = 1.13", round_up},
    Definition{
        "round down",
        "n: number, scale: number",
        "number",
        standard,
        "round down(-1.126, 2) = -1.12",
        round_down},
    Definition{
        "round half up",
        "n: number, scale: number",
        "number",
        standard,
        "round half up(1.125, 2) = 1.13",
        round_half_up},
    Definition{
        "round half down",
        "n: number, scale: number",
        "number",
        standard,
        "round half down(1.125, 2) = 1.12",
        round_half_down},
    Definition{"abs", "n: number", "number", standard, "abs(-10) = 10", absolute},
    Definition{
        "abs",
        "n: years and months duration",
        "years and months duration",
        standard,
        "abs(@\"-P1Y\") = @\"P1Y\"",
        absolute_months},
    Definition{
        "abs",
        "n: days and time duration",
        "days and time duration",
        standard,
        "abs(@\"-PT5H\") = @\"PT5H\"",
        absolute_days},
    Definition{
        "modulo", "dividend: number, divisor: number", "number", standard, "modulo(-12, 5) = 3", modulo_of},
    Definition{"sqrt", "number: number", "number", standard, "sqrt(16) = 4", square_root_of},
    Definition{"log", "number: number", "number", standard, "decimal(log(10), 8) = 2.30258509", logarithm_of},
    Definition{
        "exp", "number: number", "number", standard, "decimal(exp(5), 8) = 148.41315910", exponential_of},
    Definition{"odd", "number: number", "boolean", standard, "odd(5)", odd},
    Definition{"even", "number: number", "boolean", standard, "even(2)", even},
};

}  // namespace

std::span<const Definition> number_functions()
{
    return rows;
}

}  // namespace feel
