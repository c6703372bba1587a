#pragma once

#include "kit/html/texts.hpp"
#include "kit/http/request.hpp"

#include <optional>
#include <string_view>

namespace identity {

// Our cookies; over HTTPS they carry the prefix `__Host-` (RFC 6265bis section 4.1.3.2).
inline constexpr std::string_view visitor_cookie = "besuch";
inline constexpr std::string_view session_cookie = "sitzung";
inline constexpr std::string_view second_step_cookie = "zweitschritt";
inline constexpr std::string_view language_cookie = "sprache";

// The cookie under its name here: with the prefix on a secure connection, without it otherwise.
std::optional<std::string_view> read_cookie(const http::Request& request, std::string_view name);

// ?lang= first, then the remembered choice, then the browser's list, then German.
html::Language preferred_language(const http::Request& request);

}  // namespace identity
