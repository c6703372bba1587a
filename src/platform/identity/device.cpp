#include "platform/identity/device.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace identity {

namespace {

using Sign = std::pair<std::string_view, std::string_view>;

// Browsers name those they want to be taken for as well: what says more stands first.
constexpr std::array browsers{
    Sign{"Edg", "Edge"},
    Sign{"OPR/", "Opera"},
    Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"FxiOS/", "Firefox"},
    Sign{"Firefox/", "Firefox"},
    Sign{"CriOS/", "Chrome"},
    Sign{"Chrome/", "Chrome"},
    Sign{"Safari/", "Safari"},
};
constexpr std::array systems{
    Sign{"iPhone", "iPhone"},
    Sign{"iPad", "iPad"},
    Sign{"Android", "Android"},
    Sign{"Windows", "Windows"},
    Sign{"Mac OS X", "macOS"},
    Sign{"CrOS", "ChromeOS"},
    Sign{"Linux", "Linux"},
};

std::string find_sign(std::span<const Sign> signs, std::string_view text)
{
    const auto found = std::ranges::find_if(signs, [&](const Sign& sign) {
        return text.find(sign.first) != std::string_view::npos;
    });
    return found == signs.end() ? std::string() : std::string(found->second);
}

}  // namespace

Device device_of(std::string_view user_agent)
{
    return {find_sign(browsers, user_agent), find_sign(systems, user_agent)};
}

}  // namespace identity
