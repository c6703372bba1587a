#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace feel {

// How a number loses digits (DMN 1.5 section 10.3.4.6). `half_even` is what arithmetic itself uses.
enum class Rounding { half_even, half_up, half_down, up, down, floor, ceiling };

// A decimal number as IEEE 754-2008 decimal128 defines it: 34 significant digits, exponents from -6176 to
// 6111, arithmetic rounded half to even. Always finite: what would be infinite or undefined is nothing.
// The quantum is kept as the standard says, so 25.10 is written as 25.10; equality looks at the value only.
class Number {
public:
    constexpr Number() = default;
    constexpr Number(std::int64_t integer)  // NOLINT(google-explicit-constructor)
        : low_(static_cast<std::uint64_t>(integer))
    {
    }
    constexpr Number(int integer) : Number(std::int64_t{integer}) {}  // NOLINT(google-explicit-constructor)
    // coefficient * 10^exponent.
    static std::optional<Number> scaled(std::int64_t coefficient, int exponent);

    // "-12", ".5", "1.50", "1e3", "2E-4" as FEEL and JSON write numbers; nothing for other text or overflow.
    static std::optional<Number> parse(std::string_view text);
    // Plain digits while that takes at most 40 characters, else scientific ("1E+60").
    std::string text() const;

    bool is_integer() const;
    // Written without fraction or exponent, in at most 18 digits.
    bool is_plain() const { return is_short() && exponent() == 0; }
    bool is_zero() const;
    bool is_negative() const;
    std::optional<std::int64_t> integer() const;  // the value, if it has no fraction and fits
    std::int64_t whole() const;                   // the value without its fraction, held to what fits
    // The digits after the point as billionths (0 to 999,999,999, cut off), with the sign of the number.
    std::int64_t billionths() const;

    Number negated() const;
    Number absolute() const;
    // Rounded to `digits` places after the point (before it when negative); nothing if that takes 35 digits.
    std::optional<Number> rounded(int digits, Rounding rounding) const;

    friend std::optional<Number> add(const Number& a, const Number& b)
    {
        std::int64_t sum = 0;
        if (a.is_short() && b.high_ == a.high_ &&
            !__builtin_add_overflow(a.coefficient(), b.coefficient(), &sum))
            return short_form(sum, a.exponent());
        return add_any(a, b);
    }
    friend std::optional<Number> subtract(const Number& a, const Number& b);
    friend std::optional<Number> multiply(const Number& a, const Number& b)
    {
        std::int64_t product = 0;
        const int exponent = a.exponent() + b.exponent();
        if (a.is_short() && b.is_short() && exponent >= -128 && exponent <= 127 &&
            !__builtin_mul_overflow(a.coefficient(), b.coefficient(), &product))
            return short_form(product, static_cast<std::int8_t>(exponent));
        return multiply_any(a, b);
    }
    friend std::optional<Number> divide(const Number& a, const Number& b);
    friend std::optional<Number> power(const Number& base, const Number& exponent);
    friend std::optional<Number> square_root(const Number& a);
    friend std::optional<Number> exponential(const Number& a);
    friend std::optional<Number> logarithm(const Number& a);
    // a - b * floor(a / b): the result has the sign of `b`.
    friend std::optional<Number> modulo(const Number& a, const Number& b);

    friend std::strong_ordering operator<=>(const Number& a, const Number& b)
    {
        if (a.is_short() && a.high_ == b.high_)
            return a.coefficient() <=> b.coefficient();
        return compare_any(a, b);
    }
    friend bool operator==(const Number& a, const Number& b) { return (a <=> b) == 0; }

private:
    friend class Value;
    friend struct Decimal;

    // Two forms in 16 bytes. Short: `low_` is a signed coefficient and `high_` an exponent from -128 to 127
    // in its lowest byte under `short_mark`, a bit pattern that decimal128 uses for infinities only. Long:
    // the two halves of a decimal128 in binary encoding.
    static constexpr std::uint64_t short_mark = 0x7800'0000'0000'0000U;
    static constexpr Number short_form(std::int64_t coefficient, std::int8_t exponent)
    {
        Number number(coefficient);
        number.high_ = short_mark | static_cast<std::uint8_t>(exponent);
        return number;
    }
    constexpr bool is_short() const { return (high_ & ~std::uint64_t{0xFF}) == short_mark; }
    constexpr std::int64_t coefficient() const { return static_cast<std::int64_t>(low_); }
    constexpr std::int8_t exponent() const { return static_cast<std::int8_t>(high_ & 0xFFU); }

    // What the quick ways above leave over.
    static std::optional<Number> add_any(const Number& a, const Number& b);
    static std::optional<Number> multiply_any(const Number& a, const Number& b);
    static std::strong_ordering compare_any(const Number& a, const Number& b);

    std::uint64_t low_ = 0;
    std::uint64_t high_ = short_mark;
};

}  // namespace feel
