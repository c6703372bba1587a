#include "kit/http/finish.hpp"

#include "base/text.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace http {

namespace {

constexpr std::size_t worth_compressing = 1024;

bool is_text(std::string_view type)
{
    constexpr std::array<std::string_view, 7> texts{
        "text/",
        "application/json",
        "application/problem+json",
        "application/javascript",
        "application/xml",
        "application/manifest+json",
        "image/svg+xml",
    };
    return std::ranges::any_of(texts, [&](std::string_view text) { return type.starts_with(text); });
}

// "gzip;q=0.0" and the like: named, but only to say no.
bool is_refused(std::string_view parameters)
{
    const auto weight = parameters.find("q=");
    return weight != std::string_view::npos &&
           parameters.substr(weight + 2).find_first_not_of("0. ") == std::string_view::npos;
}

std::string_view opaque_part(std::string_view tag)
{
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

Preferences preferences_of(const Request& request)
{
    return {
        .only_reads = request.method == Method::get || request.method == Method::head,
        .takes_gzip = takes_gzip(request.header("accept-encoding").value_or("")),
        .if_none_match = std::string(request.header("if-none-match").value_or("")),
    };
}

bool takes_gzip(std::string_view accept_encoding)
{
    bool takes_any = false;
    for (const auto coding : base::split(accept_encoding, ',')) {
        const auto end = std::min(coding.find(';'), coding.size());
        const auto name = base::trim(coding.substr(0, end));
        const bool is_taken = !is_refused(coding.substr(end));
        if (base::equals_ignoring_ascii_case(name, "gzip"))
            return is_taken;
        takes_any = takes_any || (name == "*" && is_taken);
    }
    return takes_any;
}

bool names_tag(std::string_view if_none_match, std::string_view tag)
{
    if (base::trim(if_none_match) == "*")
        return true;
    for (const auto named : base::split(if_none_match, ','))
        if (opaque_part(base::trim(named)) == opaque_part(tag))
            return true;
    return false;
}

std::string gzip(std::string_view text)
{
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;  // 16 asks zlib for gzip's frame
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot be started");
    std::string compressed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    const int result = deflate(&stream, Z_FINISH);
    compressed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        throw std::runtime_error("zlib cannot compress");
    return compressed;
}

// FNV-1a: tells versions of a page apart, needs no secrecy. Weak, because gzip does not change it.
std::string tag_of(std::string_view body)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char letter : body)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    constexpr char digits[] = "0123456789abcdef";
    std::string tag = "W/\"";
    for (unsigned shift = 64; shift > 0; shift -= 4)
        tag += digits[(hash >> (shift - 4)) & 15U];
    return tag + "\"";
}

bool is_worth_compressing(const Response& response)
{
    return response.body.size() >= worth_compressing &&
           is_text(find_field(response.headers, "content-type").value_or("")) &&
           !find_field(response.headers, "content-encoding");
}

Response not_modified(const Response& response)
{
    Response answer{304, response.headers, {}};
    std::erase_if(answer.headers, [](const auto& header) {
        return header.first == "content-type" || header.first == "content-encoding";
    });
    return answer;
}

Response finish(Response response, const Preferences& preferences)
{
    const bool is_compressible = is_worth_compressing(response);
    if (is_compressible)
        response.add("vary", "accept-encoding");
    const auto caching = find_field(response.headers, "cache-control").value_or("");
    if (response.status == 200 && preferences.only_reads &&
        caching.find("public") != std::string_view::npos) {
        if (!find_field(response.headers, "etag"))
            response.set("etag", tag_of(response.body));
        if (names_tag(preferences.if_none_match, *find_field(response.headers, "etag")))
            return not_modified(response);
    }
    if (is_compressible && preferences.takes_gzip) {
        response.body = gzip(response.body);
        response.set("content-encoding", "gzip");
    }
    return response;
}

}  // namespace http
