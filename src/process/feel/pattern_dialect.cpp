#include "process/feel/pattern.hpp"

namespace feel {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

bool is_space(char sign)
{
    return sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r';
}

// With the flag x, white space counts in classes only, not even behind a "\" or within "\p{ Lu }".
std::string without_space(std::string_view pattern)
{
    std::string kept;
    int depth = 0;
    bool is_escaped = false;
    for (const char sign : pattern) {
        if (depth == 0 && is_space(sign))
            continue;
        if (!is_escaped && sign == '[')
            ++depth;
        if (!is_escaped && sign == ']' && depth > 0)
            --depth;
        is_escaped = !is_escaped && sign == '\\';
        kept += sign;
    }
    return kept;
}

// Copies a pattern sign by sign, changing what the two dialects write differently.
class Translator {
public:
    Translator(std::string_view pattern, const PatternFlags& flags) : pattern_(pattern), flags_(flags) {}

    Result<std::string> run()
    {
        while (at_ < pattern_.size() && fault_.empty()) {
            const char sign = pattern_[at_];
            if (sign == '\\')
                escape();
            else if (sign == '[')
                open();
            else if (sign == ']' && depth_ > 0)
                close();
            else if (depth_ > 0)
                plain_in_class(sign);
            else
                plain(sign);
        }
        if (fault_.empty())
            return std::move(result_);
        return fail(ErrorKind::invalid, "feel.pattern", "the regular expression is not correct: " + fault_);
    }

private:
    char peek(std::size_t ahead) const
    {
        return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
    }

    void copy(std::string_view text, std::size_t taken)
    {
        result_ += text;
        at_ += taken;
    }

    void escape()
    {
        constexpr std::string_view name_start =
            ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D"
            "\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF"
            "\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD";
        constexpr std::string_view name_rest = "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040";
        ends_in_quantifier_ = false;
        switch (const char mark = peek(1)) {
        case 's': copy("[ \\t\\n\\r]", 2); break;
        case 'S': copy("[^ \\t\\n\\r]", 2); break;
        case 'w': copy("[^\\p{P}\\p{Z}\\p{C}]", 2); break;
        case 'W': copy("[\\p{P}\\p{Z}\\p{C}]", 2); break;
        case 'i': copy("[" + std::string(name_start) + "]", 2); break;
        case 'I': copy("[^" + std::string(name_start) + "]", 2); break;
        case 'c': copy("[" + std::string(name_start) + std::string(name_rest) + "]", 2); break;
        case 'C': copy("[^" + std::string(name_start) + std::string(name_rest) + "]", 2); break;
        case 'p':
        case 'P': category(mark); break;
        default: plain_escape(mark);
        }
    }

    // "\p{IsBasicLatin}" is a block, "\p{InBasicLatin}" there.
    void category(char mark)
    {
        const std::size_t end = pattern_.find('}', at_);
        if (peek(2) != '{' || end == std::string_view::npos) {
            fault_ = "\"\\p\" needs a category in braces";
            return;
        }
        const bool is_block = pattern_.substr(at_ + 3, 2) == "Is";
        const auto name = pattern_.substr(at_ + (is_block ? 5 : 3), end - at_ - (is_block ? 5 : 3));
        copy(std::string("\\") + mark + (is_block ? "{In" : "{") + std::string(name) + "}", end + 1 - at_);
    }

    void plain_escape(char mark)
    {
        const bool is_group = mark >= '1' && mark <= '9';
        if (is_group && depth_ > 0)
            fault_ = "a class cannot refer to a group";
        else if (is_group && (!is_closed(mark - '0')))
            fault_ = "\"\\" + std::string(1, mark) + "\" refers to a group that is not there yet";
        else if (mark == '\0' || (!is_group && std::string_view("nrt\\|.-^?*+{}()[]$dD").find(mark) == std::string_view::npos))
            fault_ =
                "\"\\" + std::string(mark == '\0' ? "" : pattern_.substr(at_ + 1, 1)) + "\" means nothing";
        copy(pattern_.substr(at_, 2), 2);
    }

    bool is_closed(int group) const
    {
        return static_cast<std::size_t>(group) <= groups_.size() &&
               groups_[static_cast<std::size_t>(group) - 1];
    }

    void open()
    {
        if (depth_ > 0) {
            fault_ = "\"[\" within a class must be written \"\\[\"";
            return;
        }
        ++depth_;
        copy(peek(1) == '^' ? "[^" : "[", peek(1) == '^' ? 2 : 1);
    }

    void close()
    {
        --depth_;
        ends_in_quantifier_ = false;
        copy("]", 1);
    }

    void plain_in_class(char sign)
    {
        if (sign == '-' && peek(1) == '[') {
            // "[a-z-[aeiou]]" is "[a-z--[aeiou]]".
            ++depth_;
            copy(peek(2) == '^' ? "--[^" : "--[", peek(2) == '^' ? 3 : 2);
        } else if (sign == '&' || sign == '~') {
            copy(std::string("\\") + sign, 1);
        } else {
            copy(pattern_.substr(at_, 1), 1);
        }
    }

    void plain(char sign)
    {
        if (sign == '(') {
            open_group();
            return;
        }
        if (sign == ')' && !open_.empty())
            close_group();
        const bool is_quantifier = sign == '*' || sign == '+' || sign == '?' || sign == '}';
        if (sign == '+' && ends_in_quantifier_)
            fault_ = "a \"+\" behind another quantifier";
        if (sign == '$' && !flags_.is_multiline)
            copy("\\z", 1);
        else if (sign == '.' && !flags_.dot_is_everything)
            copy("[^\\n\\r]", 1);
        else
            copy(pattern_.substr(at_, 1), 1);
        ends_in_quantifier_ = is_quantifier;
    }

    void open_group()
    {
        const bool keeps = peek(1) != '?';
        if (!keeps && peek(2) != ':')
            fault_ = "groups begin with \"(\" or \"(?:\"";
        open_.push_back(keeps ? groups_.size() : none);
        if (keeps)
            groups_.push_back(false);
        ends_in_quantifier_ = false;
        copy(keeps ? "(" : "(?:", keeps ? 1 : 3);
    }

    void close_group()
    {
        if (open_.back() != none)
            groups_[open_.back()] = true;
        open_.pop_back();
    }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::string_view pattern_;
    PatternFlags flags_;
    std::size_t at_ = 0;
    int depth_ = 0;                    // of classes
    bool ends_in_quantifier_ = false;  // what was copied so far
    std::vector<bool> groups_;         // whether each is closed
    std::vector<std::size_t> open_;    // groups that are not, by number
    std::string result_;
    std::string fault_;
};

}  // namespace

Result<std::string> to_icu_pattern(std::string_view pattern, const PatternFlags& flags)
{
    return Translator(flags.ignores_space ? without_space(pattern) : std::string(pattern), flags).run();
}

}  // namespace feel
