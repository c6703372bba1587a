#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace app {

// What the program was asked to do, and how it ended (docs/operations.md):
// 0 done, 1 refused because the input is wrong, 2 wrong usage, 70 our fault.
inline constexpr int done = 0;
inline constexpr int refused = 1;
inline constexpr int wrong_usage = 2;
inline constexpr int our_fault = 70;

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& error;
};

using Arguments = std::span<const std::string>;

struct Command {
    std::string_view name;  // "serve", or two words: "bpmn check"
    std::string_view usage;
    std::string_view sentence;
    int (*run)(Arguments arguments, Streams& streams);
};

}  // namespace app
