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

    // The same where the required ones must all be there, and beside them just what `word` names ("the id of
    // a client"), or nothing when it is empty. The detail is a sentence for who called.
    static base::Result<Options> read_all(
        std::span<const std::string> arguments,
        std::span<const std::string_view> required,
        std::span<const std::string_view> optional,
        std::string_view word
    );

    std::optional<std::string> value(std::string_view name) const;
    bool has(std::string_view flag) const;
    const std::vector<std::string>& words() const { return words_; }

private:
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> words_;
};

}  // namespace app
