#include "app/kept_pages.hpp"

#include "platform/identity/cookies.hpp"

#include <mutex>
#include <optional>

namespace app {

namespace {

constexpr auto lifetime = std::chrono::minutes(1);
constexpr std::size_t most_pages = 4000;  // 200 municipalities, five pages, four languages

// Nothing for requests whose answer could depend on more than language and path.
std::optional<std::string> key_of(const http::Request& request)
{
    if ((request.method != http::Method::get && request.method != http::Method::head) ||
        !request.query.empty() || identity::read_cookie(request, identity::session_cookie))
        return std::nullopt;
    return std::string(html::code_of(identity::preferred_language(request))) + request.path;
}

bool anybody_may_keep(const http::Response& response)
{
    const auto caching = http::find_field(response.headers, "cache-control").value_or("");
    return response.status == 200 && caching.starts_with("public") &&
           !http::find_field(response.headers, "set-cookie");
}

}  // namespace

std::shared_ptr<const std::string> KeptPages::find(const http::Request& request) const
{
    const auto key = key_of(request);
    if (!key)
        return nullptr;
    std::shared_ptr<const http::FinishedAnswer> answer;
    {
        const std::shared_lock lock(mutex_);
        const auto found = entries_.find(*key);
        if (found == entries_.end() || clock_.now() - found->second.made_at > lifetime)
            return nullptr;
        answer = found->second.answer;
    }
    return answer->choose(request);
}

void KeptPages::keep(const http::Request& request, const http::Response& response)
{
    if (request.method != http::Method::get || !anybody_may_keep(response))
        return;
    const auto key = key_of(request);
    if (!key)
        return;
    auto answer = std::make_shared<const http::FinishedAnswer>(response);
    const std::unique_lock lock(mutex_);
    if (entries_.size() >= most_pages)
        entries_.clear();
    entries_.insert_or_assign(*key, Entry{std::move(answer), clock_.now()});
}

}  // namespace app
