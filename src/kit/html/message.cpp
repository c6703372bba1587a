#include "kit/html/message.hpp"

#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <charconv>
#include <memory>
#include <stdexcept>

namespace html {

namespace {

std::string utf8(const icu::UnicodeString& text)
{
    std::string result;
    text.toUTF8String(result);
    return result;
}

// The plural category of a number: "one", "many", "other". ICU keeps the rules of a language loaded.
std::string plural_category(Language language, std::int64_t number, UPluralType type)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale(std::string(code_of(language)).c_str());
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(locale, type, status));
    if (U_FAILURE(status))
        throw std::runtime_error("ICU has no plural rules for " + std::string(code_of(language)));
    return utf8(rules->select(static_cast<std::int32_t>(number)));
}

std::int64_t whole_number(const std::string& text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

// Turns ICU's flat list of pattern parts into our tree.
class Message::Reader {
public:
    Reader(std::string_view pattern, std::set<std::string>& arguments) : arguments_(arguments)
    {
        if (pattern.find("'{") != std::string_view::npos)
            throw std::logic_error("an apostrophe before { hides the argument: write ’");
        UErrorCode status = U_ZERO_ERROR;
        UParseError place{};
        const auto text =
            icu::UnicodeString::fromUTF8(icu::StringPiece(pattern.data(), static_cast<int>(pattern.size())));
        pattern_.parse(text, &place, status);
        if (U_FAILURE(status))
            throw std::logic_error("not a message pattern at character " + std::to_string(place.offset));
    }

    Parts message(int start)
    {
        Parts parts;
        const auto& text = pattern_.getPatternString();
        const int limit = pattern_.getLimitPartIndex(start);
        int read = pattern_.getPart(start).getLimit();
        for (int at = start + 1; at <= limit; ++at) {
            const auto& part = pattern_.getPart(at);
            add_literal(parts, utf8(text.tempSubStringBetween(read, part.getIndex())));
            read = part.getLimit();
            if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
                parts.push_back({Kind::count, ""});
            } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
                parts.push_back(argument(at));
                at = pattern_.getLimitPartIndex(at);
                read = pattern_.getPart(at).getLimit();
            }
        }
        return parts;
    }

private:
    Part argument(int start)
    {
        Part result;
        result.text = utf8(pattern_.getSubstring(pattern_.getPart(start + 1)));
        arguments_.insert(result.text);
        switch (pattern_.getPart(start).getArgType()) {
        case UMSGPAT_ARG_TYPE_NONE: result.kind = Kind::argument; return result;
        case UMSGPAT_ARG_TYPE_SIMPLE:
            if (utf8(pattern_.getSubstring(pattern_.getPart(start + 2))) != "number")
                throw std::logic_error("{" + result.text + "}: only 'number' is formatted here");
            result.kind = Kind::number;
            return result;
        case UMSGPAT_ARG_TYPE_SELECT: result.kind = Kind::select; break;
        case UMSGPAT_ARG_TYPE_PLURAL: result.kind = Kind::plural; break;
        case UMSGPAT_ARG_TYPE_SELECTORDINAL: result.kind = Kind::ordinal; break;
        case UMSGPAT_ARG_TYPE_CHOICE: throw std::logic_error("{" + result.text + "}: use plural, not choice");
        }
        read_choices(result, start);
        return result;
    }

    void read_choices(Part& result, int start)
    {
        for (int at = start + 2; at < pattern_.getLimitPartIndex(start); ++at) {
            const auto& part = pattern_.getPart(at);
            if (part.getType() == UMSGPAT_PART_TYPE_ARG_INT && result.choices.empty()) {
                result.offset = static_cast<std::int64_t>(pattern_.getNumericValue(part));
            } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR) {
                result.choices.push_back({utf8(pattern_.getSubstring(part)), {}});
            } else if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) {
                result.choices.back().parts = message(at);
                at = pattern_.getLimitPartIndex(at);
            }
        }
    }

    static void add_literal(Parts& parts, const std::string& text)
    {
        if (text.empty())
            return;
        if (parts.empty() || parts.back().kind != Kind::literal)
            parts.push_back({Kind::literal, ""});
        parts.back().text += text;
    }

    UErrorCode made_ = U_ZERO_ERROR;
    icu::MessagePattern pattern_{made_};
    std::set<std::string>& arguments_;
};

Message::Message(Language language, std::string_view pattern) : language_(language)
{
    parts_ = Reader(pattern, arguments_).message(0);
}

std::string Message::fill(const FindArgument& argument) const
{
    std::string output;
    append(output, parts_, argument, 0);
    return output;
}

void Message::append(
    std::string& output, const Parts& parts, const FindArgument& argument, std::int64_t count
) const
{
    for (const Part& part : parts) {
        switch (part.kind) {
        case Kind::literal: output += part.text; break;
        case Kind::argument: output += argument(part.text); break;
        case Kind::number: output += group_digits(argument(part.text)); break;
        case Kind::count: output += group_digits(std::to_string(count)); break;
        case Kind::select:
        case Kind::plural:
        case Kind::ordinal: append_choice(output, part, argument); break;
        }
    }
}

void Message::append_choice(std::string& output, const Part& part, const FindArgument& argument) const
{
    const std::string value = argument(part.text);
    const std::int64_t number = whole_number(value);
    std::string selector = value;
    if (part.kind != Kind::select)
        selector = plural_category(
            language_,
            number - part.offset,
            part.kind == Kind::plural ? UPLURAL_TYPE_CARDINAL : UPLURAL_TYPE_ORDINAL
        );
    const Choice* chosen = nullptr;
    for (const Choice& choice : part.choices) {
        const bool is_exact = part.kind != Kind::select && choice.selector == "=" + std::to_string(number);
        if (is_exact || (chosen == nullptr && choice.selector == selector))
            chosen = &choice;
        if (is_exact)
            break;
    }
    for (const Choice& choice : part.choices)
        if (chosen == nullptr && choice.selector == "other")
            chosen = &choice;
    if (chosen != nullptr)
        append(output, chosen->parts, argument, number - part.offset);
}

std::string group_digits(std::string_view digits)
{
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    std::string result;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > sign && (digits.size() - at) % 3 == 0)
            result += "\u2019";
        result += digits[at];
    }
    return result;
}

}  // namespace html
