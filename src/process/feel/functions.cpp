#include "process/feel/functions.hpp"

#include "process/feel/builtins/builtin.hpp"

namespace feel {

namespace {

// A "|" would end the cell.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char sign : text)
        result += sign == '|' ? std::string("\\|") : std::string(1, sign);
    return result;
}

}  // namespace

std::vector<FunctionForm> function_forms()
{
    std::vector<FunctionForm> forms;
    for (const auto& builtin : all_builtins())
        for (const auto& signature : builtin.signatures) {
            const Definition& definition = *signature.definition;
            forms.push_back(
                {definition.name,
                 definition.parameters,
                 definition.result,
                 definition.origin == Definition::Origin::standard,
                 definition.example}
            );
        }
    return forms;
}

std::string function_table()
{
    std::string table = "| Function | Result | | Example |\n|---|---|---|---|\n";
    for (const auto& form : function_forms())
        table += "| `" + escaped(form.name) + "(" + escaped(form.parameters) + ")` | " +
                 escaped(form.result) + " | " + (form.is_standard ? "standard" : "extension") + " | `" +
                 escaped(form.example) + "` |\n";
    return table;
}

std::string with_function_table(std::string_view page)
{
    constexpr std::string_view begin_mark = "<!-- functions -->\n";
    constexpr std::string_view end_mark = "<!-- end of functions -->";
    const std::size_t begin = page.find(begin_mark);
    const std::size_t end = page.find(end_mark);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
        return std::string(page);
    return std::string(page.substr(0, begin + begin_mark.size())) + function_table() +
           std::string(page.substr(end));
}

}  // namespace feel
