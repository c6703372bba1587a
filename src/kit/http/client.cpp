#include "kit/http/client.hpp"

#include "base/text.hpp"

#include <curl/curl.h>
#include <netdb.h>
#include <sys/socket.h>

#include <map>
#include <mutex>
#include <stdexcept>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

struct EasyCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

struct ListCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListCleanup>;

// What comes back, and how much of it we are ready to take.
struct Receiver {
    Response response;
    std::size_t limit = 0;
    bool is_too_large = false;
    bool is_private = false;  // a place was met that the request must not reach
};

// Called with each place that a name led to, right before connecting there.
curl_socket_t open_public_socket(void* user, curlsocktype, curl_sockaddr* place)
{
    char text[NI_MAXHOST] = {};
    const int failed =
        ::getnameinfo(&place->addr, place->addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    if (failed != 0 || !is_public_address(text)) {
        static_cast<Receiver*>(user)->is_private = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* user)
{
    auto& receiver = *static_cast<Receiver*>(user);
    if (receiver.response.body.size() + size > receiver.limit) {
        receiver.is_too_large = true;
        return 0;
    }
    receiver.response.body.append(data, size);
    return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* user)
{
    auto& receiver = *static_cast<Receiver*>(user);
    const std::string_view line(data, size);
    if (line.starts_with("HTTP/"))
        receiver.response.headers.clear();  // of a 100 Continue before it
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && receiver.response.headers.size() < 200)
        receiver.response.add(
            base::ascii_lower(line.substr(0, colon)), std::string(base::trim(line.substr(colon + 1)))
        );
    return size;
}

List header_list(const ClientRequest& request)
{
    curl_slist* list = curl_slist_append(nullptr, "Expect:");  // no waiting for 100 Continue
    for (const auto& [name, value] : request.headers) {
        if (name.find_first_of("\r\n") != std::string::npos ||
            value.find_first_of("\r\n") != std::string::npos)
            throw std::logic_error("a header has no line breaks: " + name);
        list = curl_slist_append(list, (name + ": " + value).c_str());
    }
    return List(list);
}

void prepare(CURL* easy, const ClientRequest& request, const List& headers, Receiver& receiver)
{
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // neighbours are configured by address, not by environment
    if (request.reach == Reach::public_only) {
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_public_socket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &receiver);
    }
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, std::string(method_name(request.method)).c_str());
    if (request.method == Method::head)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    const bool has_body = request.method == Method::post || request.method == Method::put ||
                          request.method == Method::patch || !request.body.empty();
    if (has_body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &receiver);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &receiver);
}

}  // namespace

struct NetworkClient::Implementation {
    std::mutex mutex;
    // Guarded by mutex. Each keeps its connections, so those of one reach are never used for the other.
    std::map<Reach, std::vector<Easy>> idle;

    Easy borrow(Reach reach)
    {
        const std::scoped_lock lock(mutex);
        auto& handles = idle[reach];
        if (handles.empty())
            return Easy(curl_easy_init());
        Easy easy = std::move(handles.back());
        handles.pop_back();
        return easy;
    }

    void give_back(Easy easy, Reach reach)
    {
        curl_easy_reset(easy.get());
        const std::scoped_lock lock(mutex);
        idle[reach].push_back(std::move(easy));
    }
};

NetworkClient::NetworkClient() : implementation_(std::make_unique<Implementation>())
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        throw std::runtime_error("libcurl cannot be started");
}

NetworkClient::~NetworkClient() = default;

Result<Response> NetworkClient::send(const ClientRequest& request)
{
    Easy easy = implementation_->borrow(request.reach);
    if (!easy)
        throw std::runtime_error("libcurl has no handle left");
    const List headers = header_list(request);
    Receiver receiver;
    receiver.limit = request.response_limit;
    prepare(easy.get(), request, headers, receiver);
    const CURLcode code = curl_easy_perform(easy.get());
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    implementation_->give_back(std::move(easy), request.reach);
    if (receiver.is_too_large)
        return fail(ErrorKind::unavailable, "http.answer_too_large", "the answer is larger than allowed");
    if (code != CURLE_OK && receiver.is_private)
        return fail(ErrorKind::forbidden, "http.private_address", "that place is not on the public internet");
    if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST)
        return fail(ErrorKind::unavailable, "http.not_connected", curl_easy_strerror(code));
    if (code != CURLE_OK)
        return fail(ErrorKind::unavailable, "http.no_answer", curl_easy_strerror(code));
    receiver.response.status = static_cast<int>(status);
    return std::move(receiver.response);
}

}  // namespace http
