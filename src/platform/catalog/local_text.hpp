#pragma once

#include "kit/html/texts.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace catalog {

// One text in every language of the portal.
class LocalText {
public:
    const std::string& in(html::Language language) const
    {
        return texts_[static_cast<std::size_t>(language)];
    }
    std::string& in(html::Language language) { return texts_[static_cast<std::size_t>(language)]; }
    bool empty() const { return texts_.front().empty(); }
    friend bool operator==(const LocalText&, const LocalText&) = default;

private:
    std::array<std::string, std::size(html::all_languages)> texts_;
};

}  // namespace catalog
