#include "kit/html/theme.hpp"

#include "base/text.hpp"

#include <charconv>
#include <cmath>

namespace html {

namespace {

constexpr double least_contrast = 4.5;

// One channel of a colour as light (WCAG 2.2, "relative luminance").
double light_of(int channel)
{
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double contrast_with_white(int red, int green, int blue)
{
    const double luminance = 0.2126 * light_of(red) + 0.7152 * light_of(green) + 0.0722 * light_of(blue);
    return 1.05 / (luminance + 0.05);
}

}  // namespace

base::Result<std::string> theme_css(std::string_view colour)
{
    unsigned value = 0;
    const bool has_shape = colour.size() == 7 && colour.front() == '#';
    const auto digits = has_shape ? colour.substr(1) : std::string_view();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (!has_shape || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
        return base::fail(base::ErrorKind::invalid, "html.colour_shape", "expected a colour like #0f4c81");

    const auto channel = [value](unsigned shift) { return static_cast<int>((value >> shift) & 0xffU); };
    if (contrast_with_white(channel(16), channel(8), channel(0)) < least_contrast)
        return base::fail(
            base::ErrorKind::invalid, "html.colour_contrast", "white on this colour cannot be read"
        );
    return ":root{--portal-brand:" + base::ascii_lower(colour) + "}\n";
}

}  // namespace html
