#pragma once

#include "platform/catalog/service.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace catalog {

// The words by which a service can be found in one language.
class SearchEntry {
public:
    explicit SearchEntry(const ServiceTexts& texts);

    // How well it fits what was typed, 0 for not at all; every word typed has to fit somewhere.
    int score(const std::vector<std::string>& typed) const;

private:
    std::vector<std::string> title_;
    std::vector<std::string> keywords_;
    std::vector<std::string> summary_;
};

}  // namespace catalog
