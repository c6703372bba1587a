#include "kit/http/incoming.hpp"

#include "base/text.hpp"

#include <boost/beast/http.hpp>

#include <algorithm>

namespace http {

namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::string_body>;

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
    bool keeps_alive = true;
    bool has_continued = false;
    int status = 0;

    void begin()
    {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(limits.header));
        parser->body_limit(limits.body);
        parser->eager(true);
        has_continued = false;
    }

    Progress refuse(int with)
    {
        status = with;
        return Progress::broken;
    }

    // What the parser lets pass and proxies read in different ways.
    bool is_ambiguous() const
    {
        const auto& fields = parser->get().base();
        const auto lengths = fields.count(beast::http::field::content_length);
        const auto encodings = fields.count(beast::http::field::transfer_encoding);
        return lengths > 1 || encodings > 1 || (lengths == 1 && encodings == 1);
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
    if (state.parser->is_done())
        return Progress::complete;
    const std::string_view rest = std::string_view(state.buffer).substr(state.parsed);
    if (rest.empty())
        return Progress::needs_more;
    // A folded header line (obs-fold) could hide another header from somebody else's parser.
    const auto head_end = rest.find("\r\n\r\n");
    const auto head = rest.substr(0, head_end);
    if (!state.parser->is_header_done() &&
        (head.find("\n ") != std::string_view::npos || head.find("\n\t") != std::string_view::npos))
        return state.refuse(400);

    boost::system::error_code error;
    state.parsed += state.parser->put(boost::asio::buffer(rest.data(), rest.size()), error);
    if (error == beast::http::error::need_more)
        error = {};
    if (error)
        return state.refuse(status_of(error));
    if (!state.parser->is_header_done())
        return rest.size() > state.limits.header ? state.refuse(431) : Progress::needs_more;
    if (state.is_ambiguous())
        return state.refuse(400);
    if (state.parser->get().target().size() > state.limits.header / 2)
        return state.refuse(414);
    if (!method_of(state.parser->get().method()))
        return state.refuse(501);
    if (state.parser->is_done())
        return Progress::complete;
    const auto expect = to_std(state.parser->get()[beast::http::field::expect]);
    if (!state.has_continued && base::equals_ignoring_ascii_case(expect, "100-continue")) {
        state.has_continued = true;
        return Progress::wants_continue;
    }
    return Progress::needs_more;
}

Request Incoming::take()
{
    auto& state = *implementation_;
    auto message = state.parser->release();
    state.keeps_alive = message.keep_alive();
    Request request;
    request.method = method_of(message.method()).value_or(Method::get);
    request.target = to_std(message.target());
    for (const auto& field : message)
        request.headers.emplace_back(
            base::ascii_lower(to_std(field.name_string())), std::string(to_std(field.value()))
        );
    request.body = std::move(message.body());
    state.begin();

    const std::string_view target = request.target;
    const auto question = target.find('?');
    // A path that cannot be read matches no route, so that it is answered like any unknown address.
    request.path = decode_path(target.substr(0, question)).value_or("");
    if (question != std::string_view::npos)
        request.query = parse_form(target.substr(question + 1));
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
    return implementation_->parsed < implementation_->buffer.size() || implementation_->parser->got_some();
}

}  // namespace http
