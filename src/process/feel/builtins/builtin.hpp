#pragma once

#include "process/feel/evaluate.hpp"
#include "process/feel/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace feel {

using Arguments = std::span<const Value>;

// A built-in function as data: one row of a table in builtins/, and of the table in docs/feel.md.
struct Definition {
    // `standard`: DMN 1.5 section 10.3.4; `extension`: ours, as users of Camunda's FEEL know them.
    enum class Origin { standard, extension };
    using Body = Value (*)(Caller& caller, Arguments arguments);

    std::string_view name;
    // "text: string, [position: number]": parameters in brackets may be left out or null, the others are
    // never null unless their type is Any. "..." behind the last: any number of them, given as one list.
    std::string_view parameters;
    std::string_view result;
    Origin origin;
    std::string_view example;
    Body body;
};

// One form of a built-in function, its definition read.
struct Signature {
    std::vector<Parameter> parameters;
    std::size_t required = 0;  // how many must be given
    bool is_variadic = false;
    Type result;
    const Definition* definition = nullptr;
};

// All forms of one name, tried in this order.
struct Builtin {
    std::string_view name;
    std::vector<std::string> tokens;  // of its name
    std::vector<Signature> signatures;
};

const Builtin* find_builtin(std::string_view name);
std::span<const Builtin> all_builtins();  // in the order of their names

// The groups, one per file.
std::span<const Definition> conversion_functions();
std::span<const Definition> boolean_functions();
std::span<const Definition> string_functions();
std::span<const Definition> list_functions();
std::span<const Definition> aggregate_functions();
std::span<const Definition> number_functions();
std::span<const Definition> temporal_functions();
std::span<const Definition> range_functions();
std::span<const Definition> context_functions();
std::span<const Definition> miscellaneous_functions();

}  // namespace feel
