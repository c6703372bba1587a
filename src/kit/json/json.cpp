#include "kit/json/json.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace json {

namespace {

// The place of a member, in a const or a changeable list.
auto locate(auto& members, std::string_view name)
{
    return std::find_if(members.begin(), members.end(), [name](const Object::Member& member) {
        return member.first == name;
    });
}

}  // namespace

Object::Object(std::initializer_list<Member> members)
{
    members_.reserve(members.size());
    for (const auto& member : members) {
        if (find(member.first))
            throw std::logic_error("json::Object: the member " + member.first + " is given twice");
        members_.push_back(member);
    }
}

const Value* Object::find(std::string_view name) const
{
    const auto place = locate(members_, name);
    return place == members_.end() ? nullptr : &place->second;
}

Value* Object::find(std::string_view name)
{
    const auto place = locate(members_, name);
    return place == members_.end() ? nullptr : &place->second;
}

Value& Object::operator[](std::string_view name)
{
    if (auto* value = find(name))
        return *value;
    return members_.emplace_back(std::string(name), Value{}).second;
}

void Object::append(std::string name, Value value)
{
    members_.emplace_back(std::move(name), std::move(value));
}

void Object::erase(std::string_view name)
{
    const auto place = locate(members_, name);
    if (place != members_.end())
        members_.erase(place);
}

bool operator==(const Object& left, const Object& right)
{
    return left.members_ == right.members_;
}

const Value* Value::find(std::string_view name) const
{
    const auto* object = if_object();
    return object ? object->find(name) : nullptr;
}

std::optional<std::int64_t> Value::integer() const
{
    const auto* number = if_number();
    if (!number)
        return std::nullopt;
    std::int64_t integer = 0;
    const auto* end = number->text.data() + number->text.size();
    const auto read = std::from_chars(number->text.data(), end, integer);
    if (read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return integer;
}

std::string_view Value::string_or(std::string_view otherwise) const
{
    const auto* string = if_string();
    return string ? std::string_view(*string) : otherwise;
}

std::string_view Value::text_of(std::string_view member, std::string_view otherwise) const
{
    const auto* value = find(member);
    return value ? value->string_or(otherwise) : otherwise;
}

}  // namespace json
