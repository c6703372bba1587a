#include "platform/clients/token_api.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"

#include <utility>

namespace clients {

namespace {

struct Shown {
    std::string id;
    std::string secret;
};

// RFC 6749 section 5.2.
http::Response refuse(int status, std::string_view error, std::string description)
{
    auto response = http::json(
        json::write(json::Object{{"error", json::Value(error)}, {"error_description", std::move(description)}}
        ),
        status
    );
    response.set("cache-control", "no-store");
    if (status == 401)
        response.set("www-authenticate", "Basic realm=\"schalter\"");
    return response;
}

std::string decoded(std::string_view text)
{
    const auto fields = http::parse_form("x=" + std::string(text));
    return fields.empty() ? std::string() : fields.front().second;
}

// Section 2.3.1: both parts are form-encoded before they are joined.
std::optional<Shown> shown_in_header(const http::Request& request)
{
    const auto header = request.header("authorization").value_or("");
    constexpr std::string_view scheme = "basic ";
    if (base::ascii_lower(header.substr(0, scheme.size())) != scheme)
        return std::nullopt;
    const auto joined = crypto::decode_base64(base::trim(header.substr(scheme.size())));
    if (!joined)
        return Shown{};
    const auto colon = std::min(joined->find(':'), joined->size());
    return Shown{
        decoded(joined->substr(0, colon)),
        decoded(colon < joined->size() ? joined->substr(colon + 1) : ""),
    };
}

http::Response give(Clients& clients, const http::Request& request)
{
    const auto form = request.form();
    const auto field = [&](std::string_view name) {
        return std::string(http::find_field(form, name).value_or(""));
    };
    if (field("grant_type") != "client_credentials")
        return refuse(400, "unsupported_grant_type", "grant_type must be client_credentials");
    const auto shown = shown_in_header(request).value_or(Shown{field("client_id"), field("client_secret")});
    const auto token = clients.issue_token(shown.id, shown.secret, field("scope"));
    if (!token && token.error().kind == base::ErrorKind::forbidden)
        return refuse(401, "invalid_client", "the client is unknown or its secret is wrong");
    if (!token)
        return refuse(400, "invalid_scope", "the client does not have the scope " + token.error().detail);
    return http::json(json::write(json::Object{
                          {"access_token", token->text},
                          {"token_type", "Bearer"},
                          {"expires_in", std::int64_t{token->lifetime.count()}},
                          {"scope", write_scopes(token->scopes)},
                      }))
        .set("cache-control", "no-store");
}

}  // namespace

std::vector<http::Route> token_routes(Clients& clients, std::function<bool(std::string_view address)> may_try)
{
    return {
        {http::Method::post,
         "/oauth/token",
         [&clients, may_try = std::move(may_try)](const http::Request& request) {
             if (!may_try("token " + request.remote_address))
                 return refuse(429, "slow_down", "too many attempts; try again in a minute");
             return give(clients, request);
         }}};
}

std::optional<Client> client_of(const Clients& clients, const http::Request& request)
{
    const auto header = request.header("authorization").value_or("");
    constexpr std::string_view scheme = "bearer ";
    if (base::ascii_lower(header.substr(0, scheme.size())) != scheme)
        return std::nullopt;
    return clients.find(base::trim(header.substr(scheme.size())));
}

}  // namespace clients
