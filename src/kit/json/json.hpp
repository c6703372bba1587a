#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace json {

class Value;

// A number exactly as written (RFC 8259 section 6), so that 25.10 stays 25.10: never a binary float on the
// way.
struct Number {
    std::string text;
    friend bool operator==(const Number&, const Number&) = default;
};

using Array = std::vector<Value>;

// Members keep the order in which they were written; a repeated name is refused by parse.
class Object {
public:
    using Member = std::pair<std::string, Value>;

    Object() = default;
    Object(std::initializer_list<Member> members);

    const Value* find(std::string_view name) const;  // nullptr when there is none
    Value* find(std::string_view name);
    Value& operator[](std::string_view name);    // adds null when there is none
    void append(std::string name, Value value);  // without looking for a member of that name
    void erase(std::string_view name);
    bool empty() const;
    std::size_t size() const;

    std::vector<Member>::const_iterator begin() const;
    std::vector<Member>::const_iterator end() const;
    friend bool operator==(const Object&, const Object&);

private:
    std::vector<Member> members_;
};

// A JSON document or a part of one. A value type: copies are deep.
class Value {
public:
    Value() = default;                                  // null
    Value(std::nullptr_t) {}                            // NOLINT(google-explicit-constructor)
    Value(bool boolean) : content_(boolean) {}          // NOLINT(google-explicit-constructor)
    Value(int number) : Value(std::int64_t{number}) {}  // NOLINT(google-explicit-constructor)
    Value(std::int64_t number)
        : content_(Number{std::to_string(number)}) {}              // NOLINT(google-explicit-constructor)
    Value(Number number) : content_(std::move(number)) {}          // NOLINT(google-explicit-constructor)
    Value(const char* text) : content_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
    Value(std::string_view text) : content_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string text) : content_(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    Value(Array array) : content_(std::move(array)) {}             // NOLINT(google-explicit-constructor)
    Value(Object object) : content_(std::move(object)) {}          // NOLINT(google-explicit-constructor)

    bool is_null() const { return content_.index() == 0; }
    // nullptr when the value is of another kind.
    const bool* if_bool() const { return std::get_if<bool>(&content_); }
    const Number* if_number() const { return std::get_if<Number>(&content_); }
    const std::string* if_string() const { return std::get_if<std::string>(&content_); }
    const Array* if_array() const { return std::get_if<Array>(&content_); }
    const Object* if_object() const { return std::get_if<Object>(&content_); }
    Array* if_array() { return std::get_if<Array>(&content_); }
    Object* if_object() { return std::get_if<Object>(&content_); }

    // For reading what came from outside without a ladder of checks: nothing when absent or of another kind.
    const Value* find(std::string_view name) const;                     // member of an object
    std::optional<std::int64_t> integer() const;                        // a number without fraction that fits
    std::string_view string_or(std::string_view otherwise = {}) const;  // the string, or `otherwise`
    std::string_view text_of(std::string_view member, std::string_view otherwise = {}) const;

    friend bool operator==(const Value&, const Value&) = default;  // numbers by their text

private:
    std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> content_;
};

// Here, because a member can be looked at only where its value is complete.
inline bool Object::empty() const
{
    return members_.empty();
}
inline std::size_t Object::size() const
{
    return members_.size();
}
inline std::vector<Object::Member>::const_iterator Object::begin() const
{
    return members_.begin();
}
inline std::vector<Object::Member>::const_iterator Object::end() const
{
    return members_.end();
}

// Bounds against hostile input; what exceeds them is refused with ErrorKind::invalid.
struct Limits {
    std::size_t bytes = 16U << 20U;
    std::size_t depth = 64;
};

// RFC 8259, UTF-8 only. `detail` of the error says line and column.
base::Result<Value> parse(std::string_view text, const Limits& limits = {});

std::string write(const Value& value);         // compact
std::string write_pretty(const Value& value);  // two spaces, for files that people read

}  // namespace json
