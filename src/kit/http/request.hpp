#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

enum class Method { get, head, post, put, patch, delete_, options };
std::string_view method_name(Method method);  // "GET"

using Fields = std::vector<std::pair<std::string, std::string>>;  // in order, names may repeat

// One request as handlers see it: plain values, everything decoded once at the edge.
struct Request {
    Method method = Method::get;
    std::string target;  // as sent: "/konto?seite=2"
    std::string path;    // decoded, no query, no trailing slash except "/" itself
    Fields query;        // decoded
    Fields headers;      // names in lower case
    std::string body;
    std::string remote_address;  // the client's, after trusted proxies
    bool is_secure = false;      // TLS, or said so by a trusted proxy
    Fields route;                // what `{name}` parts of the route matched, decoded
    std::string pattern;         // of the route that matched: "/konto/vorgang/{id}"; empty when none did
    std::string trace_id;  // ties together what it causes (W3C Trace Context); empty until somebody says

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
    std::optional<std::string_view> cookie(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;
    std::string_view route_value(std::string_view name) const;  // empty when the route has no such part
    // The fields of an application/x-www-form-urlencoded body; empty for other bodies.
    Fields form() const;
};

// The first value under a name; nothing when there is none.
std::optional<std::string_view> find_field(const Fields& fields, std::string_view name);

// application/x-www-form-urlencoded, both ways (WHATWG URL section 5).
Fields parse_form(std::string_view text);
std::string write_form(const Fields& fields);
std::string percent_encode(std::string_view text);  // for one path segment or query value

}  // namespace http
