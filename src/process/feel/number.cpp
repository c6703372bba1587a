#include "process/feel/number.hpp"

#include "process/feel/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>

namespace feel {

namespace {

// The parts of a number's text, as far as the grammar of JSON and FEEL goes.
struct Written {
    bool is_negative = false;
    std::string digits;  // without leading zeros
    int exponent = 0;
};

std::optional<int> parse_exponent(std::string_view text)
{
    if (!text.empty() && text[0] == '+')
        text.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size() || std::abs(exponent) > 100'000)
        return std::nullopt;
    return exponent;
}

std::optional<Written> take_apart(std::string_view text)
{
    Written written;
    std::size_t at = 0;
    if (at < text.size() && text[at] == '-') {
        written.is_negative = true;
        ++at;
    }
    bool has_digits = false;
    bool has_point = false;
    for (; at < text.size(); ++at) {
        const char sign = text[at];
        if (sign == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (sign < '0' || sign > '9')
            break;
        has_digits = true;
        if (sign != '0' || !written.digits.empty())
            written.digits += sign;
        if (has_point)
            --written.exponent;
    }
    if (!has_digits || (has_point && text[at - 1] == '.'))
        return std::nullopt;
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E')
            return std::nullopt;
        const auto exponent = parse_exponent(text.substr(at + 1));
        if (!exponent)
            return std::nullopt;
        written.exponent += *exponent;
    }
    return written;
}

// The sign, digits and exponent of a decimal128, from the library's "+123E-2".
Written take_apart(Decimal::Wide wide)
{
    std::array<char, 64> buffer{};
    _IDEC_flags flags = 0;
    bid128_to_string(buffer.data(), wide, &flags);
    const std::string_view text(buffer.data());
    const std::size_t mark = text.find('E');
    Written written;
    written.is_negative = text[0] == '-';
    written.digits = text.substr(1, mark - 1);
    written.exponent = parse_exponent(text.substr(mark + 1)).value_or(0);
    return written;
}

std::string put_together(const Written& written)
{
    constexpr int longest_plain = 40;
    std::string digits = written.digits.empty() ? "0" : written.digits;
    const int count = static_cast<int>(digits.size());
    const int point = count + written.exponent;  // digits before the point
    std::string text;
    if (written.exponent >= 0 && (point <= longest_plain || digits == "0")) {
        text = digits == "0" ? digits : digits + std::string(static_cast<std::size_t>(written.exponent), '0');
    } else if (written.exponent < 0 && point > 0) {
        text = digits.insert(static_cast<std::size_t>(point), 1, '.');
    } else if (written.exponent < 0 && count - point + 2 <= longest_plain) {
        text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else {
        if (count > 1)
            digits.insert(1, 1, '.');
        text = digits + (point > 0 ? "E+" : "E") + std::to_string(point - 1);
    }
    const bool is_nought = text.find_first_of("123456789") == std::string::npos;
    return written.is_negative && !is_nought ? "-" + text : text;
}
// `exact` cut off at the quantum of `one`, which is added where the rule says to go away from nought.
std::optional<Number> round_from_zero(Decimal::Wide exact, Decimal::Wide one, Rounding rounding)
{
    _IDEC_flags flags = 0;
    const auto cut = bid128_quantize(exact, one, BID_ROUNDING_TO_ZERO, &flags);
    if ((flags & BID_INVALID_EXCEPTION) != 0)
        return std::nullopt;
    const auto rest = bid128_abs(bid128_sub(exact, cut, BID_ROUNDING_TO_NEAREST, &flags));
    const auto half = bid128_mul(one, Decimal::pack(false, 5, -1), BID_ROUNDING_TO_NEAREST, &flags);
    const bool goes_away =
        rounding == Rounding::up ? bid128_isZero(rest) == 0 : bid128_quiet_greater(rest, half, &flags) != 0;
    if (!goes_away)
        return Decimal::narrow(cut);
    const auto away = bid128_copySign(one, exact);
    return Decimal::narrow(bid128_add(cut, away, BID_ROUNDING_TO_NEAREST, &flags));
}

}  // namespace

std::optional<Number> Number::scaled(std::int64_t coefficient, int exponent)
{
    if (exponent >= -128 && exponent <= 127)
        return short_form(coefficient, static_cast<std::int8_t>(exponent));
    if (exponent < -Decimal::bias || exponent > 6111)
        return std::nullopt;
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_scalbn(Decimal::widen(Number(coefficient)), exponent, BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> Number::parse(std::string_view text)
{
    auto written = take_apart(text);
    if (!written)
        return std::nullopt;
    if (written->digits.size() <= 18 && written->exponent >= -128 && written->exponent <= 127) {
        std::int64_t coefficient = 0;
        for (const char digit : written->digits)
            coefficient = coefficient * 10 + (digit - '0');
        return short_form(
            written->is_negative ? -coefficient : coefficient, static_cast<std::int8_t>(written->exponent)
        );
    }
    std::string canonical = (written->is_negative ? "-" : "") +
                            (written->digits.empty() ? "0" : written->digits) + "E" +
                            std::to_string(written->exponent);
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_from_string(canonical.data(), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::string Number::text() const
{
    if (!is_short())
        return put_together(take_apart(Decimal::widen(*this)));
    if (exponent() == 0)
        return std::to_string(coefficient());
    Written written;
    written.is_negative = coefficient() < 0;
    written.digits = std::to_string(coefficient());
    if (written.is_negative)
        written.digits.erase(0, 1);
    written.exponent = exponent();
    return put_together(written);
}

bool Number::is_integer() const
{
    if (is_short() && exponent() >= 0)
        return true;
    return rounded(0, Rounding::down) == *this;
}

bool Number::is_zero() const
{
    return is_short() ? coefficient() == 0 : bid128_isZero(Decimal::widen(*this)) != 0;
}

bool Number::is_negative() const
{
    return *this < Number(0);
}

std::optional<std::int64_t> Number::integer() const
{
    if (is_short() && exponent() == 0)
        return coefficient();
    if (!is_integer())
        return std::nullopt;
    _IDEC_flags flags = 0;
    const auto integer = static_cast<std::int64_t>(bid128_to_int64_int(Decimal::widen(*this), &flags));
    if ((flags & BID_INVALID_EXCEPTION) != 0)
        return std::nullopt;
    return integer;
}

std::int64_t Number::whole() const
{
    if (is_short() && exponent() == 0)
        return coefficient();
    _IDEC_flags flags = 0;
    const auto integer = static_cast<std::int64_t>(bid128_to_int64_int(Decimal::widen(*this), &flags));
    if ((flags & BID_INVALID_EXCEPTION) == 0)
        return integer;
    return is_negative() ? std::numeric_limits<std::int64_t>::min()
                         : std::numeric_limits<std::int64_t>::max();
}

std::int64_t Number::billionths() const
{
    if (is_short() && exponent() >= 0)
        return 0;
    _IDEC_flags flags = 0;
    const auto all = Decimal::widen(*this);
    const auto rest =
        bid128_sub(all, bid128_round_integral_zero(all, &flags), BID_ROUNDING_TO_NEAREST, &flags);
    const auto scaled = bid128_scalbn(rest, 9, BID_ROUNDING_TO_NEAREST, &flags);
    return static_cast<std::int64_t>(bid128_to_int64_int(scaled, &flags));
}

Number Number::negated() const
{
    if (is_short() && coefficient() != std::numeric_limits<std::int64_t>::min())
        return short_form(-coefficient(), exponent());
    return Decimal::narrow(bid128_negate(Decimal::widen(*this))).value_or(*this);
}

Number Number::absolute() const
{
    return is_negative() ? negated() : *this;
}

std::optional<Number> Number::rounded(int digits, Rounding rounding) const
{
    if (digits > Decimal::bias || digits < -6111)
        return std::nullopt;
    const auto one = Decimal::pack(false, 1, -digits);
    const auto exact = Decimal::widen(*this);
    int mode = BID_ROUNDING_TO_NEAREST;
    switch (rounding) {
    case Rounding::half_even: mode = BID_ROUNDING_TO_NEAREST; break;
    case Rounding::half_up: mode = BID_ROUNDING_TIES_AWAY; break;
    case Rounding::down: mode = BID_ROUNDING_TO_ZERO; break;
    case Rounding::floor: mode = BID_ROUNDING_DOWN; break;
    case Rounding::ceiling: mode = BID_ROUNDING_UP; break;
    case Rounding::half_down:
    case Rounding::up: return round_from_zero(exact, one, rounding);
    }
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_quantize(exact, one, static_cast<_IDEC_round>(mode), flags);
    });
}

}  // namespace feel
