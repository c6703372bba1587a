#include "features/orchestration/exchange.hpp"

#include "base/date.hpp"
#include "platform/clients/token_api.hpp"
#include "platform/identity/cookies.hpp"

namespace orchestration {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t longest_page = 10'000;

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
    auto answered = operation.work(parts, Call{request, *client, *tenant, std::move(body)});
    if (!answered)
        return problem(parts.texts, request, status_of(answered.error()), answered.error().detail);
    return std::move(*answered);
}

}  // namespace

http::Handler handler(const Parts& parts, const Operation& operation)
{
    return [parts, operation](const http::Request& request) {
        auto response = answer(parts, operation, request);
        return response.set("cache-control", "no-store");
    };
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

std::chrono::milliseconds patience_of(const json::Value& body)
{
    using std::chrono::milliseconds;
    constexpr milliseconds usual = std::chrono::seconds(10);  // when the client does not say
    constexpr milliseconds longest = std::chrono::minutes(1);
    const auto* asked = body.find("requestTimeout");
    const milliseconds wanted(asked ? asked->integer().value_or(0) : 0);
    if (wanted < milliseconds(0))
        return milliseconds(0);
    return wanted == milliseconds(0) ? usual : std::min(wanted, longest);
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

Filter::Filter(const json::Value& body)
{
    const auto* filter = body.find("filter");
    if (const auto* fields = filter ? filter->if_object() : nullptr)
        fields_ = *fields;
    fields_.erase("tenantId");  // whom the call is for
}

std::string Filter::text(std::string_view field)
{
    json::Value wanted = take(field);
    if (const auto* conditions = wanted.if_object()) {
        const auto* equal = conditions->find("$eq");
        if (!equal || conditions->size() != 1) {
            note("filter." + std::string(field) + ": only $eq is supported");
            return {};
        }
        wanted = json::Value(*equal);
    }
    if (const auto* text = wanted.if_string())
        return *text;
    if (const auto* number = wanted.if_number())
        return number->text;
    if (!wanted.is_null())
        note("filter." + std::string(field) + " must be a text or a number");
    return {};
}

bool Filter::is_true(std::string_view field)
{
    const json::Value wanted = take(field);
    return wanted.if_bool() && *wanted.if_bool();
}

Result<> Filter::all_taken() const
{
    if (!problem_.empty())
        return wrong(problem_);
    if (!fields_.empty())
        return wrong("filter." + fields_.begin()->first + " is not supported");
    return base::Done{};
}

json::Value Filter::take(std::string_view field)
{
    const auto* found = fields_.find(field);
    json::Value value = found ? *found : json::Value();
    fields_.erase(field);
    return value;
}

void Filter::note(std::string problem)
{
    if (problem_.empty())
        problem_ = std::move(problem);
}

Result<Page> page_of(const json::Value& body)
{
    Page page;
    const auto* asked = body.find("page");
    if (!asked)
        return page;
    if (asked->find("after") || asked->find("before"))
        return wrong("page: only from and limit are supported");
    const auto from = asked->find("from") ? asked->find("from")->integer() : 0;
    const auto limit = asked->find("limit") ? asked->find("limit")->integer() : 100;
    if (!from || !limit || *from < 0 || *limit < 1 || *limit > static_cast<std::int64_t>(longest_page))
        return wrong("page: from must be 0 or more, limit from 1 to 10,000");
    return Page{static_cast<std::size_t>(*from), static_cast<std::size_t>(*limit)};
}

http::Response page_response(json::Array items, std::int64_t total)
{
    return json_response({
        {"items", std::move(items)},
        {"page",
         json::Object{
             {"totalItems", total},
             {"hasMoreTotalItems", false},
             {"startCursor", nullptr},
             {"endCursor", nullptr}}},
    });
}

http::Response json_response(json::Object body)
{
    return http::json(json::write(std::move(body)));
}

}  // namespace orchestration
