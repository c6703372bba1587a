#include "process/feel/text.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace feel {

namespace {

icu::UnicodeString wide(std::string_view utf8)
{
    return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

}  // namespace

std::size_t byte_of(std::string_view utf8, std::size_t index)
{
    std::size_t at = 0;
    for (; at < utf8.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(utf8[at]) & 0xC0U) != 0x80U;
        if (begins && index-- == 0)
            return at;
    }
    return at;
}

std::string upper_case(std::string_view utf8)
{
    std::string result;
    wide(utf8).toUpper(icu::Locale::getRoot()).toUTF8String(result);
    return result;
}

std::string lower_case(std::string_view utf8)
{
    std::string result;
    wide(utf8).toLower(icu::Locale::getRoot()).toUTF8String(result);
    return result;
}

}  // namespace feel
