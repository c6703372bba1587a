#pragma once

#include "base/result.hpp"
#include "kit/html/texts.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/local_text.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace documents {

// A text of a service in every language of the portal, with {name} where a value stands.
class Wording {
public:
    // `member` says in a refusal where the text stands. Refuses a language that is missing or unknown, a
    // brace without its other half, and a value that `is_known` does not know.
    static base::Result<Wording> parse(
        const json::Value* texts,
        const std::string& member,
        const std::function<bool(std::string_view)>& is_known
    );

    // `invalid`, naming the value, when `value_of` has an empty text for one.
    base::Result<std::string>
    fill(html::Language language, const std::function<std::string(std::string_view)>& value_of) const;

    // The texts as they were written.
    catalog::LocalText texts() const;

private:
    struct Piece {
        bool is_value = false;
        std::string text;  // or the value's name
    };
    using Pieces = std::vector<Piece>;

    static base::Result<Pieces> split(
        std::string_view text,
        const std::string& member,
        const std::function<bool(std::string_view)>& is_known
    );

    std::map<html::Language, Pieces> pieces_;
};

// What a template is refused with: where, and what was expected there.
base::Error template_error(const std::string& member, std::string_view expected);

}  // namespace documents
