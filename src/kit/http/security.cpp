#include "kit/http/security.hpp"

#include "base/text.hpp"

namespace http {

std::string content_security_policy(const PagePolicy& policy)
{
    const std::string form_targets =
        policy.form_targets.empty() ? "" : " " + base::join(policy.form_targets, " ");
    const std::string ancestors =
        policy.frame_ancestors.empty() ? "'none'" : base::join(policy.frame_ancestors, " ");
    std::string text = "default-src 'none'; script-src 'self'; style-src 'self'";
    text += policy.allows_inline_styles ? " 'unsafe-inline'" : "";
    text += "; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'";
    text += "; form-action 'self'" + form_targets;
    text += "; base-uri 'none'; frame-ancestors " + ancestors;
    return text;
}

SecurityHeaders::SecurityHeaders(const PagePolicy& policy)
    : headers_{
          {"content-security-policy", content_security_policy(policy)},
          {"referrer-policy", "same-origin"},
          {"x-content-type-options", "nosniff"},
          {"permissions-policy",
           "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"},
          {"cross-origin-opener-policy", "same-origin"},
      }
{
}

void SecurityHeaders::add_to(Response& response, bool is_secure) const
{
    for (const auto& [name, value] : headers_)
        if (!find_field(response.headers, name))
            response.add(name, value);
    if (is_secure && !find_field(response.headers, "strict-transport-security"))
        response.add("strict-transport-security", "max-age=31536000");
}

}  // namespace http
