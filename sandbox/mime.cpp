#include "sandbox/mime.hpp"

#include "base/text.hpp"

#include <charconv>
#include <utility>

namespace sandbox {

namespace {

constexpr int deepest = 5;  // parts within parts

struct Part {
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, folded lines joined
    std::string_view body;

    std::string header(std::string_view name) const
    {
        for (const auto& [key, value] : headers)
            if (key == name)
                return value;
        return {};
    }
};

Part split_part(std::string_view content)
{
    Part part;
    while (!content.empty()) {
        const auto end = content.find("\r\n");
        const std::string_view line = content.substr(0, end);
        content.remove_prefix(end == std::string_view::npos ? content.size() : end + 2);
        if (line.empty())
            break;
        if ((line.front() == ' ' || line.front() == '\t') && !part.headers.empty()) {
            part.headers.back().second += " " + std::string(base::trim(line));
            continue;
        }
        const auto colon = line.find(':');
        if (colon != std::string_view::npos)
            part.headers.emplace_back(
                base::ascii_lower(line.substr(0, colon)), base::trim(line.substr(colon + 1))
            );
    }
    part.body = content;
    return part;
}

std::string decode_base64(std::string_view text)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned collected = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value = alphabet.find(letter);
        if (value == std::string_view::npos)
            continue;
        collected = (collected << 6U | static_cast<unsigned>(value)) & 0xFFFFFFU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(collected >> static_cast<unsigned>(bits) & 0xFFU);
        }
    }
    return bytes;
}

// `space` is what an underscore means: a space in encoded words, itself elsewhere.
std::string decode_quoted(std::string_view text, char underscore)
{
    std::string decoded;
    for (std::size_t index = 0; index < text.size(); ++index) {
        unsigned byte = 0;
        if (text[index] == '_') {
            decoded += underscore;
        } else if (text[index] != '=') {
            decoded += text[index];
        } else if (text.substr(index, 3) == "=\r\n") {
            index += 2;
        } else if (index + 2 < text.size() &&
                   std::from_chars(text.data() + index + 1, text.data() + index + 3, byte, 16).ptr ==
                       text.data() + index + 3) {
            decoded += static_cast<char>(byte);
            index += 2;
        } else {
            decoded += '=';
        }
    }
    return decoded;
}

// "=?UTF-8?B?…?=" and "=?UTF-8?Q?…?=", also several in a row.
std::string decode_words(std::string_view text)
{
    std::string decoded;
    bool was_word = false;
    while (!text.empty()) {
        const auto start = text.find("=?");
        const auto charset_end = start == std::string_view::npos ? start : text.find('?', start + 2);
        const auto end = charset_end == std::string_view::npos || charset_end + 3 > text.size()
                             ? std::string_view::npos
                             : text.find("?=", charset_end + 3);
        if (end == std::string_view::npos)
            return decoded.append(text);
        const std::string_view between = text.substr(0, start);
        if (!was_word || !base::trim(between).empty())
            decoded += between;
        const std::string_view word = text.substr(charset_end + 3, end - charset_end - 3);
        const bool is_base64 = text[charset_end + 1] == 'B' || text[charset_end + 1] == 'b';
        decoded += is_base64 ? decode_base64(word) : decode_quoted(word, ' ');
        was_word = true;
        text.remove_prefix(end + 2);
    }
    return decoded;
}

// boundary in `multipart/mixed; boundary="abc"`.
std::string parameter(std::string_view header, std::string_view name)
{
    for (const auto piece : base::split(header, ';')) {
        const auto trimmed = base::trim(piece);
        const auto equals = trimmed.find('=');
        if (equals == std::string_view::npos ||
            !base::equals_ignoring_ascii_case(trimmed.substr(0, equals), name))
            continue;
        std::string_view value = trimmed.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return {};
}

std::string decode_body(const Part& part)
{
    const std::string coding = base::ascii_lower(part.header("content-transfer-encoding"));
    if (coding == "base64")
        return decode_base64(part.body);
    return coding == "quoted-printable" ? decode_quoted(part.body, '_') : std::string(part.body);
}

void collect(std::string_view content, ReadMail& mail, int depth);

void collect_parts(const Part& whole, const std::string& boundary, ReadMail& mail, int depth)
{
    const std::string delimiter = "--" + boundary;
    std::string_view rest = whole.body;
    auto start = rest.find(delimiter);
    while (start != std::string_view::npos) {
        rest.remove_prefix(start + delimiter.size());
        if (rest.starts_with("--"))
            return;
        const auto line_end = rest.find("\r\n");
        if (line_end == std::string_view::npos)
            return;
        rest.remove_prefix(line_end + 2);
        start = rest.find("\r\n" + delimiter);
        collect(rest.substr(0, start), mail, depth + 1);
        if (start != std::string_view::npos)
            start += 2;
    }
}

void collect(std::string_view content, ReadMail& mail, int depth)
{
    const Part part = split_part(content);
    const std::string type = part.header("content-type");
    const std::string media_type = base::ascii_lower(base::trim(base::split(type, ';').front()));
    const std::string boundary = parameter(type, "boundary");
    if (media_type.starts_with("multipart/") && !boundary.empty() && depth < deepest) {
        collect_parts(part, boundary, mail, depth);
        return;
    }
    const std::string disposition = part.header("content-disposition");
    if (base::ascii_lower(disposition).starts_with("attachment"))
        mail.attachments.push_back(
            {decode_words(parameter(disposition, "filename")), media_type, decode_body(part)}
        );
    else if (media_type == "text/html")
        mail.html = decode_body(part);
    else
        mail.text = decode_body(part);
}

}  // namespace

ReadMail read_mail(std::string_view content)
{
    const Part whole = split_part(content);
    ReadMail mail;
    mail.from = decode_words(whole.header("from"));
    mail.to = decode_words(whole.header("to"));
    mail.subject = decode_words(whole.header("subject"));
    mail.message_id = whole.header("message-id");
    mail.language = whole.header("content-language");
    collect(content, mail, 0);
    return mail;
}

}  // namespace sandbox
