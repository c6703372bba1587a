#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feel {

// A built-in function as an editor or a page shows it; one row for each form.
struct FunctionForm {
    std::string_view name;
    std::string_view
        parameters;  // "text: string, [position: number]": what stands in brackets may be left out
    std::string_view result;
    bool is_standard = true;   // DMN 1.5 section 10.3.4; else ours, as users of Camunda's FEEL know it
    std::string_view example;  // an expression; where it is a comparison it is true
};

// In the order of their names.
std::vector<FunctionForm> function_forms();

// The same as the table of docs/feel.md.
std::string function_table();

// The page with its table replaced, which stands between "<!-- functions -->" and "<!-- end of functions
// -->".
std::string with_function_table(std::string_view page);

}  // namespace feel
