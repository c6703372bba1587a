#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace bench {

// An argument of a measuring program; std::invalid_argument for anything else.
inline int number(std::string_view text)
{
    int parsed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (error != std::errc() || end != text.data() + text.size() || parsed < 1)
        throw std::invalid_argument("a number from 1 expected: " + std::string(text));
    return parsed;
}

}  // namespace bench
