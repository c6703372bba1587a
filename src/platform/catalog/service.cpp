#include "platform/catalog/service.hpp"

#include <utility>

namespace catalog {

namespace {

constexpr std::pair<Level, std::string_view> levels[] = {
    {Level::municipality, "municipality"},
    {Level::canton, "canton"},
    {Level::confederation, "confederation"},
};

constexpr std::pair<Basis, std::string_view> bases[] = {
    {Basis::checked, "checked"},
    {Basis::example, "example"},
    {Basis::general_practice, "general_practice"},
};

}  // namespace

std::string_view name_of(Level level)
{
    return std::ranges::find(levels, level, &std::pair<Level, std::string_view>::first)->second;
}

std::optional<Level> parse_level(std::string_view name)
{
    const auto* found = std::ranges::find(levels, name, &std::pair<Level, std::string_view>::second);
    return found == std::end(levels) ? std::nullopt : std::optional(found->first);
}

std::string_view name_of(Basis basis)
{
    return std::ranges::find(bases, basis, &std::pair<Basis, std::string_view>::first)->second;
}

std::optional<Basis> parse_basis(std::string_view name)
{
    const auto* found = std::ranges::find(bases, name, &std::pair<Basis, std::string_view>::second);
    return found == std::end(bases) ? std::nullopt : std::optional(found->first);
}

}  // namespace catalog
