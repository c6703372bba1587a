#include "kit/api/description.hpp"

#include "base/text.hpp"
#include "kit/api/schema_text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace api {

namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view problem_type = "application/problem+json";

json::Value component(std::string_view place)
{
    return json::Object{{"$ref", "#/components/" + std::string(place)}};
}

json::Value content(std::string_view type, json::Value schema)
{
    return json::Object{{std::string(type), json::Object{{"schema", std::move(schema)}}}};
}

std::string_view name_of(In in)
{
    switch (in) {
    case In::path: return "path";
    case In::query: return "query";
    case In::header: return "header";
    }
    return "query";
}

std::string problem_key(const ProblemType& type)
{
    return "api.problem_" + std::string(type.key);
}

std::string scope_key(std::string_view scope)
{
    std::string key = "api.scope_" + std::string(scope);
    std::ranges::replace(key, ':', '_');
    return key;
}

std::set<std::string> scopes_of(const std::vector<Operation>& operations)
{
    std::set<std::string> scopes;
    for (const auto& operation : operations)
        if (!operation.scope.empty())
            scopes.insert(operation.scope);
    return scopes;
}

// In the order in which the operations come.
std::vector<std::string> tags_of(const std::vector<Operation>& operations)
{
    std::vector<std::string> tags;
    for (const auto& operation : operations)
        if (std::ranges::find(tags, operation.tag) == tags.end())
            tags.push_back(operation.tag);
    return tags;
}

class Writer {
public:
    Writer(const Parts& parts, html::Language language) : parts_(parts), language_(language) {}

    json::Value document(const std::vector<Operation>& operations, const Schemas& schemas) const
    {
        return json::Object{
            {"openapi", "3.1.0"},
            {"info",
             json::Object{
                 {"title", text("api.title")},
                 {"description", text("api.description")},
                 {"version", "1.0.0"}}},
            {"servers", json::Array{json::Object{{"url", parts_.public_address + std::string(address)}}}},
            {"tags", tags(operations)},
            {"paths", paths(operations)},
            {"components", components(operations, schemas)},
        };
    }

private:
    std::string text(std::string_view key) const { return parts_.texts.text(language_, key); }

    json::Value schema(const Schema& schema, Members members = Members::may_grow) const
    {
        return schema_text(schema, members, [this](const std::string& key) { return text(key); });
    }

    json::Array tags(const std::vector<Operation>& operations) const
    {
        json::Array tags;
        for (const auto& tag : tags_of(operations))
            tags.emplace_back(json::Object{{"name", tag}, {"description", text("api.tag_" + tag)}});
        return tags;
    }

    json::Object paths(const std::vector<Operation>& operations) const
    {
        json::Object paths;
        for (const auto& operation : operations) {
            auto& path = paths[operation.pattern];
            if (path.if_object() == nullptr)
                path = json::Object{};
            const auto method = base::ascii_lower(http::method_name(operation.method));
            path.if_object()->append(method, this->operation(operation));
        }
        return paths;
    }

    json::Object operation(const Operation& operation) const
    {
        json::Object object{
            {"operationId", operation.id},
            {"tags", json::Array{operation.tag}},
            {"summary", text(operation.sentence)},
            {"parameters", parameters(operation)},
        };
        if (operation.body)
            object.append(
                "requestBody",
                json::Object{
                    {"required", true},
                    {"content", content(json_type, schema(*operation.body, Members::are_all))}}
            );
        object.append("responses", responses(operation));
        json::Array security;
        if (!operation.scope.empty())
            security.emplace_back(json::Object{{"client", json::Array{operation.scope}}});
        object.append("security", std::move(security));
        return object;
    }

    json::Array parameters(const Operation& operation) const
    {
        json::Array parameters;
        for (const auto& parameter : operation.parameters) {
            auto plain = parameter.schema;
            plain.sentence.clear();
            auto written = schema(plain);
            if (!parameter.otherwise.is_null())
                written.if_object()->append("default", parameter.otherwise);
            parameters.emplace_back(json::Object{
                {"name", parameter.name},
                {"in", name_of(parameter.in)},
                {"required", parameter.is_required},
                {"description", text(parameter.schema.sentence)},
                {"schema", std::move(written)}});
        }
        parameters.push_back(component("parameters/AcceptLanguage"));
        if (operation.caching == Caching::by_all)
            parameters.push_back(component("parameters/IfNoneMatch"));
        return parameters;
    }

    json::Object responses(const Operation& operation) const
    {
        std::map<std::string, json::Value> by_status;
        for (const auto& answer : operation.answers) {
            json::Object response{
                {"description", text(answer.sentence)},
                {"content", content(json_type, schema(answer.schema))}};
            if (operation.caching == Caching::by_all)
                response.append("headers", json::Object{{"ETag", component("headers/ETag")}});
            by_status.emplace(std::to_string(answer.status), std::move(response));
        }
        if (operation.caching == Caching::by_all)
            by_status.emplace("304", component("responses/not-modified"));
        for (const auto problem : problems_of(operation)) {
            const auto& type = type_of(problem);
            by_status.emplace(std::to_string(type.status), component("responses/" + std::string(type.name)));
        }
        json::Object responses;
        for (auto& [status, response] : by_status)
            responses.append(status, std::move(response));
        return responses;
    }

    json::Object components(const std::vector<Operation>& operations, const Schemas& named) const
    {
        json::Object schemas;
        for (const auto& [name, one] : named)
            schemas.append(name, schema(one));
        json::Object problems{{"not-modified", json::Object{{"description", text("api.not_modified")}}}};
        for (const auto& type : problem_types())
            problems.append(std::string(type.name), problem(type));
        return {
            {"schemas", std::move(schemas)},
            {"responses", std::move(problems)},
            {"parameters", shared_parameters()},
            {"headers",
             json::Object{
                 {"ETag",
                  json::Object{{"description", text("api.header_etag")}, {"schema", schema(api::text())}}}}},
            {"securitySchemes", json::Object{{"client", security(operations)}}},
        };
    }

    json::Value problem(const ProblemType& type) const
    {
        std::string name(address);
        name += "/problems/";
        name += type.name;
        const json::Object example{
            {"type", name}, {"title", text(problem_key(type))}, {"status", std::int64_t{type.status}}};
        json::Object media{{"schema", component("schemas/Problem")}, {"example", example}};
        return json::Object{
            {"description", text(problem_key(type) + "_explained")},
            {"content", json::Object{{std::string(problem_type), std::move(media)}}}};
    }

    json::Object shared_parameters() const
    {
        const auto header =
            [this](std::string_view name, std::string_view sentence, std::string_view example) {
                return json::Object{
                    {"name", json::Value(name)},
                    {"in", "header"},
                    {"required", false},
                    {"description", text(sentence)},
                    {"schema",
                     json::Object{{"type", "string"}, {"examples", json::Array{json::Value(example)}}}}};
            };
        return {
            {"AcceptLanguage", header("Accept-Language", "api.header_accept_language", "fr")},
            {"IfNoneMatch", header("If-None-Match", "api.header_if_none_match", "W/\"8c1f…\"")},
        };
    }

    json::Value security(const std::vector<Operation>& operations) const
    {
        json::Object scopes;
        for (const auto& scope : scopes_of(operations))
            scopes.append(scope, text(scope_key(scope)));
        json::Object flow{
            {"tokenUrl", parts_.public_address + "/oauth/token"}, {"scopes", std::move(scopes)}};
        return json::Object{
            {"type", "oauth2"},
            {"description", text("api.security")},
            {"flows", json::Object{{"clientCredentials", std::move(flow)}}}};
    }

    const Parts& parts_;
    html::Language language_;
};

void collect(const Schema& schema, Needs& needs)
{
    if (!schema.sentence.empty())
        needs.sentences.push_back(schema.sentence);
    if (schema.kind == Schema::Kind::reference)
        needs.schemas.push_back(schema.name);
    for (const auto& item : schema.item)
        collect(item, needs);
    for (const auto& member : schema.members)
        collect(member.schema, needs);
    for (const auto& other : schema.others)
        collect(other, needs);
}

void collect(const Operation& operation, Needs& needs)
{
    needs.sentences.push_back(operation.sentence);
    needs.sentences.push_back("api.tag_" + operation.tag);
    if (!operation.scope.empty())
        needs.sentences.push_back(scope_key(operation.scope));
    for (const auto& parameter : operation.parameters)
        needs.sentences.push_back(parameter.schema.sentence);
    if (operation.body)
        collect(*operation.body, needs);
    for (const auto& answer : operation.answers) {
        needs.sentences.push_back(answer.sentence);
        collect(answer.schema, needs);
    }
}

}  // namespace

json::Value describe(
    const std::vector<Operation>& operations,
    const Schemas& schemas,
    const Parts& parts,
    html::Language language
)
{
    return Writer(parts, language).document(operations, schemas);
}

Needs needs_of(const std::vector<Operation>& operations, const Schemas& schemas)
{
    Needs needs{{"api.title", "api.description"}, {}};
    for (const auto& operation : operations)
        collect(operation, needs);
    for (const auto& [name, schema] : schemas)
        collect(schema, needs);
    for (const auto& type : problem_types()) {
        needs.sentences.push_back(problem_key(type));
        needs.sentences.push_back(problem_key(type) + "_explained");
    }
    return needs;
}

}  // namespace api
