// Whatever arrives is one request, a refusal or not enough, and the same in one piece as byte by byte; what
// is accepted has a path without steps upwards. Forms and dictionaries are written as they were read; no
// request is signed unless somebody signed it.
#include "kit/http/finish.hpp"
#include "kit/http/incoming.hpp"
#include "kit/http/message_signature.hpp"
#include "kit/http/multipart.hpp"
#include "kit/http/structured_field.hpp"
#include "kit/http/url.hpp"

#include <cstdint>
#include <cstdlib>

using namespace http;

namespace {

struct Outcome {
    int broken_status = 0;
    std::vector<Request> requests = {};
};

void require(bool condition)
{
    if (!condition)
        std::abort();
}

// Reads on until there is nothing left, as a connection does.
void read_on(Incoming& incoming, Outcome& outcome)
{
    for (;;) {
        switch (incoming.advance()) {
        case Incoming::Progress::complete: outcome.requests.push_back(incoming.take()); break;
        case Incoming::Progress::wants_continue: break;
        case Incoming::Progress::needs_more: return;
        case Incoming::Progress::broken: outcome.broken_status = incoming.broken_status(); return;
        }
    }
}

Outcome read_in_pieces(std::string_view bytes, std::size_t piece)
{
    Incoming incoming({.header = 4096, .body = 4096});
    Outcome outcome;
    for (std::size_t at = 0; at < bytes.size() && outcome.broken_status == 0; at += piece) {
        incoming.append(bytes.substr(at, piece));
        read_on(incoming, outcome);
    }
    return outcome;
}

void check_requests(std::string_view bytes)
{
    const auto whole = read_in_pieces(bytes, bytes.size() + 1);
    const auto pieces = read_in_pieces(bytes, 1);
    require(whole.requests.size() == pieces.requests.size());
    for (std::size_t index = 0; index < whole.requests.size(); ++index) {
        const Request& request = whole.requests[index];
        require(request.body == pieces.requests[index].body);
        require(request.headers == pieces.requests[index].headers);
        require(request.path.empty() || request.path.starts_with('/'));
        require((request.path + "/").find("/../") == std::string::npos);
        require(request.body.size() <= 4096);
        names_tag(preferences_of(request).if_none_match, "\"tag\"");
        request.cookie("besuch");
        request.form();
    }
}

void check_multipart(std::string_view bytes)
{
    Request request;
    request.headers.emplace_back("content-type", "multipart/form-data; boundary=b");
    request.body = bytes;
    if (const auto parts = parse_multipart(request))
        for (const FormPart& part : *parts) {
            require(bytes.find(part.content) != std::string_view::npos);
            require(part.file_name.find_first_of("/\\") == std::string::npos);
        }
}

void check_dictionary(std::string_view bytes)
{
    const auto read = parse_dictionary(bytes);
    if (!read)
        return;
    const auto again = parse_dictionary(write(*read));
    require(again && *again == *read);
}

void check_signature(std::string_view bytes)
{
    const auto half = bytes.size() / 2;
    Request request;
    request.target = "/persons";
    request.headers = {
        {"host", "register.example"},
        {"signature-input", std::string(bytes.substr(0, half))},
        {"signature", std::string(bytes.substr(half))},
    };
    const auto any_key = [](std::string_view) { return std::optional(std::string(32, 'k')); };
    require(!verify(message_of(request), {any_key, base::Instant()}));
}

void check_url(std::string_view bytes)
{
    const auto url = parse_url(bytes);
    if (!url)
        return;
    const auto again = parse_url(url->text());
    require(again && again->text() == url->text());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_requests(bytes);
    check_multipart(bytes);
    check_dictionary(bytes);
    check_signature(bytes);
    check_url(bytes);
    const auto fields = parse_form(bytes);
    require(parse_form(write_form(fields)) == fields);
    return 0;
}
