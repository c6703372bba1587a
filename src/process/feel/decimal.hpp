#pragma once

#include "process/feel/number.hpp"

#include <cstdint>
#include <optional>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
// after bid_conf.h, which it needs
#include <bid_functions.h>

namespace feel {

// The way between Number and the decimal128 of Intel's library. Private to number*.cpp: the library's headers
// define many macros.
struct Decimal {
    using Wide = BID_UINT128;

    static constexpr int bias = 6176;

    static Wide pack(bool is_negative, std::uint64_t coefficient, int exponent)
    {
        Wide wide;
        wide.w[0] = coefficient;
        wide.w[1] = static_cast<std::uint64_t>(exponent + bias) << 49U;
        if (is_negative)
            wide.w[1] |= std::uint64_t{1} << 63U;
        return wide;
    }

    static Wide widen(const Number& number)
    {
        if (number.is_short()) {
            const std::int64_t coefficient = number.coefficient();
            const auto magnitude = coefficient < 0
                                       ? std::uint64_t{0} - static_cast<std::uint64_t>(coefficient)
                                       : static_cast<std::uint64_t>(coefficient);
            return pack(coefficient < 0, magnitude, number.exponent());
        }
        Wide wide;
        wide.w[0] = number.low_;
        wide.w[1] = number.high_;
        return wide;
    }

    // Nothing for infinities and what is not a number; the short form where it fits.
    static std::optional<Number> narrow(Wide wide)
    {
        constexpr std::uint64_t special = 0x7800'0000'0000'0000U;
        if ((wide.w[1] & special) == special)
            return std::nullopt;
        const std::uint64_t high_digits = wide.w[1] & 0x0001'FFFF'FFFF'FFFFU;
        const int exponent = static_cast<int>((wide.w[1] >> 49U) & 0x3FFFU) - bias;
        const bool is_negative = (wide.w[1] >> 63U) != 0;
        if (high_digits == 0 && (wide.w[0] >> 63U) == 0 && exponent >= -128 && exponent <= 127) {
            const auto magnitude = static_cast<std::int64_t>(wide.w[0]);
            return Number::short_form(
                is_negative ? -magnitude : magnitude, static_cast<std::int8_t>(exponent)
            );
        }
        Number number;
        number.low_ = wide.w[0];
        number.high_ = wide.w[1];
        return number;
    }

    template <class Operation>
    static std::optional<Number> apply(Operation operation)
    {
        _IDEC_flags flags = 0;
        return narrow(operation(&flags));
    }
};

}  // namespace feel
