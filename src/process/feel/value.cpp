#include "process/feel/value.hpp"

#include <algorithm>
#include <stdexcept>

namespace feel {

template <class T>
struct Value::Box : Payload {
    explicit Box(T made) : content(std::move(made)) {}
    T content;
};

template <class T>
void Value::share(T content, std::uint32_t depth)
{
    if (depth > deepest)
        throw std::length_error("lists and contexts lie too deep in each other");
    auto* box = new Box<T>(std::move(content));
    box->depth = depth;
    bits_.payload = box;
    is_shared_ = true;
}

template <class T>
const T* Value::find(Kind kind) const
{
    return kind_ == kind && is_shared_ ? &static_cast<const Box<T>*>(bits_.payload)->content : nullptr;
}

void Value::share_number(const Number& number)
{
    share(number);
}

Number Value::shared_number() const
{
    return *find<Number>(Kind::number);
}

Value::Value(std::string text) : kind_(Kind::string)
{
    share(std::move(text));
}

Value::Value(const Date& date) noexcept : kind_(Kind::date)
{
    bits_.integer = date.days;
}

Value::Value(Time time) : kind_(Kind::time)
{
    share(std::move(time));
}

Value::Value(DateTime moment) : kind_(Kind::date_time)
{
    share(std::move(moment));
}

Value::Value(const MonthsDuration& duration) noexcept : kind_(Kind::months_duration)
{
    bits_.integer = duration.months;
}

Value::Value(const DaysDuration& duration) noexcept : kind_(Kind::days_duration), extra_(duration.nanoseconds)
{
    bits_.integer = duration.seconds;
}

Value::Value(List list) : kind_(Kind::list)
{
    std::uint32_t depth = 0;
    for (const auto& item : list)
        depth = std::max(depth, item.depth());
    share(std::move(list), depth + 1);
}

Value::Value(Context context) : kind_(Kind::context)
{
    std::uint32_t depth = 0;
    for (const auto& [name, value] : context)
        depth = std::max(depth, value.depth());
    share(std::move(context), depth + 1);
}

Value::Value(Range range) : kind_(Kind::range)
{
    share(std::move(range), 1);
}

Value::Value(Function function) : kind_(Kind::function)
{
    share(std::move(function), 1);
}

void Value::release() noexcept
{
    if (bits_.payload->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    switch (kind_) {
    case Kind::number: delete static_cast<Box<Number>*>(bits_.payload); break;
    case Kind::string: delete static_cast<Box<std::string>*>(bits_.payload); break;
    case Kind::time: delete static_cast<Box<Time>*>(bits_.payload); break;
    case Kind::date_time: delete static_cast<Box<DateTime>*>(bits_.payload); break;
    case Kind::list: delete static_cast<Box<List>*>(bits_.payload); break;
    case Kind::context: delete static_cast<Box<Context>*>(bits_.payload); break;
    case Kind::range: delete static_cast<Box<Range>*>(bits_.payload); break;
    case Kind::function: delete static_cast<Box<Function>*>(bits_.payload); break;
    case Kind::null:
    case Kind::boolean:
    case Kind::date:
    case Kind::months_duration:
    case Kind::days_duration: break;  // never shared
    }
}

const std::string* Value::if_string() const
{
    return find<std::string>(Kind::string);
}

std::optional<Date> Value::if_date() const
{
    if (kind_ != Kind::date)
        return std::nullopt;
    return Date{bits_.integer};
}

const Time* Value::if_time() const
{
    return find<Time>(Kind::time);
}

const DateTime* Value::if_date_time() const
{
    return find<DateTime>(Kind::date_time);
}

std::optional<MonthsDuration> Value::if_months_duration() const
{
    if (kind_ != Kind::months_duration)
        return std::nullopt;
    return MonthsDuration{bits_.integer};
}

std::optional<DaysDuration> Value::if_days_duration() const
{
    if (kind_ != Kind::days_duration)
        return std::nullopt;
    return DaysDuration{bits_.integer, extra_};
}

const List* Value::if_list() const
{
    return find<List>(Kind::list);
}

const Context* Value::if_context() const
{
    return find<Context>(Kind::context);
}

const Range* Value::if_range() const
{
    return find<Range>(Kind::range);
}

const Function* Value::if_function() const
{
    return find<Function>(Kind::function);
}

bool Value::is_same_as(const Value& other) const
{
    return kind_ == other.kind_ && is_shared_ == other.is_shared_ && bits_.integer == other.bits_.integer &&
           exponent_ == other.exponent_ && extra_ == other.extra_;
}

Context::Context(std::initializer_list<Entry> entries)
{
    for (const auto& [name, value] : entries)
        set(name, value);
}

const Value* Context::find(std::string_view name) const
{
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.first == name;
    });
    return found == entries_.end() ? nullptr : &found->second;
}

void Context::set(std::string_view name, Value value)
{
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.first == name;
    });
    if (found == entries_.end())
        entries_.emplace_back(name, std::move(value));
    else
        found->second = std::move(value);
}

void Context::erase(std::string_view name)
{
    std::erase_if(entries_, [&](const Entry& entry) { return entry.first == name; });
}

}  // namespace feel
