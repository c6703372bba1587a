#pragma once

#include "base/result.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// "--name VALUE" and "--name=VALUE" options, "--flag"s and the words between them.
class Options {
public:
    // `invalid` for an option that is not among the names, or one that lacks its value.
    static base::Result<Options> read(
        std::span<const std::string> arguments,
        std::span<const std::string_view> with_value,
        std::span<const std::string_view> flags
    );

    std::optional<std::string> value(std::string_view name) const;
    bool has(std::string_view flag) const;
    const std::vector<std::string>& words() const { return words_; }

private:
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> words_;
};

}  // namespace app
