#include "platform/identity/doorkeeper.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/html/accepted_language.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/identity/sessions.hpp"

#include <algorithm>

namespace identity {

namespace {

constexpr long a_year_in_seconds = 365L * 24 * 3600;

bool changes_something(http::Method method)
{
    return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

// A token we made ourselves: 26 signs of base 32. Anything else in the cookie is replaced.
bool is_well_formed(std::string_view visitor)
{
    return visitor.size() == 26 && std::ranges::all_of(visitor, [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z');
           });
}

}  // namespace

html::Language preferred_language(const http::Request& request)
{
    if (const auto wanted = request.query_value("lang"))
        if (const auto language = html::parse_language(*wanted))
            return *language;
    if (const auto remembered = read_cookie(request, language_cookie))
        if (const auto language = html::parse_language(*remembered))
            return *language;
    return html::accepted_language(request.header("accept-language").value_or(""))
        .value_or(html::Language::de);
}

Doorkeeper::Doorkeeper(
    Sessions& sessions,
    const base::Clock& clock,
    base::Random& random,
    std::string csrf_key,
    Refusals refusals
)
    : sessions_(sessions), clock_(clock), random_(random), csrf_key_(std::move(csrf_key)),
      refusals_(std::move(refusals))
{
}

http::Handler Doorkeeper::anonymous(PageHandler page) const
{
    return [this, page, personal = open(page)](const http::Request& request) {
        if (request.query_value("lang") || read_cookie(request, session_cookie))
            return personal(request);
        Visit visit;
        visit.now = clock_.now();
        visit.is_secure = request.is_secure;
        visit.language = preferred_language(request);
        auto response = page(request, visit);
        response.set("cache-control", response.status == 200 ? "public, no-cache" : "no-store");
        return response.add("vary", "cookie, accept-language");
    };
}

http::Handler Doorkeeper::open(PageHandler page) const
{
    return [this, page = std::move(page)](const http::Request& request) {
        Visit visit;
        visit.now = clock_.now();
        visit.is_secure = request.is_secure;
        visit.language = preferred_language(request);
        const auto visitor = read_cookie(request, visitor_cookie);
        const bool is_known = visitor && is_well_formed(*visitor);
        visit.visitor = is_known ? std::string(*visitor) : base::random_id(random_);
        visit.csrf_token = crypto::hmac_sha256_hex(csrf_key_, visit.visitor);
        if (const auto token = read_cookie(request, session_cookie))
            visit.session = sessions_.find(*token);

        http::Response response = answer(page, request, visit);
        if (!is_known)
            http::set_cookie(
                response, {std::string(visitor_cookie), visit.visitor, a_year_in_seconds}, visit.is_secure
            );
        if (request.query_value("lang"))
            http::set_cookie(
                response,
                {std::string(language_cookie), std::string(html::code_of(visit.language)), a_year_in_seconds},
                visit.is_secure
            );
        if (!http::find_field(response.headers, "cache-control"))
            response.set("cache-control", "no-store");
        return response;
    };
}

http::Response
Doorkeeper::answer(const PageHandler& page, const http::Request& request, const Visit& visit) const
{
    if (!changes_something(request.method))
        return page(request, visit);
    const auto form = request.form();
    const auto token = http::find_field(form, "csrf");
    if (!token || !crypto::equal_in_constant_time(*token, visit.csrf_token))
        return refusals_.expired(request, visit);
    return page(request, visit);
}

http::Handler Doorkeeper::resident(PageHandler page) const
{
    return open([page = std::move(page)](const http::Request& request, const Visit& visit) {
        if (!visit.session || visit.session->kind != SessionKind::resident)
            return http::see_other("/konto/anmelden?weiter=" + http::percent_encode(request.target));
        return page(request, visit);
    });
}

http::Handler Doorkeeper::staff(PageHandler page, Role needed) const
{
    return open([this, page = std::move(page), needed](const http::Request& request, const Visit& visit) {
        if (!visit.session || visit.session->kind != SessionKind::staff)
            return http::see_other("/schalter/anmelden?weiter=" + http::percent_encode(request.target));
        if (std::ranges::find(visit.session->roles, needed) == visit.session->roles.end())
            return refusals_.forbidden(request, visit);
        return page(request, visit);
    });
}

}  // namespace identity
