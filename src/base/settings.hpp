#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// A setting as its room declares it, printed by `schalter --help-settings`.
// Keys are dotted and lower case ("payments.payrexx_address"); a secret may also come from "<key>_file".
struct Setting {
    std::string_view key;
    std::string_view standard;  // the default, as it would stand in the file
    std::string_view sentence;
    bool is_secret = false;
};

// The program's settings: default < file < environment (SCHALTER_PAYMENTS_PAYREXX_ADDRESS).
// Tenants' own values live in the database and are asked for there.
class Settings {
public:
    // Refuses unknown keys (naming the nearest known one), repeated keys and unreadable secret files.
    // `file` is the text of the configuration file: one "key = value" a line, "#" begins a comment.
    static Result<Settings> read(
        std::span<const Setting> declared,
        std::string_view file,
        const std::map<std::string, std::string>& environment
    );

    // Asking for a key nobody declared, or for a number that is none, throws std::logic_error.
    const std::string& text(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    std::chrono::seconds duration(std::string_view key) const;  // "90s", "15m", "24h", "10d"
    bool is_on(std::string_view key) const;                     // "on" or "off"

private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace base
