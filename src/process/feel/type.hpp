#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace feel {

class Value;

enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    months_duration,
    days_duration,
    list,
    context,
    range,
    function,
};

// A type of FEEL (DMN 1.5 section 10.3.2.9): what `instance of` asks for and what a model declares. Cheap to
// copy.
class Type {
public:
    enum class Shape : std::uint8_t { any, simple, list, context, range, function };
    using Field = std::pair<std::string, Type>;

    Type() = default;  // Any
    static Type any() { return {}; }
    static Type of(Kind kind);  // of lists, contexts, ranges and functions: with anything in them
    static Type list_of(Type element);
    static Type context_of(std::vector<Field> fields);
    static Type range_of(Type element);
    static Type function_of(std::vector<Type> parameters, Type result);
    // "number", "date and time", "days and time duration", "Any" …: the built-in names; nothing else is
    // known.
    static std::optional<Type> find_builtin(std::string_view name);

    Shape shape() const { return shape_; }
    Kind kind() const { return kind_; }  // of a simple type
    bool is_any() const { return shape_ == Shape::any; }
    Type element() const;  // of a list or range
    const std::vector<Field>& fields() const;
    std::vector<Type> parameters() const;
    Type result() const;
    const Type* find_field(std::string_view name) const;
    std::string text() const;  // as FEEL writes it

    bool conforms_to(const Type& other) const;
    // Whether the value is in the type's domain. null is in the domain of Any and Null only.
    bool accepts(const Value& value) const;
    friend bool operator==(const Type& a, const Type& b);

private:
    struct Parts;

    Shape shape_ = Shape::any;
    Kind kind_ = Kind::null;
    std::shared_ptr<const Parts> parts_;  // shared by all copies, never changed
};

// The type of a value as far as it can be told; of an empty list: a list of Any.
Type type_of(const Value& value);

}  // namespace feel
