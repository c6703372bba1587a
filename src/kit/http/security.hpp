#pragma once

#include "kit/http/response.hpp"

#include <string>
#include <vector>

namespace http {

// What pages of one kind may do in a browser beyond the strictest: our own scripts, styles, pictures, fonts
// and addresses only, in no frame (W3C Content Security Policy Level 3).
struct PagePolicy {
    std::vector<std::string> form_targets;     // origins besides our own that a form may lead to
    std::vector<std::string> frame_ancestors;  // origins that may show the page in a frame
    bool allows_inline_styles = false;         // the modellers write style attributes
};

std::string content_security_policy(const PagePolicy& policy);

// The headers that tell browsers to keep to the policy, made once. What a handler has set already stays.
class SecurityHeaders {
public:
    explicit SecurityHeaders(const PagePolicy& policy);

    // Strict-Transport-Security (RFC 6797) only where the client came by TLS: on http://localhost it would
    // lock the developer out.
    void add_to(Response& response, bool is_secure) const;

private:
    Fields headers_;
};

}  // namespace http
