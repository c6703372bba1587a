#pragma once

#include "kit/http/request.hpp"

#include <string>
#include <string_view>

namespace identity {

// What a form of ours brought, without white space around it; empty when it brought no such field.
std::string trimmed_field(const http::Request& request, std::string_view name);
// As it was typed: for passwords.
std::string raw_field(const http::Request& request, std::string_view name);

// Only what every mail address has; the mail itself is the real check.
bool looks_like_email(std::string_view email);

// Where to go after logging in: a path of ours, never another host ("//evil", "/\evil") and no control
// characters.
std::string safe_return(std::string_view wanted, std::string_view otherwise);

}  // namespace identity
