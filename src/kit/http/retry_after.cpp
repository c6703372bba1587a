#include "kit/http/retry_after.hpp"

#include "base/text.hpp"

#include <curl/curl.h>

#include <charconv>

namespace http {

std::optional<std::chrono::milliseconds> retry_after(const Response& response, base::Instant now)
{
    const auto field = find_field(response.headers, "retry-after");
    const auto text = base::trim(field.value_or(""));
    if (text.empty())
        return std::nullopt;
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (end == text.data() + text.size())
        return error == std::errc() ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
    const auto date = curl_getdate(std::string(text).c_str(), nullptr);
    const auto until = base::Instant(std::chrono::seconds(date));
    return date < 0 || until <= now ? std::nullopt : std::optional(until - now);
}

}  // namespace http
