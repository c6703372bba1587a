#include "kit/api/operation.hpp"

#include <algorithm>
#include <set>

namespace api {

Parameter in_path(std::string_view name, Schema schema)
{
    return {In::path, std::string(name), std::move(schema), /*is_required=*/true};
}

Parameter in_query(std::string_view name, Schema schema, json::Value otherwise)
{
    return {In::query, std::string(name), std::move(schema), /*is_required=*/false, std::move(otherwise)};
}

bool Caller::may(std::string_view scope) const
{
    return std::ranges::find(scopes, scope) != scopes.end();
}

std::string_view Call::text(std::string_view parameter) const
{
    const auto* value = parameters.find(parameter);
    return value == nullptr ? std::string_view() : value->string_or();
}

std::optional<std::int64_t> Call::integer(std::string_view parameter) const
{
    const auto* value = parameters.find(parameter);
    return value == nullptr ? std::nullopt : value->integer();
}

bool Call::is_true(std::string_view parameter) const
{
    const auto* value = parameters.find(parameter);
    return value != nullptr && value->if_bool() != nullptr && *value->if_bool();
}

std::vector<Problem> problems_of(const Operation& operation)
{
    std::set<Problem> all(operation.problems.begin(), operation.problems.end());
    if (!operation.scope.empty())
        all.insert({Problem::unauthorized, Problem::forbidden});
    if (operation.body)
        all.insert({Problem::malformed, Problem::unsupported_media});
    all.insert({Problem::invalid, Problem::our_fault});  // an unknown query parameter is invalid everywhere
    return {all.begin(), all.end()};
}

}  // namespace api
