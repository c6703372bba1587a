#include "process/feel/temporal.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <shared_mutex>

namespace feel {

// A zone of ICU's copy of the IANA database (Debian updates it with the system).
class NamedZone {
public:
    NamedZone(std::string name, std::unique_ptr<icu::BasicTimeZone> rules)
        : name_(std::move(name)), rules_(std::move(rules))
    {
    }
    const std::string& name() const { return name_; }
    const icu::BasicTimeZone& rules() const { return *rules_; }

private:
    std::string name_;
    std::unique_ptr<icu::BasicTimeZone> rules_;
};

namespace {

// ICU counts milliseconds; far future and past are moved by whole cycles of the calendar into years that it
// knows.
UDate milliseconds_of(std::int64_t second)
{
    constexpr std::int64_t cycle = 146'097 * seconds_per_day;
    constexpr std::int64_t latest = 2 * cycle;
    constexpr std::int64_t earliest = -5 * cycle;
    if (second > latest)
        second = latest - cycle + (second - latest) % cycle;
    if (second < earliest)
        second = earliest;
    return static_cast<UDate>(second) * 1'000;
}

// "+01:00" or "-11:30:15"; at most 14 hours (XML Schema 1.1 section 3.3.7).
std::optional<std::int32_t> parse_offset(std::string_view text)
{
    if (text.size() != 6 && text.size() != 9)
        return std::nullopt;
    const auto two_digits = [&](std::size_t at) {
        const auto is_digit = [](char sign) { return sign >= '0' && sign <= '9'; };
        return is_digit(text[at]) && is_digit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0'
                                                            : 1'000;
    };
    if ((text[0] != '+' && text[0] != '-') || text[3] != ':' || (text.size() == 9 && text[6] != ':'))
        return std::nullopt;
    const int hours = two_digits(1);
    const int minutes = two_digits(4);
    const int seconds = text.size() == 9 ? two_digits(7) : 0;
    const int total = hours * 3'600 + minutes * 60 + seconds;
    if (minutes > 59 || seconds > 59 || total > 14 * 3'600)
        return std::nullopt;
    return text[0] == '-' ? -total : total;
}

bool looks_like_a_name(std::string_view text)
{
    const auto is_letter = [](char sign) {
        return (sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z');
    };
    return !text.empty() && text.size() <= 64 && is_letter(text[0]);
}

std::shared_ptr<const NamedZone> read_zone(std::string_view name)
{
    const auto id = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool is_system_id = false;
    icu::TimeZone::getCanonicalID(id, canonical, is_system_id, status);
    if (U_FAILURE(status) || !is_system_id)
        return nullptr;
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    auto* rules = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (rules == nullptr)
        return nullptr;
    static_cast<void>(zone.release());
    return std::make_shared<NamedZone>(std::string(name), std::unique_ptr<icu::BasicTimeZone>(rules));
}

// Reading the rules of a zone costs more than most expressions that use it. There are some hundred names, and
// only those that exist are kept.
std::shared_ptr<const NamedZone> named_zone(std::string_view name)
{
    static std::shared_mutex mutex;
    static std::map<std::string, std::shared_ptr<const NamedZone>, std::less<>> known;
    {
        const std::shared_lock lock(mutex);
        if (const auto found = known.find(name); found != known.end())
            return found->second;
    }
    auto zone = read_zone(name);
    if (!zone)
        return nullptr;
    const std::lock_guard lock(mutex);
    return known.emplace(std::string(name), std::move(zone)).first->second;
}

}  // namespace

std::optional<Zone> Zone::parse(std::string_view text)
{
    if (text == "Z" || text == "z")
        return utc();
    if (const auto offset = parse_offset(text))
        return Zone{.offset = offset, .named = nullptr};
    if (!looks_like_a_name(text))
        return std::nullopt;

    auto named = named_zone(text);
    if (!named)
        return std::nullopt;
    return Zone{.offset = std::nullopt, .named = std::move(named)};
}

std::int32_t Zone::offset_at(const Date& day, std::int64_t nanosecond) const
{
    if (!named)
        return offset.value_or(0);
    std::int32_t standard = 0;
    std::int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    named->rules().getOffsetFromLocal(
        milliseconds_of(day.days * seconds_per_day + nanosecond / nanoseconds_per_second),
        UCAL_TZ_LOCAL_FORMER,
        UCAL_TZ_LOCAL_FORMER,
        standard,
        summer,
        status
    );
    return (standard + summer) / 1'000;
}

std::int32_t Zone::offset_at_instant(std::int64_t second) const
{
    if (!named)
        return offset.value_or(0);
    std::int32_t standard = 0;
    std::int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    named->rules().getOffset(milliseconds_of(second), false, standard, summer, status);
    return (standard + summer) / 1'000;
}

std::string_view Zone::name() const
{
    return named ? std::string_view(named->name()) : std::string_view();
}

std::string Zone::text() const
{
    if (named)
        return "@" + named->name();
    if (!offset)
        return "";
    if (*offset == 0)
        return "Z";
    const int total = std::abs(*offset);
    std::array<char, 16> buffer{};
    const char sign = *offset < 0 ? '-' : '+';
    if (total % 60 == 0)
        std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", sign, total / 3'600, total / 60 % 60);
    else
        std::snprintf(
            buffer.data(), buffer.size(), "%c%02d:%02d:%02d", sign, total / 3'600, total / 60 % 60, total % 60
        );
    return buffer.data();
}

bool operator==(const Zone& a, const Zone& b)
{
    return a.offset == b.offset && a.name() == b.name();
}

}  // namespace feel
