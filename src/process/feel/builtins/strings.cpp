#include "base/text.hpp"
#include "process/feel/builtins/rows.hpp"
#include "process/feel/pattern.hpp"
#include "process/feel/text.hpp"

#include <array>

namespace feel {

namespace {

const std::string& text(const Value& value)
{
    return *value.if_string();
}

Value made(Caller& caller, std::string result)
{
    caller.spend(0, result.size());
    return result;
}

// DMN 1.5 table 75: positions count code points from 1, from the end when negative.
Value substring(Caller& caller, Arguments arguments)
{
    const std::string& source = text(arguments[0]);
    const auto size = static_cast<std::int64_t>(base::count_code_points(source));
    std::int64_t start = arguments[1].if_number()->whole();
    if (start == 0 || start > size || start < -size)
        return refuse(caller, "the start position lies outside of the text");
    start = start > 0 ? start - 1 : size + start;
    std::int64_t length = size - start;
    if (const auto wanted = arguments[2].if_number()) {
        if (wanted->whole() < 1)
            return refuse(caller, "the length must be 1 or more");
        length = std::min(length, wanted->whole());
    }
    const std::size_t begin = byte_of(source, static_cast<std::size_t>(start));
    const std::size_t end =
        begin + byte_of(std::string_view(source).substr(begin), static_cast<std::size_t>(length));
    return made(caller, source.substr(begin, end - begin));
}

Value string_length(Caller&, Arguments arguments)
{
    return static_cast<std::int64_t>(base::count_code_points(text(arguments[0])));
}

Value upper(Caller& caller, Arguments arguments)
{
    return made(caller, upper_case(text(arguments[0])));
}

Value lower(Caller& caller, Arguments arguments)
{
    return made(caller, lower_case(text(arguments[0])));
}

Value substring_before(Caller& caller, Arguments arguments)
{
    const std::size_t at = text(arguments[0]).find(text(arguments[1]));
    return at == std::string::npos ? Value("") : made(caller, text(arguments[0]).substr(0, at));
}

Value substring_after(Caller& caller, Arguments arguments)
{
    const std::size_t at = text(arguments[0]).find(text(arguments[1]));
    return at == std::string::npos ? Value("")
                                   : made(caller, text(arguments[0]).substr(at + text(arguments[1]).size()));
}

Value contains_text(Caller&, Arguments arguments)
{
    return text(arguments[0]).find(text(arguments[1])) != std::string::npos;
}

Value starts_with(Caller&, Arguments arguments)
{
    return text(arguments[0]).starts_with(text(arguments[1]));
}

Value ends_with(Caller&, Arguments arguments)
{
    return text(arguments[0]).ends_with(text(arguments[1]));
}

base::Result<Pattern> pattern_of(Caller& caller, const Value& pattern, const Value& flags)
{
    caller.spend(1 + text(pattern).size());
    return Pattern::compile(
        text(pattern),
        flags.is_null() ? std::string_view() : text(flags),
        caller.environment().limits.regular_expression
    );
}

template <class T>
Value answer(Caller& caller, const base::Result<T>& result)
{
    return result ? Value(*result) : refuse(caller, result.error().detail);
}

Value matches(Caller& caller, Arguments arguments)
{
    const auto pattern = pattern_of(caller, arguments[1], arguments[2]);
    return pattern ? answer(caller, pattern->is_found_in(text(arguments[0])))
                   : refuse(caller, pattern.error().detail);
}

Value replace(Caller& caller, Arguments arguments)
{
    const auto pattern = pattern_of(caller, arguments[1], arguments[3]);
    if (!pattern)
        return refuse(caller, pattern.error().detail);
    const auto replaced = pattern->replace(text(arguments[0]), text(arguments[2]), caller);
    return answer(caller, replaced);
}

Value list_of(Caller& caller, const base::Result<std::vector<std::string>>& parts)
{
    if (!parts)
        return refuse(caller, parts.error().detail);
    List list;
    for (const auto& part : *parts) {
        caller.spend(1, part.size() + sizeof(Value));
        list.emplace_back(part);
    }
    return list;
}

Value split(Caller& caller, Arguments arguments)
{
    const auto pattern = pattern_of(caller, arguments[1], {});
    return pattern ? list_of(caller, pattern->split(text(arguments[0])))
                   : refuse(caller, pattern.error().detail);
}

Value extract(Caller& caller, Arguments arguments)
{
    const auto pattern = pattern_of(caller, arguments[1], {});
    return pattern ? list_of(caller, pattern->find_all(text(arguments[0])))
                   : refuse(caller, pattern.error().detail);
}

Value string_join(Caller& caller, Arguments arguments)
{
    std::string joined;
    bool is_first = true;
    for (const Value& item : *arguments[0].if_list()) {
        if (item.is_null())
            continue;
        if (item.kind() != Kind::string)
            return refuse(caller, "an item of the list is not a string");
        if (!is_first && !arguments[1].is_null())
            joined += text(arguments[1]);
        joined += text(item);
        caller.spend(1, text(item).size());
        is_first = false;
    }
    const auto framing = [&](std::size_t index) {
        return arguments.size() > index && !arguments[index].is_null() ? text(arguments[index])
                                                                       : std::string();
    };
    return made(caller, framing(2) + joined + framing(3));
}

Value trim_text(Caller& caller, Arguments arguments)
{
    return made(caller, std::string(base::trim(text(arguments[0]))));
}

Value is_blank(Caller&, Arguments arguments)
{
    return base::trim(text(arguments[0])).empty();
}

constexpr std::array rows{
    Definition{
        "substring",
        "string: string, start position: number, [length: number]",
        "string",
        standard,
        "substring(\"foobar\", 3, 3) = \"oba\"",
        substring},
    Definition{
        "string length", "string: string", "number", standard, "string length(\"foo\") = 3", string_length},
    Definition{"upper case", "string: string", "string", standard, "upper case(\"aBc4\") = \"ABC4\"", upper},
    Definition{"lower case", "string: string", "string", standard, "lower case(\"aBc4\") = \"abc4\"", lower},
    Definition{
        "substring before",
        "string: string, match: string",
        "string",
        standard,
        "substring before(\"foobar\", \"bar\") = \"foo\"",
        substring_before},
    Definition{
        "substring after",
        "string: string, match: string",
        "string",
        standard,
        "substring after(\"foobar\", \"ob\") = \"ar\"",
        substring_after},
    Definition{
        "replace",
        "input: string, pattern: string, replacement: string, [flags: string]",
        "string",
        standard,
        "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\") = \"[1=ab][2=]cd\"",
        replace},
    Definition{
        "contains",
        "string: string, match: string",
        "boolean",
        standard,
        "contains(\"foobar\", \"ob\")",
        contains_text},
    Definition{
        "starts with",
        "string: string, match: string",
        "boolean",
        standard,
        "starts with(\"foobar\", \"fo\")",
        starts_with},
    Definition{
        "ends with",
        "string: string, match: string",
        "boolean",
        standard,
        "ends with(\"foobar\", \"r\")",
        ends_with},
    Definition{
        "matches",
        "input: string, pattern: string, [flags: string]",
        "boolean",
        standard,
        "matches(\"foobar\", \"^fo*b\")",
        matches},
    Definition{
        "split",
        "string: string, delimiter: string",
        "list",
        standard,
        "split(\"John Doe\", \"\\\\s\") = [\"John\", \"Doe\"]",
        split},
    Definition{
        "string join",
        "list: list, [delimiter: string]",
        "string",
        standard,
        "string join([\"a\", null, \"c\"], \"-\") = \"a-c\"",
        string_join},
    Definition{
        "string join",
        "list: list, delimiter: Any, prefix: string, suffix: string",
        "string",
        extension,
        "string join([\"a\", \"b\"], \", \", \"[\", \"]\") = \"[a, b]\"",
        string_join},
    Definition{"trim", "string: string", "string", extension, "trim(\"  a b \") = \"a b\"", trim_text},
    Definition{"is blank", "string: string", "boolean", extension, "is blank(\"  \")", is_blank},
    Definition{
        "extract",
        "string: string, pattern: string",
        "list",
        extension,
        "extract(\"a1b22\", \"[0-9]+\") = [\"1\", \"22\"]",
        extract},
};

}  // namespace

std::span<const Definition> string_functions()
{
    return rows;
}

}  // namespace feel
