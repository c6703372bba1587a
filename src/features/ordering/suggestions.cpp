#include "features/ordering/suggestions.hpp"

#include "base/text.hpp"
#include "kit/json/json.hpp"

namespace ordering {

namespace {

constexpr std::size_t most = 7;
constexpr std::size_t longest_query = 100;

// Why a municipality is suggested, when its name does not say so itself.
std::string hint_of(const tenancy::Match& match)
{
    if (match.former != nullptr)
        return match.former->name;
    if (match.locality != nullptr)
        return match.locality->postal_code + " " + match.locality->name;
    return {};
}

}  // namespace

http::Response
suggest_municipalities(const tenancy::Municipalities& municipalities, const http::Request& request)
{
    const auto query = base::trim(request.query_value("q").value_or(""));
    json::Array results;
    if (!query.empty() && query.size() <= longest_query && base::is_valid_utf8(query)) {
        for (const auto& match : municipalities.search(query, most)) {
            json::Object suggestion{{"text", match.municipality->name}};
            if (const auto hint = hint_of(match); !hint.empty())
                suggestion.append("hint", hint);
            results.emplace_back(std::move(suggestion));
        }
    }
    auto response = http::json(json::write(json::Object{{"results", std::move(results)}}));
    response.set("cache-control", "public, max-age=300");
    return response;
}

}  // namespace ordering
