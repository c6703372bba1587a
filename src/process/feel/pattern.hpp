#pragma once

#include "base/result.hpp"
#include "process/feel/evaluate.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace feel {

// A regular expression of XPath and XQuery Functions 3.1 (section 5.6), with the flags s, m, i, x and q.
// Matched by ICU under a bound of time and of stack, so no pattern runs for ever; one that is cut off is
// refused.
class Pattern {
public:
    static base::Result<Pattern>
    compile(std::string_view pattern, std::string_view flags, std::uint32_t bound);

    base::Result<bool> is_found_in(std::string_view text) const;
    // `replacement` may name groups as $1; refused when the pattern matches the empty text.
    base::Result<std::string>
    replace(std::string_view text, std::string_view replacement, Caller& caller) const;
    base::Result<std::vector<std::string>> split(std::string_view text) const;
    base::Result<std::vector<std::string>> find_all(std::string_view text) const;

private:
    struct Compiled;
    explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

    std::shared_ptr<const Compiled> compiled_;  // shared by copies, never changed
};

struct PatternFlags {
    bool is_multiline = false;       // m
    bool ignores_space = false;      // x
    bool dot_is_everything = false;  // s
};

// The same pattern in ICU's dialect; refused when it uses what XPath does not know.
base::Result<std::string> to_icu_pattern(std::string_view pattern, const PatternFlags& flags);

}  // namespace feel
