#include "kit/api/interface.hpp"

#include "kit/api/call_reader.hpp"
#include "kit/api/description.hpp"
#include "kit/api/values.hpp"

#include <algorithm>
#include <stdexcept>

namespace api {

namespace {

// RFC 6750 section 3.
std::string challenge(std::string_view scope, bool has_token)
{
    if (!has_token)
        return "Bearer";
    return "Bearer error=\"insufficient_scope\", scope=\"" + std::string(scope) + "\"";
}

Schema problem_schema()
{
    return object({
        required("type", text().explained("api.problem_type").like("/api/v1/problems/invalid")),
        required("title", text()),
        required("status", integer().at_least(400).at_most(599)),
        optional("detail", text()),
        optional("incident", text().explained("api.problem_incident")),
        optional("errors", list_of(reference("Finding"))),
    });
}

Schema finding_schema()
{
    return object({
        optional("pointer", text().explained("api.finding_pointer").like("/answers/person.last_name")),
        optional("parameter", text().explained("api.finding_parameter")),
        required("code", text().explained("api.finding_code").like("required")),
        required("detail", text()),
    });
}

}  // namespace

Interface::Interface(Parts parts, std::vector<Slice> slices) : parts_(std::move(parts))
{
    for (auto& slice : slices)
        add(std::move(slice));
    add_own_operations();
    require_whole();
    for (const auto language : html::all_languages)
        descriptions_[static_cast<std::size_t>(language)] = describe(operations_, schemas_, parts_, language);
}

void Interface::add(Slice slice)
{
    for (auto& operation : slice.operations) {
        if (std::ranges::find(operations_, operation.id, &Operation::id) != operations_.end())
            throw std::logic_error("two operations are called " + operation.id);
        operations_.push_back(std::move(operation));
    }
    for (auto& [name, schema] : slice.schemas)
        if (!schemas_.emplace(name, std::move(schema)).second)
            throw std::logic_error("two schemas are called " + name);
}

void Interface::add_own_operations()
{
    Slice own;
    own.schemas = {{"Money", money_schema()}, {"Problem", problem_schema()}, {"Finding", finding_schema()}};
    own.schemas.emplace(
        "ProblemType",
        object(
            {required("type", text()),
             required("title", text()),
             required("status", integer()),
             required("detail", text())}
        )
    );
    own.operations.push_back({
        .pattern = "/openapi.json",
        .id = "readDescription",
        .tag = "description",
        .sentence = "api.read_description",
        .answers = {{200, "api.the_description", map_of(anything())}},
        .caching = Caching::by_all,
        .work = [this](const Call& call) -> Outcome { return Answer{description(call.language)}; },
    });
    std::vector<std::string> names;
    for (const auto& type : problem_types())
        names.emplace_back(type.name);
    own.operations.push_back({
        .pattern = "/problems/{problem}",
        .id = "readProblemType",
        .tag = "description",
        .sentence = "api.read_problem_type",
        .parameters = {in_path("problem", one_of(std::move(names)).explained("api.parameter_problem"))},
        .answers = {{200, "api.the_problem_type", reference("ProblemType")}},
        .caching = Caching::by_all,
        .work = [this](const Call& call) -> Outcome {
            const auto& type = *std::ranges::find(problem_types(), call.text("problem"), &ProblemType::name);
            const std::string key = "api.problem_" + std::string(type.key);
            return Answer{json::Object{
                {"type", call.request.path},
                {"title", parts_.texts.text(call.language, key)},
                {"status", std::int64_t{type.status}},
                {"detail", parts_.texts.text(call.language, key + "_explained")}}};
        },
    });
    add(std::move(own));
}

void Interface::require_whole() const
{
    const auto needs = needs_of(operations_, schemas_);
    for (const auto& key : needs.sentences)
        if (parts_.texts.find(html::Language::de, key) == nullptr)
            throw std::logic_error("the interface needs the text " + key);
    for (const auto& name : needs.schemas)
        if (!schemas_.contains(name))
            throw std::logic_error("the interface needs the schema " + name);
}

std::vector<http::Route> Interface::routes() const
{
    std::vector<http::Route> routes;
    for (const auto& operation : operations_)
        routes.push_back(
            {operation.method,
             std::string(address) + operation.pattern,
             [this, &operation](const http::Request& request) { return answer(operation, request); }}
        );
    return routes;
}

const json::Value& Interface::description(html::Language language) const
{
    return descriptions_[static_cast<std::size_t>(language)];
}

http::Response Interface::refuse(const http::Request& request, const Refusal& refusal) const
{
    return problem_response(parts_.texts, parts_.language_of(request), refusal);
}

http::Response Interface::answer(const Operation& operation, const http::Request& request) const
{
    const auto language = parts_.language_of(request);
    auto outcome = perform(operation, request, language);
    if (const auto* error = std::get_if<base::Error>(&outcome))
        outcome = refusal_of(*error);
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        auto response = problem_response(parts_.texts, language, *refusal);
        if (refusal->problem == Problem::unauthorized)
            response.set("www-authenticate", challenge(operation.scope, /*has_token=*/false));
        if (refusal->problem == Problem::forbidden && refusal->sentence == "api.scope_missing")
            response.set("www-authenticate", challenge(operation.scope, /*has_token=*/true));
        return response;
    }
    auto& answer = std::get<Answer>(outcome);
    auto response = http::json(json::write(answer.body), answer.status);
    for (auto& [name, value] : answer.headers)
        response.set(name, std::move(value));
    response.set("content-language", std::string(html::code_of(language)));
    // The server adds ETag and 304 to what anybody may keep.
    const bool is_public = operation.caching == Caching::by_all && answer.status == 200;
    response.set("cache-control", is_public ? "public, no-cache" : "no-store");
    if (is_public)
        response.add("vary", "cookie, accept-language");
    return response;
}

Outcome
Interface::perform(const Operation& operation, const http::Request& request, html::Language language) const
{
    std::optional<Caller> caller;
    if (!operation.scope.empty()) {
        caller = parts_.caller_of(request);
        if (!caller)
            return Refusal{.problem = Problem::unauthorized, .sentence = "api.token_missing"};
        if (!caller->may(operation.scope))
            return Refusal{
                .problem = Problem::forbidden,
                .sentence = "api.scope_missing",
                .arguments = {{"scope", operation.scope}}};
    }
    auto read = read_call(operation, request, std::move(caller), {parts_.texts, schemas_, language});
    if (auto* refusal = std::get_if<Refusal>(&read))
        return std::move(*refusal);
    return operation.work(std::get<Call>(read));
}

}  // namespace api
