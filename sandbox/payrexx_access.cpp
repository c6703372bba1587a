#include "sandbox/payrexx_access.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"

#include <charconv>

namespace sandbox {

namespace {

constexpr std::size_t calls_allowed = 600;
constexpr std::chrono::minutes firewall_window{5};
constexpr int method_refusals = 20;  // so many 405 before the 403 come

template <class Integer>
bool read_integer(std::string_view text, Integer& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

http::Response firewall_answer(PayrexxInstance& instance)
{
    const bool is_early = ++instance.refused_calls <= method_refusals;
    return http::html("<html><body>Request blocked.</body></html>", is_early ? 405 : 403);
}

// What was signed: the parameters in the order sent, without the instance and the signature itself.
std::string signed_text(std::string_view parameters)
{
    std::vector<std::string> kept;
    for (const auto part : base::split(parameters, '&'))
        if (!part.empty() && !part.starts_with("instance=") && !part.starts_with("ApiSignature="))
            kept.emplace_back(part);
    return base::join(kept, "&");
}

}  // namespace

std::optional<PayrexxPath> parse_payrexx_path(std::string_view path)
{
    constexpr std::string_view version = "/v1.";
    if (!path.starts_with(version))
        return std::nullopt;
    const auto parts = base::split(path.substr(version.size()), '/');
    PayrexxPath parsed;
    if (parts.size() < 2 || !read_integer(parts[0], parsed.minor_version))
        return std::nullopt;
    parsed.model = parts[1];
    if (parts.size() > 2 && !parts[2].empty() && !read_integer(parts[2], parsed.id))
        parsed.id = -1;
    if (parts.size() > 3)
        parsed.act = parts[3];
    return parsed;
}

std::optional<http::Response> stop_at_firewall(base::Instant now, PayrexxInstance* instance)
{
    if (instance == nullptr)
        return std::nullopt;
    if (instance->switches.api == "down")
        return http::text("Service Unavailable", 503);
    if (instance->switches.api == "blocked")
        return firewall_answer(*instance);
    auto& calls = instance->calls;
    while (!calls.empty() && calls.front() <= now - firewall_window)
        calls.pop_front();
    if (calls.size() >= calls_allowed)
        return firewall_answer(*instance);
    calls.push_back(now);
    instance->refused_calls = 0;
    return std::nullopt;
}

bool may_call(const PayrexxInstance& instance, const http::Request& request)
{
    if (const auto key = request.header("x-api-key"))
        return crypto::equal_in_constant_time(*key, instance.api_key);
    const auto question = request.target.find('?');
    const std::string_view query = question == std::string::npos
                                       ? std::string_view()
                                       : std::string_view(request.target).substr(question + 1);
    const std::string_view parameters = request.body.empty() ? query : std::string_view(request.body);
    const http::Fields fields = http::parse_form(parameters);
    const auto signature = http::find_field(fields, "ApiSignature");
    return signature && crypto::equal_in_constant_time(
                            *signature, crypto::hmac_sha256_base64(instance.api_key, signed_text(parameters))
                        );
}

http::Response payrexx_error(int minor_version, int status, std::string_view message)
{
    const json::Object body{{"status", "error"}, {"message", message}, {"reason", ""}};
    return http::json(json::write(body), minor_version >= 15 ? status : 200);
}

}  // namespace sandbox
