#include "kit/html/escape.hpp"

namespace html {

void append_escaped(std::string& output, std::string_view text)
{
    std::size_t written = 0;
    for (std::size_t at = text.find_first_of("&<>\"'"); at != std::string_view::npos;
         at = text.find_first_of("&<>\"'", at + 1)) {
        output += text.substr(written, at - written);
        switch (text[at]) {
        case '&': output += "&amp;"; break;
        case '<': output += "&lt;"; break;
        case '>': output += "&gt;"; break;
        case '"': output += "&quot;"; break;
        default: output += "&#39;"; break;
        }
        written = at + 1;
    }
    output += text.substr(written);
}

}  // namespace html
