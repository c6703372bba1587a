#include "kit/html/texts.hpp"

#include <unicode/smpdtfmt.h>

#include <array>
#include <cstdio>
#include <mutex>
#include <stdexcept>

namespace html {

namespace {

std::string to_utf8(const icu::UnicodeString& text)
{
    std::string utf8;
    return text.toUTF8String(utf8);
}

icu::Locale swiss(Language language)
{
    return {std::string(code_of(language)).c_str(), "CH"};
}

// Making an ICU formatter costs more than a page: one per language and pattern, behind one lock.
class DateFormats {
public:
    std::string write(Language language, bool with_time, UDate date, const icu::TimeZone& zone)
    {
        const std::scoped_lock lock(mutex_);
        auto& format = formats_[static_cast<std::size_t>(language)][with_time ? 1 : 0];
        if (!format) {
            UErrorCode status = U_ZERO_ERROR;
            const char16_t* pattern = language == Language::de
                                          ? (with_time ? u"d. MMMM y, HH:mm" : u"d. MMMM y")
                                          : (with_time ? u"d MMMM y, HH:mm" : u"d MMMM y");
            format = std::make_unique<icu::SimpleDateFormat>(pattern, swiss(language), status);
            if (U_FAILURE(status))
                throw std::runtime_error("ICU has no dates for this language");
        }
        format->setTimeZone(zone);
        icu::UnicodeString text;
        return to_utf8(format->format(date, text));
    }

private:
    std::mutex mutex_;
    std::array<std::array<std::unique_ptr<icu::SimpleDateFormat>, 2>, std::size(all_languages)> formats_;
};

DateFormats& date_formats()
{
    static DateFormats formats;
    return formats;
}

}  // namespace

// "CHF 1’234.50" in every language: what Swiss authorities write, with the typographic apostrophe (U+2019).
std::string show_money(Language, const base::Money& money)
{
    const bool is_negative = money.minor < 0;
    const auto minor =
        is_negative ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    std::string francs = std::to_string(minor / 100);
    for (std::size_t at = francs.size(); at > 3;) {
        at -= 3;
        francs.insert(at, "\u2019");
    }
    char cents[8];
    std::snprintf(cents, sizeof cents, ".%02u", static_cast<unsigned>(minor % 100));
    return money.currency + "\u00A0" + (is_negative ? "\u2212" : "") + francs + cents;
}

std::string show_date(Language language, const base::Date& date)
{
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return date_formats().write(
        language, false, static_cast<UDate>(days) * 86400000.0, *icu::TimeZone::getGMT()
    );
}

std::string show_instant(Language language, base::Instant instant)
{
    static const std::unique_ptr<icu::TimeZone> zurich(icu::TimeZone::createTimeZone("Europe/Zurich"));
    return date_formats().write(
        language, true, static_cast<UDate>(instant.time_since_epoch().count()), *zurich
    );
}

}  // namespace html
