#include "process/feel/builtins/builtin.hpp"

#include "process/feel/lexer.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace feel {

namespace {

Type read_type(std::string_view text)
{
    if (const auto simple = Type::find_builtin(text))
        return *simple;
    if (text.starts_with("list<") && text.ends_with(">"))
        return Type::list_of(read_type(text.substr(5, text.size() - 6)));
    throw std::logic_error("a built-in function names an unknown type: " + std::string(text));
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

Signature read_signature(const Definition& definition)
{
    Signature signature;
    signature.definition = &definition;
    signature.result = read_type(definition.result);
    std::string_view rest = definition.parameters;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        std::string_view each = trimmed(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const bool is_optional = each.starts_with('[');
        if (is_optional)
            each = each.substr(1, each.size() - 2);
        if (each.ends_with("...")) {
            signature.is_variadic = true;
            each.remove_suffix(3);
        }
        const std::size_t colon = each.find(':');
        signature.parameters.push_back(
            {std::string(each.substr(0, colon)), read_type(trimmed(each.substr(colon + 1)))}
        );
        if (!is_optional)
            signature.required = signature.parameters.size();
    }
    return signature;
}

std::vector<Builtin> read_all()
{
    constexpr std::array groups{
        conversion_functions,
        boolean_functions,
        string_functions,
        list_functions,
        aggregate_functions,
        number_functions,
        temporal_functions,
        range_functions,
        context_functions,
        miscellaneous_functions};
    std::vector<Builtin> all;
    for (const auto group : groups) {
        for (const auto& definition : group()) {
            auto found = std::find_if(all.begin(), all.end(), [&](const Builtin& builtin) {
                return builtin.name == definition.name;
            });
            if (found == all.end())
                found = all.insert(all.end(), {definition.name, split_name(definition.name), {}});
            found->signatures.push_back(read_signature(definition));
        }
    }
    std::sort(all.begin(), all.end(), [](const Builtin& a, const Builtin& b) { return a.name < b.name; });
    return all;
}

}  // namespace

// Read once, when first asked for; constant from then on, so any thread may look.
std::span<const Builtin> all_builtins()
{
    static const std::vector<Builtin> all = read_all();
    return all;
}

const Builtin* find_builtin(std::string_view name)
{
    const auto all = all_builtins();
    const auto found =
        std::lower_bound(all.begin(), all.end(), name, [](const Builtin& builtin, std::string_view wanted) {
            return builtin.name < wanted;
        });
    return found == all.end() || found->name != name ? nullptr : &*found;
}

}  // namespace feel
