#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

// Text is UTF-8 everywhere; these know no language and no locale.

bool is_valid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view utf8);

// Without white space (Unicode's, so no-break spaces too) at both ends.
std::string_view trim(std::string_view text);

// C0 and C1 control characters other than tab and line feed.
bool has_control_characters(std::string_view utf8);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// With every place where it stands replaced, from left to right; what was put in is not looked at again.
std::string replace_all(std::string_view text, std::string_view searched, std::string_view replacement);

// ASCII letters only; for header names, codes, media types.
std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);
bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);

// "Zürich" and "ZUERICH" do not fold to the same, "Zürich" and "zurich" do: lower case, Latin
// diacritics removed (ä→a, é→e, ć→c, ő→o), ß→ss, œ→oe; other letters stay. For search keys only.
std::string fold_for_search(std::string_view utf8);

}  // namespace base
