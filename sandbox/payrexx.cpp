#include "sandbox/payrexx.hpp"

#include "sandbox/payrexx_api.hpp"
#include "sandbox/payrexx_page.hpp"

#include <array>
#include <optional>

namespace sandbox {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<minutes, 10> pauses{
    minutes(1), minutes(15), hours(1), hours(2), hours(4), days(1), days(1), days(1), days(1), days(1)};
constexpr std::chrono::seconds patience{20};  // what takes longer counts as not taken

std::optional<std::chrono::milliseconds> pause_after(int attempt, double factor)
{
    if (attempt >= static_cast<int>(pauses.size()))
        return std::nullopt;
    const std::chrono::duration<double, std::milli> pause = pauses[static_cast<std::size_t>(attempt)];
    return std::chrono::duration_cast<std::chrono::milliseconds>(pause * factor);
}

}  // namespace

Payrexx::Payrexx(
    const base::Clock& clock,
    base::Random& random,
    const Pages& pages,
    std::string portal_address,
    double retry_factor
)
    : pages_(pages), retry_factor_(retry_factor), books_(clock, random, std::move(portal_address))
{
}

http::Response Payrexx::handle(const http::Request& request)
{
    const std::lock_guard lock(mutex_);
    if (request.path.starts_with("/v1."))
        return answer_payrexx_api(books_, request);
    if (request.path == "/" && request.method == http::Method::get)
        return show_payment_page(books_, pages_, request);
    if (request.path == "/bezahlen" && request.method == http::Method::post)
        return take_payment(books_, pages_, request);
    return http::empty(404);
}

int Payrexx::deliver_due(http::Client& client)
{
    auto due = with_books([](PayrexxBooks& books) { return books.take_due(); });
    for (PayrexxDelivery& delivery : due) {
        http::ClientRequest request;
        request.method = http::Method::post;
        request.url = delivery.url;
        request.headers = delivery.headers;
        request.body = delivery.body;
        request.timeout = patience;
        const auto answer = client.send(request);
        if (answer && answer->status >= 200 && answer->status < 300)
            continue;
        const auto pause = pause_after(delivery.attempt, retry_factor_);
        if (!pause)
            continue;
        with_books([&](PayrexxBooks& books) {
            ++delivery.attempt;
            delivery.due = books.now() + *pause;
            books.plan(std::move(delivery));
            return true;
        });
    }
    return static_cast<int>(due.size());
}

}  // namespace sandbox
