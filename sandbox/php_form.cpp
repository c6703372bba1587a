#include "sandbox/php_form.hpp"

#include <algorithm>
#include <optional>

namespace sandbox {

namespace {

// "basket[0][amount]" after "basket" as {"0", "amount"}; nothing when it is not of that shape.
std::optional<std::vector<std::string>> brackets(std::string_view key, std::string_view name)
{
    if (!key.starts_with(name))
        return std::nullopt;
    key.remove_prefix(name.size());
    std::vector<std::string> parts;
    while (!key.empty()) {
        const auto end = key.find(']');
        if (key.front() != '[' || end == std::string_view::npos)
            return std::nullopt;
        parts.emplace_back(key.substr(1, end - 1));
        key.remove_prefix(end + 1);
    }
    return parts;
}

bool is_index(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

std::string PhpForm::text(std::string_view name) const
{
    return std::string(http::find_field(fields_, name).value_or(""));
}

std::vector<std::string> PhpForm::list(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto& [key, value] : fields_) {
        const auto parts = brackets(key, name);
        if (parts && parts->size() == 1 && is_index((*parts)[0]))
            values.push_back(value);
    }
    return values;
}

std::vector<std::map<std::string, std::string>> PhpForm::rows(std::string_view name) const
{
    std::map<std::string, std::map<std::string, std::string>> by_index;
    for (const auto& [key, value] : fields_) {
        const auto parts = brackets(key, name);
        if (parts && parts->size() >= 2 && is_index((*parts)[0]))
            by_index[(*parts)[0]][(*parts)[1]] = value;
    }
    std::vector<std::map<std::string, std::string>> rows;
    for (auto& [index, row] : by_index)
        rows.push_back(std::move(row));
    return rows;
}

std::map<std::string, std::string> PhpForm::named_values(std::string_view name) const
{
    std::map<std::string, std::string> values;
    for (const auto& [key, value] : fields_) {
        const auto parts = brackets(key, name);
        if (parts && parts->size() == 2 && (*parts)[1] == "value")
            values[(*parts)[0]] = value;
    }
    return values;
}

}  // namespace sandbox
