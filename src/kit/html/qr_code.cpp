#include "kit/html/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace html {

namespace {

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode qr_code(std::string_view text)
{
    const std::unique_ptr<QRcode, Free> code(
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, /*casesensitive=*/1)
    );
    if (!code)
        throw std::length_error("a text of 1 to 2331 bytes expected for a QR code");
    const auto is_dark = [&](int column, int row) {
        return (code->data[row * code->width + column] & 1U) != 0;
    };
    QrCode drawn{code->width, {}};
    for (int row = 0; row < code->width; ++row)
        for (int column = 0; column < code->width;) {
            const int start = column;
            while (column < code->width && is_dark(column, row))
                ++column;
            if (column == start) {
                ++column;
                continue;
            }
            const auto length = std::to_string(column - start);
            drawn.path += "M" + std::to_string(start) + " " + std::to_string(row) + "h" + length + "v1h-" +
                          length + "z";
        }
    return drawn;
}

}  // namespace html
