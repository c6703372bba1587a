// Whatever arrives is one request, a refusal or not enough, and the same in one piece as byte by byte; what
// is accepted has a path without steps upwards. Forms are written as they were read.
#include "kit/http/finish.hpp"
#include "kit/http/incoming.hpp"
#include "kit/http/multipart.hpp"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_requests(bytes);
    check_multipart(bytes);
    const auto fields = parse_form(bytes);
    require(parse_form(write_form(fields)) == fields);
    return 0;
}
