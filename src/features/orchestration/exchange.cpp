#include "features/orchestration/exchange.hpp"

#include "base/date.hpp"
#include "platform/clients/token_api.hpp"
#include "platform/identity/cookies.hpp"

namespace orchestration {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

int status_of(const base::Error& error)
{
    if (error.message_key == "runtime.too_large")
        return 413;
    if (error.message_key == "orchestration.timeout")
        return 504;
    switch (error.kind) {
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::unavailable: return 503;
    default: return 400;
    }
}

bool has_json(const http::Request& request)
{
    return !request.body.empty() &&
           !request.header("content-type").value_or("").starts_with("multipart/form-data");
}

// Nothing, and the answer, when the client may not make this call.
std::optional<http::Response> refusal(
    const Parts& parts,
    const http::Request& request,
    const Operation& operation,
    const clients::Client& client
)
{
    const bool is_for_some_jobs =
        operation.scope == "jobs" && std::ranges::any_of(client.scopes, [](const std::string& scope) {
            return scope.starts_with("jobs:");
        });
    if (operation.scope.empty() || client.may(operation.scope) || is_for_some_jobs)
        return std::nullopt;
    return problem(parts.texts, request, 403, "the client needs the scope " + operation.scope);
}

http::Response answer(const Parts& parts, const Operation& operation, const http::Request& request)
{
    const auto client = clients::client_of(parts.clients, request);
    if (!client)
        return problem(parts.texts, request, 401, "ask /oauth/token for a token")
            .set("www-authenticate", "Bearer");
    if (auto refused = refusal(parts, request, operation, *client))
        return std::move(*refused);
    json::Value body{json::Object{}};
    if (has_json(request)) {
        auto parsed = json::parse(request.body);
        if (!parsed || !parsed->if_object())
            return problem(
                parts.texts, request, 400, parsed ? "the body must be a JSON object" : parsed.error().detail
            );
        body = std::move(*parsed);
    }
    const auto tenant = tenant_named(body.text_of("tenantId"), *client);
    if (!tenant)
        return problem(parts.texts, request, 403, tenant.error().detail);
    return respond(parts, request, operation.work(parts, Call{request, *client, *tenant, std::move(body)}));
}

}  // namespace

http::Handler handler(const Parts& parts, const Operation& operation)
{
    return [parts, operation](const http::Request& request) {
        return answer(parts, operation, request).set("cache-control", "no-store");
    };
}

http::Response respond(const Parts& parts, const http::Request& request, Answer answer)
{
    auto response = answer ? std::move(*answer)
                           : problem(parts.texts, request, status_of(answer.error()), answer.error().detail);
    return response.set("cache-control", "no-store");
}

http::Response problem(const html::Texts& texts, const http::Request& request, int status, std::string detail)
{
    const auto title =
        texts.text(identity::preferred_language(request), "orchestration." + std::to_string(status));
    json::Object body{
        {"type", "about:blank"},
        {"title", title},
        {"status", std::int64_t{status}},
        {"instance", request.path},
    };
    if (!detail.empty())
        body.append("detail", json::Value(std::move(detail)));
    return http::json(json::write(std::move(body)), status).set("content-type", "application/problem+json");
}

Answer in_transaction(
    const Parts& parts, const base::TenantId& tenant, const std::function<Answer(sql::Transaction&)>& work
)
{
    struct Refused {};  // leaves the transaction without its commit
    std::optional<Answer> answer;
    try {
        parts.database.write(tenant, [&](sql::Transaction& transaction) {
            answer.emplace(work(transaction));
            if (!*answer)
                throw Refused{};
        });
    } catch (const Refused&) {
    }
    return std::move(*answer);
}

Answer change(
    const Parts& parts,
    const Call& call,
    const std::function<base::Result<>(sql::Transaction&)>& make,
    std::string_view what
)
{
    return in_transaction(parts, call.tenant, [&](sql::Transaction& transaction) -> Answer {
        const auto made = make(transaction);
        if (!made && made.error().kind == ErrorKind::not_found && !what.empty())
            return unknown(std::string(what) + " " + call.key("key"));
        if (!made)
            return made.error();
        return http::empty(204);
    });
}

runtime::Variables chosen(const runtime::Variables& all, const json::Value* names)
{
    if (!names || !names->if_array() || names->if_array()->empty())
        return all;
    runtime::Variables wanted;
    for (const auto& name : *names->if_array())
        if (const auto* value = all.find(name.string_or()))
            wanted.set(name.string_or(), *value);
    return wanted;
}

Result<base::TenantId> tenant_named(std::string_view name, const clients::Client& client)
{
    constexpr std::string_view own = "<default>";  // how clients name the only tenant they know
    if (name.empty() || name == own)
        return client.tenant;
    base::TenantId tenant{std::string(name)};
    if (!client.serves(tenant))
        return fail(ErrorKind::forbidden, "orchestration.other_tenant", "not for tenant " + tenant.text);
    return tenant;
}

base::Error wrong(std::string detail)
{
    return fail(ErrorKind::invalid, "orchestration.wrong", std::move(detail));
}

base::Error unknown(std::string what)
{
    return fail(ErrorKind::not_found, "orchestration.unknown", "there is no " + std::move(what));
}

Result<runtime::Variables> variables_of(const json::Value& body, std::string_view member)
{
    const auto* found = body.find(member);
    if (!found || found->is_null())
        return runtime::Variables();
    if (!found->if_object())
        return wrong(std::string(member) + " must be an object");
    return *feel::from_json(*found).if_context();
}

json::Value json_of(const runtime::Variables& variables)
{
    return feel::to_json(feel::Value(variables));
}

json::Value or_null(const std::string& text)
{
    return text.empty() ? json::Value() : json::Value(text);
}

json::Value instant_or_null(const std::optional<base::Instant>& instant)
{
    return instant ? json::Value(base::format_instant(*instant)) : json::Value();
}

json::Array list_of(const json::Value& body, std::string_view member)
{
    const auto* found = body.find(member);
    return found && found->if_array() ? *found->if_array() : json::Array{};
}

std::int64_t number_of(const json::Value& body, std::string_view member, std::int64_t otherwise)
{
    const auto* found = body.find(member);
    return found ? found->integer().value_or(otherwise) : otherwise;
}

http::Response json_response(json::Object body)
{
    return http::json(json::write(std::move(body)));
}

}  // namespace orchestration
