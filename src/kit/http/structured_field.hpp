#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// Header fields with a structure (RFC 8941), as far as signatures need them: dictionaries of items and lists.
namespace http {

struct Token {
    std::string text;
    friend bool operator==(const Token&, const Token&) = default;
};
struct Bytes {
    std::string bytes;
    friend bool operator==(const Bytes&, const Bytes&) = default;
};
struct Decimal {
    std::int64_t thousandths = 0;
    friend bool operator==(const Decimal&, const Decimal&) = default;
};
using BareItem = std::variant<bool, std::int64_t, Decimal, std::string, Token, Bytes>;

using Parameters = std::vector<std::pair<std::string, BareItem>>;  // in order, each name once
struct Item {
    BareItem value;
    Parameters parameters = {};
    friend bool operator==(const Item&, const Item&) = default;
};
struct InnerList {
    std::vector<Item> items;
    Parameters parameters = {};
    friend bool operator==(const InnerList&, const InnerList&) = default;
};
using Member = std::variant<Item, InnerList>;
using Dictionary = std::vector<std::pair<std::string, Member>>;  // in order, each name once

// nullptr when there is none of that name, or it is of another kind.
template <class Value>
const Value* find_parameter(const Parameters& parameters, std::string_view name)
{
    for (const auto& [known, value] : parameters)
        if (known == name)
            return std::get_if<Value>(&value);
    return nullptr;
}
template <class Kind>
const Kind* find_member(const Dictionary& dictionary, std::string_view name)
{
    for (const auto& [known, member] : dictionary)
        if (known == name)
            return std::get_if<Kind>(&member);
    return nullptr;
}

// `invalid` for anything that the standard does not allow; of a name that is repeated the last value counts.
base::Result<Dictionary> parse_dictionary(std::string_view text);

// In the one spelling that the standard gives.
std::string write(const BareItem& value);
std::string write(const InnerList& list);
std::string write(const Dictionary& dictionary);

}  // namespace http
