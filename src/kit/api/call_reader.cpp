#include "kit/api/call_reader.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace api {

namespace {

using Findings = std::vector<Finding>;

const http::Fields& fields_of(const http::Request& request, In in)
{
    if (in == In::path)
        return request.route;
    return in == In::query ? request.query : request.headers;
}

// A text that is no number or no boolean stays one: the schema says what is wrong with it.
json::Value value_of(std::string_view text, const Schema& schema)
{
    if (schema.kind == Schema::Kind::boolean && (text == "true" || text == "false"))
        return text == "true";
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (schema.kind == Schema::Kind::integer && error == std::errc() && stop == text.data() + text.size())
        return number;
    return text;
}

class Reader {
public:
    Reader(const http::Request& request, const Reading& reading) : request_(request), reading_(reading) {}

    json::Object parameters(const Operation& operation)
    {
        json::Object values;
        for (const auto& parameter : operation.parameters) {
            const auto sent = http::find_field(fields_of(request_, parameter.in), parameter.name);
            if (sent)
                take(parameter, *sent, values);
            else if (parameter.is_required)
                note(parameter.name, "required");
            else if (!parameter.otherwise.is_null())
                values.append(parameter.name, parameter.otherwise);
        }
        for (std::size_t index = 0; index < request_.query.size(); ++index)
            look_at_name(operation, index);
        return values;
    }

    void check_body(const json::Value& body, const Schema& schema)
    {
        for (const auto& fault : check(body, schema, reading_.schemas))
            findings.push_back({fault.pointer, {}, fault.rule, sentence(fault.rule, fault.arguments)});
    }

    Findings findings;

private:
    void take(const Parameter& parameter, std::string_view sent, json::Object& values)
    {
        if (!base::is_valid_utf8(sent))
            return note(parameter.name, "characters");
        auto value = value_of(sent, parameter.schema);
        for (const auto& fault : check(value, parameter.schema, reading_.schemas))
            note(parameter.name, fault.rule, fault.arguments);
        values.append(parameter.name, std::move(value));
    }

    // A name of the query that the operation does not know, or that stands there twice, is better refused
    // than overlooked.
    void look_at_name(const Operation& operation, std::size_t index)
    {
        const auto& name = request_.query[index].first;
        const bool is_known = std::ranges::any_of(operation.parameters, [&](const Parameter& parameter) {
            return parameter.in == In::query && parameter.name == name;
        });
        const auto shown = base::is_valid_utf8(name) ? name.substr(0, longest_name) : std::string();
        const auto first =
            std::ranges::find(request_.query, name, &std::pair<std::string, std::string>::first);
        if (!is_known)
            note(shown, "unknown_parameter");
        else if (first - request_.query.begin() != static_cast<std::ptrdiff_t>(index))
            note(shown, "given_twice");
    }

    void note(std::string parameter, const std::string& rule, const html::Arguments& arguments = {})
    {
        findings.push_back({{}, std::move(parameter), rule, sentence(rule, arguments)});
    }

    std::string sentence(const std::string& rule, const html::Arguments& arguments) const
    {
        return reading_.texts.text(reading_.language, "api.rule_" + rule, arguments);
    }

    static constexpr std::size_t longest_name = 100;
    const http::Request& request_;
    const Reading& reading_;
};

bool is_json(std::string_view content_type)
{
    const auto end = std::min(content_type.find(';'), content_type.size());
    return base::equals_ignoring_ascii_case(base::trim(content_type.substr(0, end)), "application/json");
}

}  // namespace

std::variant<Call, Refusal> read_call(
    const Operation& operation,
    const http::Request& request,
    std::optional<Caller> caller,
    const Reading& reading
)
{
    Reader reader(request, reading);
    Call call{request, reading.language, std::move(caller), reader.parameters(operation), {}};
    if (operation.body) {
        if (!is_json(request.header("content-type").value_or("")))
            return Refusal{.problem = Problem::unsupported_media, .sentence = "api.wants_json"};
        auto parsed = json::parse(request.body);
        if (!parsed)
            return Refusal{
                .problem = Problem::malformed,
                .sentence = "api.no_json",
                .arguments = {{"where", parsed.error().detail}}};
        reader.check_body(*parsed, *operation.body);
        call.body = std::move(*parsed);
    }
    if (!reader.findings.empty())
        return Refusal{.problem = Problem::invalid, .findings = std::move(reader.findings)};
    return call;
}

}  // namespace api
