#include "kit/html/qr_code.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

TEST_CASE("a QR code is a square of dark runs that begins with the corner's mark")
{
    const auto code = html::qr_code("otpauth://totp/Schalter:anna@example.org?secret=JBSWY3DPEHPK3PXP");

    CHECK(code.size == 33);  // version 4
    CHECK(code.path.starts_with("M0 0h7v1h-7z"));
    CHECK(code.path.find("M26 0h7v1h-7z") != std::string::npos);
    CHECK(code.path.find_first_not_of("Mhvz -0123456789") == std::string::npos);
}

TEST_CASE("a text that no QR code of a page holds is refused")
{
    CHECK_THROWS_AS(html::qr_code(std::string(3000, 'x')), std::length_error);
    CHECK_THROWS_AS(html::qr_code(""), std::length_error);
}
