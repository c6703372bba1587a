#include "kit/http/incoming.hpp"

#include "base/text.hpp"
#include "kit/http/asserted.hpp"

#include <boost/beast/http.hpp>

#include <algorithm>

namespace http {

namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::string_body>;
using Message = beast::http::request<beast::http::string_body>;

std::optional<Method> method_of(beast::http::verb asked)
{
    using beast::http::verb;
    switch (asked) {
    case verb::get: return Method::get;
    case verb::head: return Method::head;
    case verb::post: return Method::post;
    case verb::put: return Method::put;
    case verb::patch: return Method::patch;
    case verb::delete_: return Method::delete_;
    case verb::options: return Method::options;
    default: return std::nullopt;
    }
}

int status_of(const boost::system::error_code& found)
{
    using beast::http::error;
    if (found == error::body_limit)
        return 413;
    if (found == error::header_limit)
        return 431;
    if (found == error::bad_version)
        return 505;
    return 400;
}

std::string_view to_std(beast::string_view text)
{
    return {text.data(), text.size()};
}

int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// What the parser lets pass although two programs could read it differently, or that we do not speak:
// the status to refuse it with, 0 for nothing (RFC 9112 sections 2.3, 3.2, 6.1 and 6.3).
int fault_of(const Message& message)
{
    using beast::http::field;
    if (message.version() != 10 && message.version() != 11)
        return 505;
    const auto hosts = message.count(field::host);
    if (hosts > 1 || (hosts == 0 && message.version() == 11))
        return 400;
    const auto lengths = message.count(field::content_length);
    const auto encodings = message.count(field::transfer_encoding);
    if (lengths > 1 || encodings > 1 || (lengths == 1 && encodings == 1))
        return 400;
    if (encodings == 1 && message.version() == 10)
        return 400;
    if (to_std(message[field::content_length]).find_first_not_of("0123456789") != std::string_view::npos)
        return 400;  // "3, 3"
    if (encodings == 1 &&
        !base::equals_ignoring_ascii_case(to_std(message[field::transfer_encoding]), "chunked"))
        return 501;
    return method_of(message.method()) ? 0 : 501;
}

// "http://host/path?query" is the same as "/path?query" (RFC 9112 section 3.2.2).
std::string_view origin_form(std::string_view target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (base::equals_ignoring_ascii_case(target.substr(0, scheme.size()), scheme)) {
            const auto path = target.find_first_of("/?", scheme.size());
            return path == std::string_view::npos ? "/" : target.substr(path);
        }
    }
    return target;
}

}  // namespace

std::optional<std::string> decode_path(std::string_view raw)
{
    std::string path;
    path.reserve(raw.size());
    for (std::size_t index = 0; index < raw.size(); ++index) {
        if (raw[index] != '%') {
            path += raw[index];
            continue;
        }
        if (index + 2 >= raw.size() || hex_value(raw[index + 1]) < 0 || hex_value(raw[index + 2]) < 0)
            return std::nullopt;
        path += static_cast<char>(hex_value(raw[index + 1]) * 16 + hex_value(raw[index + 2]));
        index += 2;
    }
    if (!path.starts_with('/') || base::has_control_characters(path) || !base::is_valid_utf8(path) ||
        path.find('\n') != std::string::npos || path.find('\r') != std::string::npos)
        return std::nullopt;
    for (const auto segment : base::split(path, '/'))
        if (segment == ".." || segment == ".")
            return std::nullopt;
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path;
}

struct Incoming::Implementation {
    Limits limits;
    std::string buffer;
    std::size_t parsed = 0;  // how much of the buffer is behind us
    std::optional<Parser> parser;
    std::optional<Request> head;  // once the header is there; trailers, which come later, add nothing to it
    bool keeps_alive = true;
    bool has_continued = false;
    int status = 0;

    void begin()
    {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(limits.header));
        parser->body_limit(limits.body);
        parser->eager(false);  // stop behind the header, to look at it
        head.reset();
        has_continued = false;
    }

    Progress refuse(int with)
    {
        status = with;
        return Progress::broken;
    }

    std::string_view rest() const { return std::string_view(buffer).substr(parsed); }

    // A folded line (obs-fold) could hide another header from somebody else's parser.
    bool has_folded_line() const
    {
        const auto lines = rest().substr(0, rest().find("\r\n\r\n"));
        return lines.find("\n ") != std::string_view::npos || lines.find("\n\t") != std::string_view::npos;
    }

    // A body in chunks ends with "0\r\n\r\n": fewer bytes are never its end, and Beast 1.81 asserts on them
    // when they come one by one.
    std::size_t least_to_parse() const { return head && parser->chunked() ? 5 : 1; }

    // Lets the parser have what is there; 0, or the status to refuse it with.
    int parse()
    {
        if (parser->is_done() || rest().size() < least_to_parse())
            return 0;
        boost::system::error_code error;
        try {
            parsed += parser->put(boost::asio::buffer(rest().data(), rest().size()), error);
        } catch (const AssertionFailed&) {
            return 400;
        }
        return error && error != beast::http::error::need_more ? status_of(error) : 0;
    }

    // Before any of the body is read; 0, or the status to refuse the request with.
    int look_at_head()
    {
        if (const int fault = fault_of(parser->get()))
            return fault;
        if (parser->get().target().size() > limits.header / 2)
            return 414;
        take_head();
        parser->eager(true);
        return 0;
    }

    void take_head()
    {
        const Message& message = parser->get();
        keeps_alive = message.keep_alive() && message.version() == 11;
        Request& request = head.emplace();
        request.method = method_of(message.method()).value_or(Method::get);
        request.target = origin_form(to_std(message.target()));
        for (const auto& field : message)
            request.headers.emplace_back(
                base::ascii_lower(to_std(field.name_string())), to_std(field.value())
            );
        const std::string_view target = request.target;
        const auto question = target.find('?');
        // A path that cannot be read matches no route, so that it is answered like any unknown address.
        request.path = decode_path(target.substr(0, question)).value_or("");
        if (question != std::string_view::npos)
            request.query = parse_form(target.substr(question + 1));
    }
};

Incoming::Incoming(Limits limits) : implementation_(std::make_unique<Implementation>())
{
    implementation_->limits = limits;
    implementation_->begin();
}

Incoming::~Incoming() = default;

void Incoming::append(std::string_view bytes)
{
    auto& state = *implementation_;
    state.buffer.erase(0, std::exchange(state.parsed, 0));
    state.buffer += bytes;
}

Incoming::Progress Incoming::advance()
{
    auto& state = *implementation_;
    // Empty lines before a request are allowed and mean nothing (RFC 9112 section 2.2).
    while (!state.parser->got_some() && state.rest().starts_with("\r\n"))
        state.parsed += 2;
    if (!state.parser->got_some() && state.rest() == "\r")
        return Progress::needs_more;
    if (!state.head && state.has_folded_line())
        return state.refuse(400);

    if (const int fault = state.parse())
        return state.refuse(fault);
    if (!state.parser->is_header_done())
        return state.rest().size() > state.limits.header ? state.refuse(431) : Progress::needs_more;
    if (!state.head) {
        if (const int fault = state.look_at_head())
            return state.refuse(fault);
        if (const int fault = state.parse())
            return state.refuse(fault);
    }
    if (state.parser->is_done())
        return Progress::complete;
    const auto expectation = state.head->header("expect").value_or("");
    if (!state.has_continued && base::equals_ignoring_ascii_case(expectation, "100-continue")) {
        state.has_continued = true;
        return Progress::wants_continue;
    }
    return Progress::needs_more;
}

Request Incoming::take()
{
    auto& state = *implementation_;
    Request request = *std::exchange(state.head, std::nullopt);
    request.body = std::move(state.parser->get().body());
    state.begin();
    // A connection that waits holds no more memory than it needs.
    if (state.rest().empty()) {
        state.buffer = std::string();
        state.parsed = 0;
    }
    return request;
}

bool Incoming::keeps_alive() const
{
    return implementation_->keeps_alive;
}

int Incoming::broken_status() const
{
    return implementation_->status;
}

bool Incoming::has_begun() const
{
    return !implementation_->rest().empty() || implementation_->parser->got_some();
}

}  // namespace http
