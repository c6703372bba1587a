#include "kit/http/guarded_client.hpp"

#include "kit/http/retry_after.hpp"
#include "kit/http/url.hpp"

#include <algorithm>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

std::string circuit_of(const ClientRequest& request)
{
    if (!request.circuit.empty())
        return request.circuit;
    const auto url = parse_url(request.url);
    return url ? url->origin() : request.url;
}

Outcome outcome_of(const Result<Response>& answer, base::Instant now)
{
    if (!answer)
        return {.has_failed = answer.error().kind == ErrorKind::unavailable};
    if (answer->status != 429 && answer->status < 500)
        return {};
    return {.has_failed = true, .wish = retry_after(*answer, now)};
}

}  // namespace

// One call to a neighbour. It is a failure until something else is known, so that a circuit is not left half
// open by an exception.
class GuardedClient::Call {
public:
    Call(GuardedClient& client, std::string name) : client_(client), name_(std::move(name))
    {
        const std::lock_guard lock(client_.mutex_);
        const auto known = client_.circuits_.find(name_);
        if (known == client_.circuits_.end())
            return;
        const auto begun = before_call(known->second, client_.clock_.now());
        is_allowed_ = begun.has_value();
        if (begun)
            known->second = *begun;
    }
    ~Call()
    {
        if (!is_allowed_)
            return;
        const std::lock_guard lock(client_.mutex_);
        if (!outcome.has_failed) {
            client_.circuits_.erase(name_);
            return;
        }
        auto& circuit = client_.circuits_[name_];
        circuit = after_call(circuit, outcome, client_.rules_, client_.clock_.now());
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    bool is_allowed() const { return is_allowed_; }

    Outcome outcome{.has_failed = true};

private:
    GuardedClient& client_;
    std::string name_;
    bool is_allowed_ = true;
};

GuardedClient::GuardedClient(Client& client, const base::Clock& clock, const CircuitRules& rules)
    : client_(client), clock_(clock), rules_(rules)
{
}

Result<Response> GuardedClient::send(const ClientRequest& request)
{
    const std::string name = circuit_of(request);
    Call call(*this, name);
    if (!call.is_allowed())
        return fail(
            ErrorKind::unavailable,
            "http.resting",
            name + " has failed too often and is left alone for a while"
        );
    auto answer = client_.send(request);
    if (!answer && answer.error().message_key == "http.not_connected")
        answer = client_.send(request);
    call.outcome = outcome_of(answer, clock_.now());
    return answer;
}

std::size_t GuardedClient::open_circuits() const
{
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(circuits_, [](const auto& entry) {
        return entry.second.state != CircuitState::closed;
    }));
}

}  // namespace http
