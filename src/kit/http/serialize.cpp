#include "kit/http/serialize.hpp"

#include "kit/http/server.hpp"

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

}  // namespace

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
