#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace xml {

enum class Encoding { utf_8, utf_16, latin_1, windows_1252 };

// The file as the parser wants it: UTF-8 without byte order mark, every line ended by "\n" (XML 1.0
// section 2.11). UTF-16 is told by its mark or by how "<" is written (appendix F), ISO-8859-1 and
// Windows-1252 by the XML declaration; everything else must be UTF-8.
struct Source {
    std::string text;
    Encoding encoding = Encoding::utf_8;
};

// `invalid` when the bytes are not in that encoding or a character may not stand in XML (section 2.2).
base::Result<Source> read_source(std::string_view bytes);

bool is_space(char letter);
bool is_character(char32_t code_point);  // production 2

// How many bytes of `text`, from its start, are a name without colon; 0 when it starts with none
// (Namespaces in XML 1.0, production 4). `text` is valid UTF-8.
std::size_t length_of_name(std::string_view text);

void append_utf8(std::string& text, char32_t code_point);

// "line 3, column 7", both from 1; columns count code points.
std::string place_of(std::string_view text, std::size_t offset);

}  // namespace xml
