#pragma once

#include "kit/json/json.hpp"
#include "process/feel/number.hpp"
#include "process/feel/temporal.hpp"
#include "process/feel/type.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace feel {

class Context;
struct Range;
struct Function;
using List = std::vector<Value>;

// A value of FEEL. 16 bytes; copies share what is large, nothing is ever changed, so values may be read from
// several threads at once.
class Value {
public:
    // How deep lists and contexts may lie in each other; making a deeper one throws std::length_error.
    static constexpr std::uint32_t deepest = 500;

    Value() noexcept = default;                          // null
    Value(std::nullptr_t) noexcept {}                    // NOLINT(google-explicit-constructor)
    Value(bool boolean) noexcept : kind_(Kind::boolean)  // NOLINT(google-explicit-constructor)
    {
        bits_.integer = boolean ? 1 : 0;
    }
    Value(int number) noexcept : Value(Number(number)) {}           // NOLINT(google-explicit-constructor)
    Value(std::int64_t number) noexcept : Value(Number(number)) {}  // NOLINT(google-explicit-constructor)
    Value(const Number& number) : kind_(Kind::number)               // NOLINT(google-explicit-constructor)
    {
        if (number.is_short()) {
            bits_.integer = number.coefficient();
            exponent_ = number.exponent();
        } else {
            share_number(number);
        }
    }
    Value(const char* text) : Value(std::string(text)) {}       // NOLINT(google-explicit-constructor)
    Value(std::string_view text) : Value(std::string(text)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string text);                                    // NOLINT(google-explicit-constructor)
    Value(const Date& date) noexcept;                           // NOLINT(google-explicit-constructor)
    Value(Time time);                                           // NOLINT(google-explicit-constructor)
    Value(DateTime moment);                                     // NOLINT(google-explicit-constructor)
    Value(const MonthsDuration& duration) noexcept;             // NOLINT(google-explicit-constructor)
    Value(const DaysDuration& duration) noexcept;               // NOLINT(google-explicit-constructor)
    Value(List list);                                           // NOLINT(google-explicit-constructor)
    Value(Context context);                                     // NOLINT(google-explicit-constructor)
    Value(Range range);                                         // NOLINT(google-explicit-constructor)
    Value(Function function);                                   // NOLINT(google-explicit-constructor)
    template <class T>
    Value(const std::optional<T>& maybe)  // NOLINT(google-explicit-constructor)
        : Value(maybe ? Value(*maybe) : Value())
    {
    }
    template <class T>
    Value(T*) = delete;  // would be a boolean

    Value(const Value& other) noexcept
        : bits_(other.bits_), kind_(other.kind_), is_shared_(other.is_shared_), exponent_(other.exponent_),
          extra_(other.extra_)
    {
        if (is_shared_)
            bits_.payload->references.fetch_add(1, std::memory_order_relaxed);
    }
    Value(Value&& other) noexcept
        : bits_(other.bits_), kind_(other.kind_), is_shared_(other.is_shared_), exponent_(other.exponent_),
          extra_(other.extra_)
    {
        other.kind_ = Kind::null;
        other.is_shared_ = false;
    }
    Value& operator=(Value other) noexcept
    {
        swap(other);
        return *this;
    }
    ~Value()
    {
        if (is_shared_)
            release();
    }
    void swap(Value& other) noexcept
    {
        std::swap(bits_, other.bits_);
        std::swap(kind_, other.kind_);
        std::swap(is_shared_, other.is_shared_);
        std::swap(exponent_, other.exponent_);
        std::swap(extra_, other.extra_);
    }

    Kind kind() const { return kind_; }
    bool is_null() const { return kind_ == Kind::null; }
    bool is_true() const { return kind_ == Kind::boolean && bits_.integer == 1; }
    bool is_false() const { return kind_ == Kind::boolean && bits_.integer == 0; }

    // Nothing (or nullptr) when the value is of another kind.
    std::optional<bool> if_boolean() const
    {
        return kind_ == Kind::boolean ? std::optional(bits_.integer == 1) : std::nullopt;
    }
    std::optional<Number> if_number() const
    {
        if (kind_ != Kind::number)
            return std::nullopt;
        return is_shared_ ? shared_number() : Number::short_form(bits_.integer, exponent_);
    }
    const std::string* if_string() const;
    std::optional<Date> if_date() const;
    const Time* if_time() const;
    const DateTime* if_date_time() const;
    std::optional<MonthsDuration> if_months_duration() const;
    std::optional<DaysDuration> if_days_duration() const;
    const List* if_list() const;
    const Context* if_context() const;
    const Range* if_range() const;
    const Function* if_function() const;

    std::uint32_t depth() const { return is_shared_ ? bits_.payload->depth : 0; }  // 1 for a list of numbers
    // Whether both share the same payload, or are equal without one.
    bool is_same_as(const Value& other) const;

private:
    struct Payload {
        std::atomic<std::uint32_t> references{1};
        std::uint32_t depth = 0;
    };
    template <class T>
    struct Box;
    template <class T>
    void share(T content, std::uint32_t depth = 0);
    template <class T>
    const T* find(Kind kind) const;
    void share_number(const Number& number);
    Number shared_number() const;
    void release() noexcept;

    union Bits {
        std::int64_t integer;
        Payload* payload;
    } bits_{.integer = 0};
    Kind kind_ = Kind::null;
    bool is_shared_ = false;
    std::int8_t exponent_ = 0;  // of a number in short form
    std::int32_t extra_ = 0;    // nanoseconds of a duration
};

// Names and values in the order in which they were written. A later value of the same name replaces the
// first.
class Context {
public:
    using Entry = std::pair<std::string, Value>;

    Context() = default;
    Context(std::initializer_list<Entry> entries);

    const Value* find(std::string_view name) const;  // nullptr when there is none
    void set(std::string_view name, Value value);
    void erase(std::string_view name);
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

private:
    std::vector<Entry> entries_;
};

// What lies between two ends. An end that is null is open without bound. [1..10] and (> 10) are ranges of
// different form, and not equal even when they hold the same.
struct Range {
    enum class Form { interval, comparison, exclusion };

    Value low;
    Value high;
    bool includes_low = true;
    bool includes_high = true;
    Form form = Form::interval;  // exclusion: (!= low), everything but `low`
};

// Whether the range holds the value; nothing when they cannot be compared.
std::optional<bool> contains(const Range& range, const Value& value);

struct Parameter {
    std::string name;
    Type type = {};
};

class Caller;

// Something that can be called: built in, written in FEEL, or given by the program.
struct Function {
    // Gets exactly as many arguments as there are parameters, unless `is_variadic`; they conform to their
    // types.
    using Body = std::function<Value(Caller& caller, std::span<const Value> arguments)>;

    std::string name;  // empty for a lambda
    std::vector<Parameter> parameters;
    Type result = {};
    Body body;
    bool is_variadic = false;  // the last parameter takes any number of arguments
};

// Three-valued: nothing when the two cannot be compared (DMN 1.5 table 42 and section 10.3.2.13).
std::optional<bool> equal(const Value& a, const Value& b);
// Numbers, strings (by code point), dates, times, moments and durations of one kind; nothing for others.
std::optional<std::strong_ordering> compare(const Value& a, const Value& b);

// Objects become contexts, numbers stay exact; a number beyond decimal128 becomes null.
Value from_json(const json::Value& document);
// Dates, times and durations become their ISO 8601 strings, ranges and functions their FEEL text.
json::Value to_json(const Value& value);

// As the function string() writes it: a text bare at the outside, in quotes inside lists and contexts.
std::string to_text(const Value& value);
// As FEEL would write it again.
std::string to_feel(const Value& value);

}  // namespace feel
