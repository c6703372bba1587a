#pragma once

#include "process/bpmn/state.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bpmn {

// Writes numbers in seven-bit groups, the lowest first, so that small ones take one byte.
class Packer {
public:
    // With `aside`, large values of variables and loops are put there and named in the bytes.
    explicit Packer(Aside* aside = nullptr) : aside_(aside) {}

    void number(std::uint64_t number);
    void signed_number(std::int64_t number);
    void text(std::string_view text);
    void value(const feel::Value& value);
    void context(const feel::Context& context);
    void variables(const feel::Context& context);
    void large_value(const feel::Value& value);
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
    Aside* aside_;
};

// The bytes are not what a Packer writes.
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Reads what a Packer wrote; throws Malformed for anything else.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes, const FetchAside* fetch = nullptr)
        : bytes_(bytes), fetch_(fetch)
    {
    }

    std::uint64_t number();
    std::uint32_t small_number();
    std::int64_t signed_number();
    std::string text();
    feel::Value value(int depth = 0);
    feel::Context context(int depth = 0);
    bool is_at_end() const { return bytes_.empty(); }

private:
    feel::Value value_aside(const std::string& name, int depth) const;

    std::string_view bytes_;
    const FetchAside* fetch_;
};

}  // namespace bpmn
