#pragma once

#include "kit/html/texts.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace html {

// A text in ICU MessageFormat, read once and safe to fill from many threads (icu::MessageFormat is not).
// Arguments: {name}, {name, number} (whole numbers), {name, select, …}, {name, plural, …},
// {name, selectordinal, …}. Dates and money come in already written as people read them.
class Message {
public:
    Message(Language language, std::string_view pattern);  // throws std::logic_error for a bad pattern

    std::string fill(const FindArgument& argument) const;
    const std::set<std::string>& arguments() const { return arguments_; }

private:
    enum class Kind { literal, argument, number, count, select, plural, ordinal };
    struct Part;
    using Parts = std::vector<Part>;
    struct Choice;
    struct Part {
        Kind kind = Kind::literal;
        std::string text;  // the literal, or the argument's name
        std::int64_t offset = 0;
        std::vector<Choice> choices = {};
    };
    struct Choice {
        std::string selector;  // "one", "other", "=0"
        Parts parts;
    };
    class Reader;

    void
    append(std::string& output, const Parts& parts, const FindArgument& argument, std::int64_t count) const;
    void append_choice(std::string& output, const Part& part, const FindArgument& argument) const;

    Language language_;
    Parts parts_;
    std::set<std::string> arguments_;
};

// "1’234’567": what Swiss authorities write in every language; the sign stays in front.
std::string group_digits(std::string_view digits);

}  // namespace html
