#include "process/feel/pattern.hpp"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <optional>

namespace feel {

using base::ErrorKind;
using base::fail;
using base::Result;

struct Pattern::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
    std::uint32_t bound;
    bool is_literal;
};

namespace {

constexpr std::int32_t stack_bytes = 4 << 20;

icu::UnicodeString wide(std::string_view utf8)
{
    return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

std::string narrow(const icu::UnicodeString& text)
{
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

base::Error refused(UErrorCode status)
{
    const bool is_cut_off = status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW;
    return fail(
        ErrorKind::invalid,
        is_cut_off ? "feel.pattern_too_costly" : "feel.pattern",
        is_cut_off ? "the regular expression takes too long (limit: regular_expression)"
                   : std::string("the regular expression is not correct: ") + u_errorName(status)
    );
}

// A matcher over a text, bounded.
class Matcher {
public:
    Matcher(const icu::RegexPattern& pattern, std::string_view text, std::uint32_t bound) : text_(wide(text))
    {
        matcher_.reset(pattern.matcher(text_, status_));
        if (U_SUCCESS(status_)) {
            matcher_->setTimeLimit(static_cast<std::int32_t>(bound), status_);
            matcher_->setStackLimit(stack_bytes, status_);
        }
    }

    bool find_next() { return U_SUCCESS(status_) && matcher_->find(status_) && U_SUCCESS(status_); }
    bool has_failed() const { return U_FAILURE(status_); }
    UErrorCode status() const { return status_; }
    std::int32_t start() { return matcher_->start(status_); }
    std::int32_t end() { return matcher_->end(status_); }
    std::int32_t groups() const { return matcher_->groupCount(); }
    std::string group(std::int32_t index) { return narrow(matcher_->group(index, status_)); }
    std::string between(std::int32_t from, std::int32_t to) const
    {
        return narrow(text_.tempSubStringBetween(from, to));
    }
    std::int32_t size() const { return text_.length(); }

private:
    UErrorCode status_ = U_ZERO_ERROR;
    icu::UnicodeString text_;
    std::unique_ptr<icu::RegexMatcher> matcher_;
};

// "$12" is group 12 if there are that many, else group 1 and a "2". Nothing for a "$" or "\" that means
// nothing.
std::optional<std::string> expand(std::string_view replacement, Matcher& matcher)
{
    std::string expanded;
    for (std::size_t at = 0; at < replacement.size(); ++at) {
        const char sign = replacement[at];
        if (sign == '\\') {
            if (++at == replacement.size() || (replacement[at] != '\\' && replacement[at] != '$'))
                return std::nullopt;
            expanded += replacement[at];
        } else if (sign == '$') {
            const auto digit = [&](std::size_t index) {
                return index < replacement.size() && replacement[index] >= '0' && replacement[index] <= '9'
                           ? replacement[index] - '0'
                           : -1;
            };
            if (digit(at + 1) < 0)
                return std::nullopt;
            std::int32_t group = digit(++at);
            while (digit(at + 1) >= 0 && group * 10 + digit(at + 1) <= matcher.groups())
                group = group * 10 + digit(++at);
            if (group <= matcher.groups())
                expanded += matcher.group(group);
        } else {
            expanded += sign;
        }
    }
    return expanded;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern, std::string_view flags, std::uint32_t bound)
{
    std::uint32_t options = UREGEX_UNIX_LINES;
    PatternFlags set;
    bool is_literal = false;
    for (const char flag : flags) {
        switch (flag) {
        case 's':
            options |= UREGEX_DOTALL;
            set.dot_is_everything = true;
            break;
        case 'i': options |= UREGEX_CASE_INSENSITIVE; break;
        case 'm':
            options |= UREGEX_MULTILINE;
            set.is_multiline = true;
            break;
        case 'x': set.ignores_space = true; break;
        case 'q': is_literal = true; break;
        default: return fail(ErrorKind::invalid, "feel.pattern", "the flags may be s, m, i, x and q");
        }
    }
    if (is_literal)
        options |= UREGEX_LITERAL;
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    const auto translated =
        is_literal ? Result<std::string>(std::string(pattern)) : to_icu_pattern(pattern, set);
    if (!translated)
        return translated.error();
    std::unique_ptr<icu::RegexPattern> compiled(
        icu::RegexPattern::compile(wide(*translated), options, place, status)
    );
    if (U_FAILURE(status))
        return refused(status);
    return Pattern(std::make_shared<const Compiled>(Compiled{std::move(compiled), bound, is_literal}));
}

Result<bool> Pattern::is_found_in(std::string_view text) const
{
    Matcher matcher(*compiled_->pattern, text, compiled_->bound);
    const bool is_found = matcher.find_next();
    if (matcher.has_failed())
        return refused(matcher.status());
    return is_found;
}

Result<std::string>
Pattern::replace(std::string_view text, std::string_view replacement, Caller& caller) const
{
    Matcher matcher(*compiled_->pattern, text, compiled_->bound);
    std::string result;
    std::int32_t done = 0;
    while (matcher.find_next()) {
        const auto expanded =
            compiled_->is_literal ? std::optional<std::string>(replacement) : expand(replacement, matcher);
        if (!expanded)
            return fail(
                ErrorKind::invalid, "feel.pattern", "a \"$\" or \"\\\" of the replacement means nothing"
            );
        result += matcher.between(done, matcher.start()) + *expanded;
        caller.spend(1, expanded->size());
        done = matcher.end();
    }
    if (matcher.has_failed())
        return refused(matcher.status());
    return result + matcher.between(done, matcher.size());
}

Result<std::vector<std::string>> Pattern::split(std::string_view text) const
{
    Matcher matcher(*compiled_->pattern, text, compiled_->bound);
    std::vector<std::string> parts;
    std::int32_t done = 0;
    while (matcher.find_next()) {
        // An empty match divides between two characters, not before the first.
        if (matcher.end() == matcher.start() && (matcher.start() == 0 || matcher.start() == matcher.size()))
            continue;
        parts.push_back(matcher.between(done, matcher.start()));
        done = matcher.end();
    }
    if (matcher.has_failed())
        return refused(matcher.status());
    parts.push_back(matcher.between(done, matcher.size()));
    return parts;
}

Result<std::vector<std::string>> Pattern::find_all(std::string_view text) const
{
    Matcher matcher(*compiled_->pattern, text, compiled_->bound);
    std::vector<std::string> found;
    while (matcher.find_next())
        found.push_back(matcher.group(0));
    if (matcher.has_failed())
        return refused(matcher.status());
    return found;
}

}  // namespace feel
