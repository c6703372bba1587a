#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

Value negation_of(Caller& caller, Arguments arguments)
{
    const auto boolean = arguments[0].if_boolean();
    if (!boolean)
        return refuse(caller, "only true and false have a negation");
    return !*boolean;
}

Value get_or_else(Caller&, Arguments arguments)
{
    return arguments[0].is_null() ? arguments[1] : arguments[0];
}

Value assert_that(Caller& caller, Arguments arguments)
{
    if (arguments[1].is_true())
        return arguments[0];
    return refuse(caller, arguments[2].is_null() ? "an assertion was not met" : to_text(arguments[2]));
}

Value is_equal(Caller& caller, Arguments arguments)
{
    const Value& a = arguments[0];
    const Value& b = arguments[1];
    if (a.kind() != b.kind())
        return false;
    // The same moment is not the same value when it is written in another zone.
    if (const Time* time = a.if_time())
        return time->nanosecond == b.if_time()->nanosecond && time->zone == b.if_time()->zone;
    if (const DateTime* moment = a.if_date_time())
        return moment->date == b.if_date_time()->date &&
               moment->time.nanosecond == b.if_date_time()->time.nanosecond &&
               moment->time.zone == b.if_date_time()->time.zone;
    const auto same = equal(a, b);
    return same ? Value(*same) : refuse(caller, "the two cannot be compared");
}

constexpr std::array rows{
    Definition{"not", "negand: Any", "boolean", standard, "not(true) = false", negation_of},
    Definition{
        "is",
        "[value1: Any], [value2: Any]",
        "boolean",
        standard,
        "is(@\"2012-12-25\", @\"2012-12-25\")",
        is_equal},
    Definition{
        "get or else", "value: Any, default: Any", "Any", extension, "get or else(null, 1) = 1", get_or_else},
    Definition{
        "assert",
        "value: Any, condition: Any, [cause: string]",
        "Any",
        extension,
        "assert(5, true) = 5",
        assert_that},
};

}  // namespace

std::span<const Definition> boolean_functions()
{
    return rows;
}

}  // namespace feel
