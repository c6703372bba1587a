#include "kit/html/message.hpp"

#include <unicode/datefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>
#include <stdexcept>

namespace html {

namespace {

icu::Locale swiss_locale(Language language)
{
    return icu::Locale(std::string(code_of(language)).c_str(), "CH");
}

// A format of ICU for one language, in a time zone. `pattern` empty: the language's long date.
std::unique_ptr<icu::DateFormat> make_format(Language language, const char* pattern, const char* zone)
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::DateFormat> format;
    if (*pattern == '\0')
        format.reset(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, swiss_locale(language)));
    else
        format = std::make_unique<icu::SimpleDateFormat>(
            icu::UnicodeString(pattern), swiss_locale(language), status
        );
    if (U_FAILURE(status) || !format)
        throw std::runtime_error("ICU knows no dates in " + std::string(code_of(language)));
    format->adoptTimeZone(icu::TimeZone::createTimeZone(zone));
    return format;
}

// Making a format takes ICU a hundred microseconds, using one takes one. Formatting is const and
// works on a copy of the calendar, so threads may share them.
struct Formats {
    explicit Formats(Language language)
        : date(make_format(language, "", "UTC")), local_date(make_format(language, "", "Europe/Zurich")),
          local_time(make_format(language, "HH:mm", "Europe/Zurich"))
    {
    }

    std::unique_ptr<icu::DateFormat> date;
    std::unique_ptr<icu::DateFormat> local_date;
    std::unique_ptr<icu::DateFormat> local_time;
};

const Formats& formats_of(Language language)
{
    static const Formats all[] = {
        Formats(Language::de), Formats(Language::fr), Formats(Language::it), Formats(Language::en)};
    return all[static_cast<std::size_t>(language)];
}

std::string show(const icu::DateFormat& format, base::Instant instant)
{
    icu::UnicodeString shown;
    format.format(static_cast<UDate>(instant.time_since_epoch().count()), shown);
    std::string result;
    shown.toUTF8String(result);
    return result;
}

}  // namespace

std::string show_money(Language, const base::Money& money)
{
    const bool is_negative = money.minor < 0;
    auto digits = std::to_string(money.minor).substr(is_negative ? 1 : 0);
    if (digits.size() < 3)
        digits.insert(0, 3 - digits.size(), '0');
    const auto francs = group_digits(digits.substr(0, digits.size() - 2));
    const auto amount = (is_negative ? "\u2212" : "") + francs + "." + digits.substr(digits.size() - 2);
    return money.currency + "\u00a0" + amount;
}

std::string show_date(Language language, const base::Date& date)
{
    return show(*formats_of(language).date, std::chrono::sys_days(date));
}

std::string show_instant(Language language, base::Instant instant)
{
    const Formats& formats = formats_of(language);
    return show(*formats.local_date, instant) + ", " + show(*formats.local_time, instant);
}

}  // namespace html
