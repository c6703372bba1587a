#include "kit/http/multipart.hpp"

#include "base/text.hpp"

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t most_parts = 1000;

base::Error broken(std::string detail)
{
    return fail(ErrorKind::invalid, "http.broken_multipart", std::move(detail));
}

// The value of a parameter: form-data; name="resources"; filename="a.bpmn" (RFC 9110 section 5.6.6).
std::string parameter(std::string_view field, std::string_view name)
{
    for (std::size_t at = field.find(';'); at != std::string_view::npos; at = field.find(';', at)) {
        ++at;
        const auto equals = field.find('=', at);
        if (equals == std::string_view::npos)
            return {};
        const bool is_wanted = base::ascii_lower(base::trim(field.substr(at, equals - at))) == name;
        at = equals + 1;
        std::string value;
        if (at < field.size() && field[at] == '"') {
            for (++at; at < field.size() && field[at] != '"'; ++at) {
                // Browsers escape quotes by percent signs, others by a backslash.
                if (field[at] == '\\' && at + 1 < field.size() &&
                    (field[at + 1] == '"' || field[at + 1] == '\\'))
                    ++at;
                value += field[at];
            }
        } else {
            value = base::trim(field.substr(at, field.find(';', at) - at));
        }
        if (is_wanted)
            return value;
    }
    return {};
}

std::string without_folders(const std::string& path)
{
    const auto separator = path.find_last_of("/\\");
    return separator == std::string::npos ? path : path.substr(separator + 1);
}

// Its header fields, an empty line, its content.
Result<FormPart> read_part(std::string_view text)
{
    FormPart part;
    while (!text.starts_with("\r\n")) {
        const auto end = text.find("\r\n");
        const auto colon = text.find(':');
        if (end == std::string_view::npos || colon > end)
            return broken("a header field expected");
        const auto name = base::ascii_lower(text.substr(0, colon));
        const auto value = base::trim(text.substr(colon + 1, end - colon - 1));
        if (name == "content-disposition") {
            part.name = parameter(value, "name");
            part.file_name = without_folders(parameter(value, "filename"));
        }
        if (name == "content-type")
            part.type = value;
        text.remove_prefix(end + 2);
    }
    part.content = text.substr(2);
    return part;
}

}  // namespace

Result<std::vector<FormPart>> parse_multipart(const Request& request)
{
    const auto type = request.header("content-type").value_or("");
    if (!base::ascii_lower(type).starts_with("multipart/form-data"))
        return broken("multipart/form-data expected");
    const auto boundary = parameter(type, "boundary");
    if (boundary.empty() || boundary.size() > 70)  // RFC 2046 section 5.1.1
        return broken("a boundary expected");

    const auto delimiter = "\r\n--" + boundary;
    // The first delimiter stands at the beginning, without a line break.
    const std::string text = "\r\n" + request.body;
    std::vector<FormPart> parts;
    auto at = text.find(delimiter);
    while (at != std::string::npos) {
        at += delimiter.size();
        if (std::string_view(text).substr(at).starts_with("--"))
            return parts;
        const auto line_end = text.find("\r\n", at);
        const auto next = text.find(delimiter, at);
        if (line_end == std::string::npos || next == std::string::npos || next < line_end)
            break;
        if (parts.size() == most_parts)
            return broken("too many parts");
        // The empty line behind no header fields may be the one before the next delimiter.
        auto part = read_part(std::string_view(text).substr(line_end + 2, next - line_end - 2));
        if (!part)
            return part.error();
        parts.push_back(std::move(*part));
        at = next;
    }
    return broken("the last delimiter is missing");
}

}  // namespace http
