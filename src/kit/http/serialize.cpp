#include "kit/http/serialize.hpp"

#include "kit/http/server.hpp"

#include <zlib.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace http {

namespace {

// The reasons of RFC 9110 section 15 for the codes that we send.
std::string_view reason_of(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
    }
}

constexpr std::size_t worth_compressing = 1024;

bool is_text(std::string_view type)
{
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("application/javascript") || type.starts_with("application/problem+json") ||
           type.starts_with("image/svg+xml") || type.starts_with("application/xml");
}

// FNV-1a: tells versions of a page apart, needs no secrecy.
std::string tag_of(std::string_view body)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char letter : body)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    constexpr char digits[] = "0123456789abcdef";
    std::string tag = "W/\"";
    for (int shift = 60; shift >= 0; shift -= 4)
        tag += digits[(hash >> static_cast<unsigned>(shift)) & 15U];
    return tag + "\"";
}

}  // namespace

std::string gzip(std::string_view text)
{
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;  // 16 asks zlib for gzip's frame (RFC 1952)
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

bool accepts_gzip(const Request& request)
{
    const auto accepted = request.header("accept-encoding").value_or("");
    const auto found = accepted.find("gzip");
    return found != std::string_view::npos &&
           accepted.substr(found, 10).find("q=0") == std::string_view::npos;
}

Response finish(Response response, const Request& request)
{
    const auto type = std::string(find_field(response.headers, "content-type").value_or(""));
    const auto caching = find_field(response.headers, "cache-control").value_or("");
    const bool may_be_kept = response.status == 200 && caching.find("public") != std::string_view::npos &&
                             (request.method == Method::get || request.method == Method::head);
    if (may_be_kept && !find_field(response.headers, "etag"))
        response.set("etag", tag_of(response.body));
    if (may_be_kept && request.header("if-none-match") == find_field(response.headers, "etag")) {
        response.status = 304;
        response.body.clear();
        std::erase_if(response.headers, [](const auto& header) { return header.first == "content-type"; });
        return response;
    }
    if (response.body.size() >= worth_compressing && is_text(type) &&
        !find_field(response.headers, "content-encoding")) {
        response.add("vary", "accept-encoding");
        if (accepts_gzip(request)) {
            response.body = gzip(response.body);
            response.set("content-encoding", "gzip");
        }
    }
    return response;
}

std::string serialize_head(const Response& response)
{
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += reason_of(response.status);
    head += "\r\n";
    for (const auto& [name, value] : response.headers) {
        // A line break would begin another header: such a header is our bug and is left out.
        if (name.find_first_of("\r\n:") != std::string::npos ||
            value.find_first_of("\r\n") != std::string::npos)
            continue;
        head += name;
        head += ": ";
        head += value;
        head += "\r\n";
    }
    const bool has_no_body = response.status == 204 || response.status == 304 || response.status < 200;
    if (!has_no_body)
        head += "content-length: " + std::to_string(response.body.size()) + "\r\n";
    return head + "\r\n";
}

std::string serialize(const Response& response)
{
    return serialize_head(response) + response.body;
}

}  // namespace http
