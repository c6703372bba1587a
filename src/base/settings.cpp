#include "base/settings.hpp"

#include "base/search.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace base {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

Error unknown(std::span<const Setting> declared, std::string_view key, const std::string& place)
{
    std::string detail = place + ": unknown setting '" + std::string(key) + "'";
    const auto nearest = std::ranges::min_element(declared, {}, [&](const Setting& setting) {
        return edit_distance(setting.key, key);
    });
    if (nearest != declared.end())
        detail += "; did you mean '" + std::string(nearest->key) + "'?";
    return fail(ErrorKind::invalid, "settings.unknown", detail);
}

// The declared setting behind a key of the file; "<key>_file" stands for a secret's file.
const Setting* find_setting(std::span<const Setting> declared, std::string_view key, bool& is_file)
{
    for (const Setting& setting : declared) {
        is_file = setting.is_secret && key == std::string(setting.key) + "_file";
        if (setting.key == key || is_file)
            return &setting;
    }
    return nullptr;
}

Result<std::string> read_secret(const std::string& path)
{
    std::ifstream stream(path);
    if (!stream)
        return fail(
            ErrorKind::invalid, "settings.secret_unreadable", "cannot read the secret file '" + path + "'"
        );
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    return std::string(trim(content));
}

Result<> take(
    Values& values,
    std::span<const Setting> declared,
    std::string_view key,
    std::string value,
    const std::string& place
)
{
    bool is_file = false;
    const Setting* setting = find_setting(declared, key, is_file);
    if (setting == nullptr)
        return unknown(declared, key, place);
    if (is_file) {
        auto secret = read_secret(value);
        if (!secret)
            return secret.error();
        value = std::move(*secret);
    }
    values.insert_or_assign(std::string(setting->key), std::move(value));
    return Done{};
}

Result<> read_file(Values& values, std::span<const Setting> declared, std::string_view file)
{
    Values seen;
    int number = 0;
    for (const auto raw : split(file, '\n')) {
        ++number;
        const auto line = trim(raw);
        if (line.empty() || line.front() == '#')
            continue;
        const std::string place = "line " + std::to_string(number);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos)
            return fail(
                ErrorKind::invalid,
                "settings.no_equals",
                place + ": expected 'key = value', found '" + std::string(line) + "'"
            );
        const std::string key(trim(line.substr(0, equals)));
        if (!seen.emplace(key, "").second)
            return fail(ErrorKind::invalid, "settings.repeated", place + ": '" + key + "' stands twice");
        auto taken = take(values, declared, key, std::string(trim(line.substr(equals + 1))), place);
        if (!taken)
            return taken.error();
    }
    return Done{};
}

std::string environment_name(std::string_view key)
{
    std::string name = "SCHALTER_";
    for (const char letter : key)
        name += letter == '.'
                    ? '_'
                    : static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    return name;
}

}  // namespace

Result<Settings> Settings::read(
    std::span<const Setting> declared,
    std::string_view file,
    const std::map<std::string, std::string>& environment
)
{
    Settings settings;
    for (const Setting& setting : declared)
        settings.values_.emplace(setting.key, setting.standard);
    if (auto read = read_file(settings.values_, declared, file); !read)
        return read.error();
    for (const Setting& setting : declared) {
        for (const std::string& key : {std::string(setting.key), std::string(setting.key) + "_file"}) {
            const auto found = environment.find(environment_name(key));
            if (found == environment.end() || (key != setting.key && !setting.is_secret))
                continue;
            if (auto taken = take(settings.values_, declared, key, found->second, found->first); !taken)
                return taken.error();
        }
    }
    return settings;
}

const std::string& Settings::text(std::string_view key) const
{
    const auto found = values_.find(key);
    if (found == values_.end())
        throw std::logic_error("nobody declared the setting " + std::string(key));
    return found->second;
}

std::int64_t Settings::integer(std::string_view key) const
{
    const std::string& value = text(key);
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc{} || read.ptr != value.data() + value.size())
        throw std::logic_error(
            "the setting " + std::string(key) + " needs a whole number, found '" + value + "'"
        );
    return number;
}

std::chrono::seconds Settings::duration(std::string_view key) const
{
    const std::string& value = text(key);
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    const std::string_view unit(read.ptr, static_cast<std::size_t>(value.data() + value.size() - read.ptr));
    const std::int64_t seconds = unit == "s"   ? 1
                                 : unit == "m" ? 60
                                 : unit == "h" ? 3600
                                 : unit == "d" ? 86400
                                               : 0;
    if (read.ec != std::errc{} || seconds == 0 || number < 0)
        throw std::logic_error(
            "the setting " + std::string(key) + " needs a duration such as 15m, found '" + value + "'"
        );
    return std::chrono::seconds(number * seconds);
}

bool Settings::is_on(std::string_view key) const
{
    const std::string& value = text(key);
    if (value != "on" && value != "off")
        throw std::logic_error(
            "the setting " + std::string(key) + " is 'on' or 'off', found '" + value + "'"
        );
    return value == "on";
}

}  // namespace base
