#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace html {

class Data;
using List = std::vector<Data>;
using Members = std::vector<std::pair<std::string, Data>>;

// What a template is filled with: text, yes or no, a list, or named members. Text is escaped when written.
class Data {
public:
    Data() = default;                                             // no
    Data(bool flag) : content_(flag) {}                           // NOLINT(google-explicit-constructor)
    Data(const char* text) : content_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
    Data(std::string text) : content_(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    Data(std::string_view text) : content_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
    Data(List list) : content_(std::move(list)) {}                // NOLINT(google-explicit-constructor)
    Data(Members members) : content_(std::move(members)) {}       // NOLINT(google-explicit-constructor)

    // Adds or replaces a member (makes this an object when it was empty); chains.
    Data& set(std::string name, Data value);
    Data& push(Data value);  // adds to a list (makes this a list when it was empty)

    const Data* find(std::string_view name) const;
    const std::string* if_text() const { return std::get_if<std::string>(&content_); }
    const List* if_list() const { return std::get_if<List>(&content_); }
    bool is_truthy() const;  // not: false, "", empty list

private:
    std::variant<bool, std::string, List, Members> content_{false};
};

}  // namespace html
