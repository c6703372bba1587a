#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/local_text.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

// Reads the files of a service strictly: what is missing, of the wrong kind or not known is refused.
// Remembers the first refusal; what is read after that is worth nothing, so callers look at `refusal` at the
// end.
class DefinitionReader {
public:
    const std::optional<base::Error>& refusal() const { return refusal_; }
    // `path` is "pages[1].questions[0].label.fr".
    void refuse(const std::string& path, std::string_view expected);

    const json::Object& object(const json::Value& value, const std::string& path);
    void
    only(const json::Object& object, const std::string& path, std::initializer_list<std::string_view> known);

    std::string text(const json::Object& object, const std::string& path, std::string_view name);
    std::string optional_text(const json::Object& object, const std::string& path, std::string_view name);
    std::vector<std::string>
    texts(const json::Object& object, const std::string& path, std::string_view name);
    std::vector<std::string>
    optional_texts(const json::Object& object, const std::string& path, std::string_view name);
    LocalText local_text(const json::Object& object, const std::string& path, std::string_view name);
    LocalText optional_local_text(const json::Object& object, const std::string& path, std::string_view name);
    bool boolean(const json::Object& object, const std::string& path, std::string_view name, bool otherwise);
    std::optional<std::int64_t>
    optional_integer(const json::Object& object, const std::string& path, std::string_view name);
    const json::Array& array(const json::Object& object, const std::string& path, std::string_view name);
    const json::Array&
    optional_array(const json::Object& object, const std::string& path, std::string_view name);

private:
    LocalText read_local_text(const json::Value& value, const std::string& path);

    std::optional<base::Error> refusal_;
};

std::string member_of(const std::string& path, std::string_view name);
std::string item_of(const std::string& path, std::size_t index);

}  // namespace catalog
