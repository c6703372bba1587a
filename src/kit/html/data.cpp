#include "kit/html/data.hpp"

#include <stdexcept>

namespace html {

Data& Data::set(std::string name, Data value)
{
    if (content_.index() == 0)
        content_ = Members{};
    auto* members = std::get_if<Members>(&content_);
    if (members == nullptr)
        throw std::logic_error("only an object has members: " + name);
    for (auto& [found, old] : *members) {
        if (found == name) {
            old = std::move(value);
            return *this;
        }
    }
    members->emplace_back(std::move(name), std::move(value));
    return *this;
}

Data& Data::push(Data value)
{
    if (content_.index() == 0)
        content_ = List{};
    auto* list = std::get_if<List>(&content_);
    if (list == nullptr)
        throw std::logic_error("only a list grows");
    list->push_back(std::move(value));
    return *this;
}

const Data* Data::find(std::string_view name) const
{
    if (const auto* members = std::get_if<Members>(&content_))
        for (const auto& [found, value] : *members)
            if (found == name)
                return &value;
    return nullptr;
}

bool Data::is_truthy() const
{
    if (const auto* flag = std::get_if<bool>(&content_))
        return *flag;
    if (const auto* text = if_text())
        return !text->empty();
    if (const auto* list = if_list())
        return !list->empty();
    return true;
}

}  // namespace html
