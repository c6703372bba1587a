#include "process/feel/builtins/rows.hpp"
#include "process/feel/operators.hpp"

#include <algorithm>
#include <array>

namespace feel {

namespace {

const List& items(const Value& value)
{
    return *value.if_list();
}

std::optional<std::vector<Number>> numbers(const List& list)
{
    std::vector<Number> all;
    all.reserve(list.size());
    for (const Value& item : list) {
        const auto number = item.if_number();
        if (!number)
            return std::nullopt;
        all.push_back(*number);
    }
    return all;
}

constexpr const char* not_numbers = "the list holds something that is no number";
constexpr const char* too_large = "the result is too large";

enum class Wanted { least, greatest };

Value extreme(Caller& caller, const List& list, Wanted wanted)
{
    if (list.empty())
        return refuse(caller, "the list is empty");
    Value best = list.front();
    if (!compare(best, best))
        return refuse(caller, "the items cannot be compared");
    for (const Value& item : list) {
        const auto order = compare(item, best);
        if (!order)
            return refuse(caller, "the items cannot be compared");
        if (wanted == Wanted::least ? *order < 0 : *order > 0)
            best = item;
    }
    return best;
}

Value min(Caller& caller, Arguments arguments)
{
    return extreme(caller, items(arguments[0]), Wanted::least);
}

Value max(Caller& caller, Arguments arguments)
{
    return extreme(caller, items(arguments[0]), Wanted::greatest);
}

// Numbers, and durations of one kind.
Value sum(Caller& caller, Arguments arguments)
{
    const List& list = items(arguments[0]);
    if (list.empty())
        return refuse(caller, "the list is empty");
    const Kind kind = list.front().kind();
    if (kind != Kind::number && kind != Kind::months_duration && kind != Kind::days_duration)
        return refuse(caller, not_numbers);
    Value total = list.front();
    for (std::size_t index = 1; index < list.size(); ++index) {
        auto next = list[index].kind() == kind ? calculate(Operator::add, total, list[index]) : std::nullopt;
        if (!next)
            return refuse(caller, not_numbers);
        total = *std::move(next);
    }
    return total;
}

std::optional<Number> mean_of(const std::vector<Number>& all)
{
    std::optional<Number> total = Number(0);
    for (const Number& each : all)
        total = total ? add(*total, each) : total;
    return total ? divide(*total, Number(static_cast<std::int64_t>(all.size()))) : std::nullopt;
}

Value mean(Caller& caller, Arguments arguments)
{
    const Value total = sum(caller, arguments);
    const auto size = static_cast<std::int64_t>(items(arguments[0]).size());
    if (total.is_null())
        return total;
    return or_refuse(caller, calculate(Operator::divide, total, size), too_large);
}

Value product(Caller& caller, Arguments arguments)
{
    const auto all = numbers(items(arguments[0]));
    if (!all || all->empty())
        return refuse(caller, not_numbers);
    std::optional<Number> result = Number(1);
    for (const Number& each : *all)
        result = result ? multiply(*result, each) : result;
    return or_refuse(caller, result, too_large);
}

Value median(Caller& caller, Arguments arguments)
{
    auto all = numbers(items(arguments[0]));
    if (!all || all->empty())
        return refuse(caller, not_numbers);
    std::sort(all->begin(), all->end());
    const std::size_t middle = all->size() / 2;
    if (all->size() % 2 == 1)
        return (*all)[middle];
    return or_refuse(caller, mean_of({(*all)[middle - 1], (*all)[middle]}), too_large);
}

// Of a sample: divided by one less than their number (DMN 1.5 table 78).
Value stddev(Caller& caller, Arguments arguments)
{
    const auto all = numbers(items(arguments[0]));
    if (!all || all->size() < 2)
        return refuse(caller, "a standard deviation needs two numbers or more");
    const auto center = mean_of(*all);
    std::optional<Number> squares = Number(0);
    for (const Number& each : *all) {
        const auto distance = center && squares ? subtract(each, *center) : std::nullopt;
        const auto square = distance ? multiply(*distance, *distance) : std::nullopt;
        squares = square ? add(*squares, *square) : std::nullopt;
    }
    const auto variance =
        squares ? divide(*squares, Number(static_cast<std::int64_t>(all->size()) - 1)) : std::nullopt;
    return or_refuse(caller, variance ? square_root(*variance) : std::nullopt, too_large);
}

Value mode(Caller& caller, Arguments arguments)
{
    auto all = numbers(items(arguments[0]));
    if (!all)
        return refuse(caller, not_numbers);
    std::sort(all->begin(), all->end());
    List modes;
    std::size_t most = 0;
    for (auto run = all->begin(); run != all->end();) {
        const auto end = std::find_if(run, all->end(), [&](const Number& each) { return each != *run; });
        const auto length = static_cast<std::size_t>(end - run);
        if (length > most)
            modes.clear();
        if (length >= most)
            modes.emplace_back(*run);
        most = std::max(most, length);
        run = end;
    }
    return modes;
}

// `decisive` decides alone; what is no boolean leaves it open.
Value quantify(const List& list, bool decisive)
{
    bool is_known = true;
    for (const Value& item : list) {
        const auto boolean = item.if_boolean();
        if (boolean == decisive)
            return decisive;
        is_known = is_known && boolean;
    }
    return is_known ? Value(!decisive) : Value();
}

Value all(Caller&, Arguments arguments)
{
    return quantify(items(arguments[0]), false);
}

Value any(Caller&, Arguments arguments)
{
    return quantify(items(arguments[0]), true);
}

constexpr std::array rows{
    Definition{"min", "list: list", "Any", standard, "min([1, 2, 3]) = 1", min},
    Definition{"min", "c: Any...", "Any", standard, "min(1, 2, 3) = 1", min},
    Definition{"max", "list: list", "Any", standard, "max([1, 2, 3]) = 3", max},
    Definition{"max", "c: Any...", "Any", standard, "max(1, 2, 3) = 3", max},
    Definition{"sum", "list: list", "Any", standard, "sum([1, 2, 3]) = 6", sum},
    Definition{"sum", "n: Any...", "Any", standard, "sum(1, 2, 3) = 6", sum},
    Definition{"mean", "list: list", "Any", standard, "mean([1, 2, 3]) = 2", mean},
    Definition{"mean", "n: Any...", "Any", standard, "mean(1, 2, 3) = 2", mean},
    Definition{"product", "list: list", "number", standard, "product([2, 3, 4]) = 24", product},
    Definition{"product", "n: Any...", "number", standard, "product(2, 3, 4) = 24", product},
    Definition{"median", "list: list", "number", standard, "median([6, 1, 2, 3]) = 2.5", median},
    Definition{"median", "n: Any...", "number", standard, "median(8, 2, 5, 3, 4) = 4", median},
    Definition{
        "stddev",
        "list: list",
        "number",
        standard,
        "stddev([2, 4, 7, 5]) = 2.081665999466132735282297706979931",
        stddev},
    Definition{"stddev", "n: Any...", "number", standard, "stddev(47) = null", stddev},
    Definition{"mode", "list: list", "list", standard, "mode([6, 3, 9, 6, 6]) = [6]", mode},
    Definition{"mode", "n: Any...", "list", standard, "mode(6, 1, 9, 6, 1) = [1, 6]", mode},
    Definition{"all", "list: list", "boolean", standard, "all([true, false]) = false", all},
    Definition{"all", "b: Any...", "boolean", standard, "all(true, true)", all},
    Definition{"any", "list: list", "boolean", standard, "any([false, true])", any},
    Definition{"any", "b: Any...", "boolean", standard, "any(false, false) = false", any},
};

}  // namespace

std::span<const Definition> aggregate_functions()
{
    return rows;
}

}  // namespace feel
