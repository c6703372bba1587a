#include "base/random.hpp"
#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

// A name that is not there never gets here as an error: the parser leaves it to `is_defined` to ask.
Value is_defined(Caller&, Arguments arguments)
{
    return !arguments[0].is_null();
}

// 0 up to but not 1, with 18 digits.
Value random_number(Caller& caller, Arguments)
{
    base::Random* random = caller.environment().random;
    if (random == nullptr)
        return refuse(caller, "there is no source of chance here");
    constexpr std::uint64_t bound = 1'000'000'000'000'000'000U;
    std::uint64_t drawn = 0;
    do {
        random->fill(std::as_writable_bytes(std::span(&drawn, 1)));
        drawn &= (std::uint64_t{1} << 60U) - 1;
    } while (drawn >= bound);  // so that each number is equally likely
    return Number::scaled(static_cast<std::int64_t>(drawn), -18);
}

// RFC 9562, version 4.
Value uuid(Caller& caller, Arguments)
{
    base::Random* random = caller.environment().random;
    if (random == nullptr)
        return refuse(caller, "there is no source of chance here");
    std::array<std::byte, 16> bytes{};
    random->fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10)
            text += '-';
        text += digits[std::to_integer<std::size_t>(bytes[index] >> 4U)];
        text += digits[std::to_integer<std::size_t>(bytes[index] & std::byte{0x0F})];
    }
    return text;
}

Value to_json_text(Caller& caller, Arguments arguments)
{
    std::string text = json::write(to_json(arguments[0]));
    caller.spend(0, text.size());
    return text;
}

Value from_json_text(Caller& caller, Arguments arguments)
{
    caller.spend(arguments[0].if_string()->size(), arguments[0].if_string()->size());
    const auto document = json::parse(*arguments[0].if_string());
    return document ? from_json(*document) : refuse(caller, document.error().detail);
}

constexpr std::array rows{
    Definition{"is defined", "value: Any", "boolean", extension, "is defined(null) = false", is_defined},
    Definition{"random number", "", "number", extension, "random number() < 1", random_number},
    Definition{"uuid", "", "string", extension, "string length(uuid()) = 36", uuid},
    Definition{
        "to json", "value: Any", "string", extension, "to json({a: 1}) = \"{\\\"a\\\":1}\"", to_json_text},
    Definition{
        "from json", "value: string", "Any", extension, "from json(\"[1, 2]\") = [1, 2]", from_json_text},
};

}  // namespace

std::span<const Definition> miscellaneous_functions()
{
    return rows;
}

}  // namespace feel
