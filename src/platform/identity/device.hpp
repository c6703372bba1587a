#pragma once

#include <string>
#include <string_view>

namespace identity {

// What somebody uses, as they would call it themselves: "Firefox", "Windows". Empty where we cannot tell.
// All that is kept of the browser's own words.
struct Device {
    std::string browser;
    std::string system;
    friend bool operator==(const Device&, const Device&) = default;
};

Device device_of(std::string_view user_agent);

}  // namespace identity
