#include "kit/html/theme.hpp"

#include <doctest/doctest.h>

TEST_CASE("A municipality may have any colour on which white can be read")
{
    CHECK(*html::theme_css("#8A1538") == ":root{--portal-brand:#8a1538}\n");
    CHECK(html::theme_css("#767676").has_value());  // the lightest grey that passes
    CHECK(html::theme_css("#777777").error().message_key == "html.colour_contrast");
    CHECK(html::theme_css("#ffdd00").error().message_key == "html.colour_contrast");
}

TEST_CASE("What is not a colour never reaches the stylesheet")
{
    for (const auto* colour : {"", "8a1538", "#8a153", "#8a15389", "#8a153g", "#-a1538", "#0}a{b", "red"})
        CHECK(html::theme_css(colour).error().message_key == "html.colour_shape");
}
