#include "process/runtime/keys.hpp"

#include "base/random.hpp"
#include "kit/crypto/hashing.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace runtime {

namespace {

constexpr std::int64_t elements_per_key = 1024;
constexpr std::size_t digits_of_a_key = 19;
constexpr std::size_t long_digits = 6;

}  // namespace

std::string KeyMaker::make()
{
    return std::to_string(draw(/*spacing=*/1));
}

std::string KeyMaker::make_for_instance()
{
    return std::to_string(draw(elements_per_key));
}

std::int64_t KeyMaker::draw(std::int64_t spacing)
{
    // 2010-01-01: keys have 19 digits, so that they are in order as texts too, and stay positive until 2079.
    constexpr std::int64_t epoch = 1'262'304'000'000;
    constexpr std::int64_t random_values = std::int64_t{1} << 22;

    std::array<std::byte, 3> bytes{};
    random_.fill(bytes);
    std::int64_t chance = 0;
    for (const auto byte : bytes)
        chance = chance * 256 + std::to_integer<std::int64_t>(byte);

    const std::int64_t elapsed = clock_.now().time_since_epoch().count() - epoch;
    const std::int64_t drawn = std::max<std::int64_t>(elapsed, 0) * random_values + chance % random_values;
    const std::lock_guard lock(mutex_);
    const auto next = std::max(last_ + 1, drawn);
    const auto first = (next + spacing - 1) / spacing * spacing;
    last_ = first + spacing - 1;
    return first;
}

std::string trace_id_of(const InstanceId& id)
{
    constexpr std::size_t digits = 32;
    return crypto::sha256_hex("process instance " + id.text).substr(0, digits);
}

std::string element_key(const std::string& instance, std::int64_t number)
{
    if (number <= 1)  // the process itself
        return instance;
    std::int64_t key = 0;
    const auto* end = instance.data() + instance.size();
    if (std::from_chars(instance.data(), end, key).ptr == end && key % elements_per_key == 0 &&
        number < elements_per_key)
        return std::to_string(key + number);
    auto digits = std::to_string(number);
    return instance + std::string(digits.size() < long_digits ? long_digits - digits.size() : 0, '0') +
           digits;
}

std::optional<ElementKey> parse_element_key(std::string_view key)
{
    const bool is_long = key.size() > digits_of_a_key;
    std::int64_t last = 0;
    const auto number = is_long ? key.substr(key.size() - std::min(key.size(), long_digits)) : key;
    if (key.empty() || key.size() > digits_of_a_key + long_digits ||
        key.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::from_chars(number.data(), number.data() + number.size(), last);
    if (is_long)
        return ElementKey{{std::string(key.substr(0, key.size() - long_digits))}, last};
    // Keys of instances that were not drawn with room for their elements stand for the process alone.
    const auto number_in_block = last % elements_per_key;
    return ElementKey{{std::to_string(last - number_in_block)}, std::max<std::int64_t>(number_in_block, 1)};
}

}  // namespace runtime
