#include "kit/api/values.hpp"

namespace api {

namespace {

constexpr std::int64_t usual_page = 50;
constexpr std::int64_t longest_page = 200;
constexpr std::int64_t longest_cursor = 200;

}  // namespace

Schema money_schema()
{
    return object({
        required("minorUnits", integer().explained("api.money_minor_units").like(2500)),
        required("currency", text().matching("[A-Z]{3}").explained("api.money_currency").like("CHF")),
    });
}

json::Value json_of(const base::Money& money)
{
    return json::Object{{"minorUnits", money.minor}, {"currency", money.currency}};
}

json::Value json_of(const std::optional<base::Instant>& instant)
{
    return instant ? json::Value(base::format_instant(*instant)) : json::Value();
}

json::Value text_or_null(const std::string& text)
{
    return text.empty() ? json::Value() : json::Value(text);
}

json::Value json_of(const std::vector<std::string>& texts)
{
    return json::Array(texts.begin(), texts.end());
}

std::vector<Parameter> page_parameters()
{
    return {
        in_query(
            "limit",
            integer().at_least(1).at_most(longest_page).explained("api.parameter_limit"),
            json::Value(usual_page)
        ),
        in_query("cursor", text().at_least(1).at_most(longest_cursor).explained("api.parameter_cursor")),
    };
}

Schema page_of(std::string_view item)
{
    return object({
        required("items", list_of(reference(item))),
        required("next", text().or_null().explained("api.page_next")),
    });
}

Page page_of(const Call& call)
{
    return {
        static_cast<std::size_t>(call.integer("limit").value_or(usual_page)),
        std::string(call.text("cursor"))};
}

Answer page_answer(json::Array items, std::string next)
{
    return {json::Object{{"items", std::move(items)}, {"next", text_or_null(next)}}};
}

Refusal unknown_cursor(const html::Texts& texts, html::Language language)
{
    Finding finding{{}, "cursor", "unknown_cursor", texts.text(language, "api.rule_unknown_cursor")};
    return {.problem = Problem::invalid, .findings = {std::move(finding)}};
}

}  // namespace api
