#pragma once

#include "kit/html/texts.hpp"

namespace html {

// What a reader likes best of an Accept-Language header (RFC 9110 section 12.5.4); nothing when it names none
// of ours.
std::optional<Language> accepted_language(std::string_view header);

}  // namespace html
