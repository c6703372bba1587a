#include "kit/http/access.hpp"

#include "base/date.hpp"
#include "base/random.hpp"

#include <algorithm>
#include <array>

namespace http {

namespace {

std::string to_hex(std::span<const std::byte> bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : bytes) {
        text += digits[std::to_integer<unsigned>(byte >> 4U)];
        text += digits[std::to_integer<unsigned>(byte & std::byte{15})];
    }
    return text;
}

bool is_hex(std::string_view text)
{
    return std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    });
}

bool is_zero(std::string_view text)
{
    return text.find_first_not_of('0') == std::string_view::npos;
}

// "00-<trace id>-<parent id>-<flags>"; later versions may have more behind it (section 3.2.2 and 4).
bool is_traceparent(std::string_view text)
{
    if (text.size() < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-')
        return false;
    const auto version = text.substr(0, 2);
    const bool has_right_end = text.size() == 55 || (version != "00" && text[55] == '-');
    const auto id = text.substr(3, 32);
    const auto parent = text.substr(36, 16);
    return has_right_end && is_hex(version) && version != "ff" && is_hex(id) && !is_zero(id) &&
           is_hex(parent) && !is_zero(parent) && is_hex(text.substr(53, 2));
}

// RFC 8259, section 7.
std::string quoted(std::string_view text)
{
    std::string written = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            written += '\\';
        if (static_cast<unsigned char>(letter) < 0x20)
            written += letter == '\n' ? "\\n" : " ";
        else
            written += letter;
    }
    return written + '"';
}

}  // namespace

std::string Trace::traceparent() const
{
    return "00-" + id + "-" + span + (is_sampled ? "-01" : "-00");
}

Trace new_trace(base::Random& random)
{
    std::array<std::byte, 24> chance{};
    random.fill(chance);
    return {to_hex(std::span(chance).first<16>()), to_hex(std::span(chance).last<8>())};
}

Trace trace_of(const Request& request, base::Random& random)
{
    auto trace = new_trace(random);
    const auto caller = request.header("traceparent").value_or("");
    if (is_traceparent(caller)) {
        trace.id = caller.substr(3, 32);
        trace.is_sampled = std::string_view("13579bdf").find(caller[54]) != std::string_view::npos;
    }
    return trace;
}

std::string access_line(const Access& access)
{
    std::string line = R"({"at":")" + base::format_instant(access.at);
    line += R"(","method":")";
    line += method_name(access.method);
    line += R"(","route":")";
    line += access.pattern;
    line += R"(","status":)" + std::to_string(access.status);
    line += R"(,"body_size":)" + std::to_string(access.body_size);
    line += R"(,"duration_us":)" + std::to_string(access.duration.count());
    line += R"(,"trace":")";
    line += access.trace_id;
    return line + "\"}";
}

std::string fault_line(const Fault& fault)
{
    std::string line = R"({"at":")" + base::format_instant(fault.at) + R"(","fault":)" + quoted(fault.where);
    line += R"(,"what":)" + quoted(fault.what);
    if (!fault.incident.empty())
        line += R"(,"incident":)" + quoted(fault.incident);
    if (!fault.trace_id.empty())
        line += R"(,"trace":)" + quoted(fault.trace_id);
    return line + "}";
}

}  // namespace http
