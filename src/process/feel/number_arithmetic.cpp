#include "process/feel/decimal.hpp"
#include "process/feel/number.hpp"

#include <array>
#include <cstdlib>

namespace feel {

namespace {

constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
    std::array<std::int64_t, 19> powers{};
    std::int64_t power = 1;
    for (auto& each : powers) {
        each = power;
        if (power < 1'000'000'000'000'000'000)
            power *= 10;
    }
    return powers;
}();

// `coefficient` with `places` more zeros, if that fits.
std::optional<std::int64_t> shift_left(std::int64_t coefficient, int places)
{
    std::int64_t shifted = 0;
    if (coefficient == 0)
        return 0;
    if (places < 0 || places > 18 ||
        __builtin_mul_overflow(coefficient, powers_of_ten[static_cast<std::size_t>(places)], &shifted))
        return std::nullopt;
    return shifted;
}

bool is_exact_power(const Number& base, std::int64_t exponent, Number& result)
{
    _IDEC_flags flags = 0;
    Decimal::Wide power = Decimal::widen(Number(1));
    Decimal::Wide square = Decimal::widen(base);
    for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1U) {
        if ((rest & 1U) != 0)
            power = bid128_mul(power, square, BID_ROUNDING_TO_NEAREST, &flags);
        if (rest > 1)
            square = bid128_mul(square, square, BID_ROUNDING_TO_NEAREST, &flags);
    }
    const auto narrowed = Decimal::narrow(power);
    if ((flags & BID_INEXACT_EXCEPTION) != 0 || !narrowed)
        return false;
    result = *narrowed;
    return true;
}

}  // namespace

std::optional<Number> Number::add_any(const Number& a, const Number& b)
{
    if (a.is_short() && b.is_short()) {
        const bool a_is_finer = a.exponent() <= b.exponent();
        const Number& fine = a_is_finer ? a : b;
        const Number& coarse = a_is_finer ? b : a;
        const auto aligned = shift_left(coarse.coefficient(), coarse.exponent() - fine.exponent());
        std::int64_t sum = 0;
        if (aligned && !__builtin_add_overflow(fine.coefficient(), *aligned, &sum))
            return Number::short_form(sum, fine.exponent());
    }
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_add(Decimal::widen(a), Decimal::widen(b), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> subtract(const Number& a, const Number& b)
{
    return add(a, b.negated());
}

std::optional<Number> Number::multiply_any(const Number& a, const Number& b)
{
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_mul(Decimal::widen(a), Decimal::widen(b), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> divide(const Number& a, const Number& b)
{
    if (b.is_zero())
        return std::nullopt;
    if (a.is_short() && b.is_short() && b.coefficient() != -1) {
        // Most quotients of amounts end after few digits; the standard's exponent is the first that is exact.
        constexpr int most_places = 6;
        for (int places = 0; places <= most_places; ++places) {
            const int exponent = a.exponent() - b.exponent() - places;
            const auto dividend = shift_left(a.coefficient(), places);
            if (!dividend || exponent < -128 || exponent > 127)
                break;
            if (*dividend % b.coefficient() == 0)
                return Number::short_form(*dividend / b.coefficient(), static_cast<std::int8_t>(exponent));
        }
    }
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_div(Decimal::widen(a), Decimal::widen(b), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> power(const Number& base, const Number& exponent)
{
    constexpr std::int64_t largest_exact = 999;
    const auto whole = exponent.integer();
    Number exact;
    if (whole && std::abs(*whole) <= largest_exact && is_exact_power(base, std::abs(*whole), exact))
        return *whole < 0 ? divide(Number(1), exact) : exact;
    if (base.is_zero() && exponent.is_negative())
        return std::nullopt;
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_pow(Decimal::widen(base), Decimal::widen(exponent), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> square_root(const Number& a)
{
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_sqrt(Decimal::widen(a), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> exponential(const Number& a)
{
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_exp(Decimal::widen(a), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> logarithm(const Number& a)
{
    if (a <= Number(0))
        return std::nullopt;
    return Decimal::apply([&](_IDEC_flags* flags) {
        return bid128_log(Decimal::widen(a), BID_ROUNDING_TO_NEAREST, flags);
    });
}

std::optional<Number> modulo(const Number& a, const Number& b)
{
    if (b.is_zero())
        return std::nullopt;
    _IDEC_flags flags = 0;
    const auto rest = Decimal::narrow(bid128_fmod(Decimal::widen(a), Decimal::widen(b), &flags));
    if (!rest || rest->is_zero() || rest->is_negative() == b.is_negative())
        return rest;
    return add(*rest, b);
}

std::strong_ordering Number::compare_any(const Number& a, const Number& b)
{
    if (a.is_short() && b.is_short()) {
        const bool a_is_finer = a.exponent() < b.exponent();
        const int places = std::abs(a.exponent() - b.exponent());
        if (a_is_finer) {
            if (const auto aligned = shift_left(b.coefficient(), places))
                return a.coefficient() <=> *aligned;
        } else if (const auto aligned = shift_left(a.coefficient(), places)) {
            return *aligned <=> b.coefficient();
        }
    }
    _IDEC_flags flags = 0;
    const auto left = Decimal::widen(a);
    const auto right = Decimal::widen(b);
    if (bid128_quiet_equal(left, right, &flags) != 0)
        return std::strong_ordering::equal;
    return bid128_quiet_less(left, right, &flags) != 0 ? std::strong_ordering::less
                                                       : std::strong_ordering::greater;
}

}  // namespace feel
