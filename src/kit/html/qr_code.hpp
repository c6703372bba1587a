#pragma once

#include <string>
#include <string_view>

namespace html {

// A QR code as a page draws it: squares of 1 by 1 from (0, 0) to (size, size), as an SVG path. A quiet frame
// of four squares belongs around it.
struct QrCode {
    int size = 0;
    std::string path;
};

// A text of 1 to 2,331 bytes, or std::length_error.
QrCode qr_code(std::string_view text);

}  // namespace html
