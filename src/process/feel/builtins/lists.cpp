#include "process/feel/builtins/rows.hpp"

#include <algorithm>
#include <array>

namespace feel {

namespace {

const List& items(const Value& value)
{
    return *value.if_list();
}

bool holds(const List& list, const Value& wanted)
{
    return std::any_of(list.begin(), list.end(), [&](const Value& item) {
        return equal(item, wanted) == true;
    });
}

Value made(Caller& caller, List list)
{
    caller.spend(list.size(), list.size() * sizeof(Value));
    return list;
}

// Where a position (from 1, or from the end when negative) points to; nothing outside of 1 to `last`. A
// fraction does not count.
std::optional<std::size_t> index_of_position(const Value& position, std::size_t size, std::size_t last)
{
    const std::int64_t whole = position.if_number()->whole();
    const auto count = static_cast<std::int64_t>(size);
    if (whole == 0 || whole > static_cast<std::int64_t>(last) || whole < -count)
        return std::nullopt;
    return static_cast<std::size_t>(whole > 0 ? whole - 1 : count + whole);
}

constexpr const char* outside = "the position lies outside of the list";

Value list_contains(Caller& caller, Arguments arguments)
{
    caller.spend(items(arguments[0]).size());
    return holds(items(arguments[0]), arguments[1]);
}

Value count(Caller&, Arguments arguments)
{
    return static_cast<std::int64_t>(items(arguments[0]).size());
}

Value sublist(Caller& caller, Arguments arguments)
{
    const List& list = items(arguments[0]);
    const auto start = index_of_position(arguments[1], list.size(), list.size());
    if (!start)
        return refuse(caller, outside);
    std::size_t length = list.size() - *start;
    if (const auto wanted = arguments[2].if_number()) {
        const auto whole = wanted->integer();
        if (!whole || *whole < 0 || *whole > static_cast<std::int64_t>(length))
            return refuse(caller, "the list is not that long");
        length = static_cast<std::size_t>(*whole);
    }
    const auto begin = list.begin() + static_cast<std::ptrdiff_t>(*start);
    return made(caller, List(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Value append(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    list.insert(list.end(), items(arguments[1]).begin(), items(arguments[1]).end());
    return made(caller, std::move(list));
}

Value concatenate(Caller& caller, Arguments arguments)
{
    List all;
    for (const Value& each : items(arguments[0])) {
        if (each.kind() == Kind::list)
            all.insert(all.end(), items(each).begin(), items(each).end());
        else if (each.is_null())
            return refuse(caller, "one of the lists is null");
        else
            all.push_back(each);
    }
    return made(caller, std::move(all));
}

Value insert_before(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    const auto index = index_of_position(arguments[1], list.size(), list.size());
    if (!index)
        return refuse(caller, outside);
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(*index), arguments[2]);
    return made(caller, std::move(list));
}

Value remove(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    const auto index = index_of_position(arguments[1], list.size(), list.size());
    if (!index)
        return refuse(caller, outside);
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(*index));
    return made(caller, std::move(list));
}

Value replace_at(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    const auto index = index_of_position(arguments[1], list.size(), list.size());
    if (!index)
        return refuse(caller, outside);
    list[*index] = arguments[2];
    return made(caller, std::move(list));
}

Value replace_matching(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    const Function& matches = *arguments[1].if_function();
    for (Value& item : list) {
        const std::array pair{item, arguments[2]};
        const Value is_match = caller.call(matches, pair);
        if (is_match.kind() != Kind::boolean)
            return refuse(caller, "the function must say true or false");
        if (is_match.is_true())
            item = arguments[2];
    }
    return made(caller, std::move(list));
}

Value reverse(Caller& caller, Arguments arguments)
{
    return made(caller, List(items(arguments[0]).rbegin(), items(arguments[0]).rend()));
}

Value index_of(Caller& caller, Arguments arguments)
{
    List found;
    const List& list = items(arguments[0]);
    for (std::size_t index = 0; index < list.size(); ++index)
        if (equal(list[index], arguments[1]) == true)
            found.emplace_back(static_cast<std::int64_t>(index) + 1);
    return made(caller, std::move(found));
}

// Keeps the first of equal items.
List without_duplicates(Caller& caller, const List& list)
{
    List distinct;
    for (const Value& item : list) {
        caller.spend(1 + distinct.size());
        if (!holds(distinct, item))
            distinct.push_back(item);
    }
    return distinct;
}

Value union_of(Caller& caller, Arguments arguments)
{
    const Value all = concatenate(caller, arguments);
    return all.is_null() ? all : Value(without_duplicates(caller, items(all)));
}

Value distinct_values(Caller& caller, Arguments arguments)
{
    return without_duplicates(caller, items(arguments[0]));
}

Value duplicate_values(Caller& caller, Arguments arguments)
{
    List seen;
    List duplicates;
    for (const Value& item : items(arguments[0])) {
        caller.spend(1 + seen.size());
        if (!holds(seen, item))
            seen.push_back(item);
        else if (!holds(duplicates, item))
            duplicates.push_back(item);
    }
    return duplicates;
}

void flatten_into(List& flat, const List& list)
{
    for (const Value& item : list) {
        if (const List* inner = item.if_list())
            flatten_into(flat, *inner);
        else
            flat.push_back(item);
    }
}

Value flatten(Caller& caller, Arguments arguments)
{
    List flat;
    flatten_into(flat, items(arguments[0]));
    return made(caller, std::move(flat));
}

Value sort(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    const Function& precedes = *arguments[1].if_function();
    if (precedes.parameters.size() != 2 && !precedes.is_variadic)
        return refuse(caller, "the function that compares must take two arguments");
    // Merging asks for no more of `precedes` than answers: one that contradicts itself gives some order.
    List merged(list.size());
    for (std::size_t width = 1; width < list.size(); width *= 2) {
        for (std::size_t from = 0; from < list.size(); from += 2 * width) {
            std::size_t left = from;
            const std::size_t middle = std::min(from + width, list.size());
            std::size_t right = middle;
            const std::size_t end = std::min(from + 2 * width, list.size());
            for (std::size_t at = from; at < end; ++at) {
                bool takes_left = right == end;
                if (left < middle && right < end) {
                    const std::array pair{list[right], list[left]};
                    takes_left = !caller.call(precedes, pair).is_true();
                }
                merged[at] = takes_left ? list[left++] : list[right++];
            }
        }
        std::swap(list, merged);
    }
    return made(caller, std::move(list));
}

Value sort_by_value(Caller& caller, Arguments arguments)
{
    List list = items(arguments[0]);
    bool is_ordered = true;
    std::stable_sort(list.begin(), list.end(), [&](const Value& a, const Value& b) {
        const auto order = compare(a, b);
        is_ordered = is_ordered && order;
        return order && *order < 0;
    });
    return is_ordered ? made(caller, std::move(list)) : refuse(caller, "the items cannot be compared");
}

Value partition(Caller& caller, Arguments arguments)
{
    const auto size = arguments[1].if_number()->integer();
    if (!size || *size < 1)
        return refuse(caller, "the size must be 1 or more");
    List parts;
    const List& list = items(arguments[0]);
    for (std::size_t from = 0; from < list.size();) {
        const std::size_t to = std::min(list.size(), from + static_cast<std::size_t>(*size));
        parts.emplace_back(List(
            list.begin() + static_cast<std::ptrdiff_t>(from), list.begin() + static_cast<std::ptrdiff_t>(to)
        ));
        from = to;
    }
    return made(caller, std::move(parts));
}

Value is_empty(Caller&, Arguments arguments)
{
    return items(arguments[0]).empty();
}

constexpr std::array rows{
    Definition{
        "list contains",
        "list: list, element: Any",
        "boolean",
        standard,
        "list contains([1, 2, 3], 2)",
        list_contains},
    Definition{"count", "list: list", "number", standard, "count([1, 2, 3]) = 3", count},
    Definition{
        "sublist",
        "list: list, start position: number, [length: number]",
        "list",
        standard,
        "sublist([4, 5, 6], 1, 2) = [4, 5]",
        sublist},
    Definition{
        "append", "list: list, item: Any...", "list", standard, "append([1], 2, 3) = [1, 2, 3]", append},
    Definition{
        "concatenate", "list: Any...", "list", standard, "concatenate([1, 2], [3]) = [1, 2, 3]", concatenate},
    Definition{
        "insert before",
        "list: list, position: number, newItem: Any",
        "list",
        standard,
        "insert before([1, 3], 1, 2) = [2, 1, 3]",
        insert_before},
    Definition{
        "remove", "list: list, position: number", "list", standard, "remove([1, 2, 3], 2) = [1, 3]", remove},
    Definition{
        "list replace",
        "list: list, position: number, newItem: Any",
        "list",
        standard,
        "list replace([2, 4, 7], 3, 6) = [2, 4, 6]",
        replace_at},
    Definition{
        "list replace",
        "list: list, match: function, newItem: Any",
        "list",
        standard,
        "list replace([2, 4, 7], function(item, newItem) item > newItem, 5) = [2, 4, 5]",
        replace_matching},
    Definition{"reverse", "list: list", "list", standard, "reverse([1, 2, 3]) = [3, 2, 1]", reverse},
    Definition{
        "index of",
        "list: list, match: Any",
        "list",
        standard,
        "index of([1, 2, 3, 2], 2) = [2, 4]",
        index_of},
    Definition{"union", "list: Any...", "list", standard, "union([1, 2], [2, 3]) = [1, 2, 3]", union_of},
    Definition{
        "distinct values",
        "list: list",
        "list",
        standard,
        "distinct values([1, 2, 3, 2, 1]) = [1, 2, 3]",
        distinct_values},
    Definition{
        "duplicate values",
        "list: list",
        "list",
        extension,
        "duplicate values([1, 2, 3, 2, 1]) = [2, 1]",
        duplicate_values},
    Definition{
        "flatten", "list: list", "list", standard, "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]", flatten},
    Definition{
        "sort",
        "list: list, precedes: function",
        "list",
        standard,
        "sort([3, 1, 4], function(x, y) x < y) = [1, 3, 4]",
        sort},
    Definition{"sort", "list: list", "list", extension, "sort([3, 1, 4]) = [1, 3, 4]", sort_by_value},
    Definition{
        "partition",
        "list: list, size: number",
        "list",
        extension,
        "partition([1, 2, 3], 2) = [[1, 2], [3]]",
        partition},
    Definition{"is empty", "list: list", "boolean", extension, "is empty([])", is_empty},
};

}  // namespace

std::span<const Definition> list_functions()
{
    return rows;
}

}  // namespace feel
