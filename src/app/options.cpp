#include "app/options.hpp"

#include <algorithm>

namespace app {

using base::ErrorKind;
using base::fail;
using base::Result;

Result<Options> Options::read(
    std::span<const std::string> arguments,
    std::span<const std::string_view> with_value,
    std::span<const std::string_view> flags
)
{
    Options options;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string& argument = arguments[index];
        if (!argument.starts_with("--")) {
            options.words_.push_back(argument);
            continue;
        }
        const auto equals = argument.find('=');
        const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
        if (std::ranges::find(flags, name) != flags.end() && equals == std::string::npos) {
            options.values_[name] = "";
            continue;
        }
        if (std::ranges::find(with_value, name) == with_value.end())
            return fail(ErrorKind::invalid, "app.unknown_option", "unknown option '" + argument + "'");
        if (equals != std::string::npos)
            options.values_[name] = argument.substr(equals + 1);
        else if (index + 1 < arguments.size())
            options.values_[name] = arguments[++index];
        else
            return fail(ErrorKind::invalid, "app.no_value", "option '--" + name + "' needs a value");
    }
    return options;
}

base::Result<Options> Options::read_all(
    std::span<const std::string> arguments,
    std::span<const std::string_view> required,
    std::span<const std::string_view> optional,
    std::string_view word
)
{
    std::vector<std::string_view> with_value(required.begin(), required.end());
    with_value.insert(with_value.end(), optional.begin(), optional.end());
    auto options = read(arguments, with_value, {});
    if (!options)
        return options.error();
    const auto refuse = [](std::string detail) {
        return base::fail(base::ErrorKind::invalid, "app.options", std::move(detail));
    };
    for (const auto name : required)
        if (!options->value(name))
            return refuse("--" + std::string(name) + " is missing");
    if (options->words().size() != (word.empty() ? 0U : 1U))
        return refuse(word.empty() ? "no further words expected" : std::string(word) + " expected");
    return options;
}

std::optional<std::string> Options::value(std::string_view name) const
{
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

bool Options::has(std::string_view flag) const
{
    return values_.contains(flag);
}

}  // namespace app
