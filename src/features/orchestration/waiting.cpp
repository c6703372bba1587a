#include "features/orchestration/waiting.hpp"

#include "base/clock.hpp"
#include "kit/http/pause.hpp"

namespace orchestration {

namespace {

using std::chrono::milliseconds;

// What happened in other programs, and what time brings, tells nobody: look again after so long.
constexpr milliseconds between_looks{250};

class Wait : public std::enable_shared_from_this<Wait> {
public:
    Wait(const Parts& parts, const Call& call, Expectation expectation)
        : parts_(parts), request_(call.request), expectation_(std::move(expectation)),
          may_wait_(++*parts.waiting <= parts.most_waiting)
    {
    }
    ~Wait() { --*parts_.waiting; }
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

    Answer ask(bool is_last)
    {
        const auto elapsed = std::chrono::duration_cast<milliseconds>(watch_.elapsed());
        for (const auto& listener : expectation_.news)
            listener->begin_look();
        if (auto answer = expectation_.look(is_last || !may_wait_ || elapsed >= expectation_.patience))
            return std::move(*answer);
        http::Response response;
        response.pause = std::make_shared<http::Pause>(
            [self = shared_from_this()](bool is_last_then) {
                return respond(self->parts_, self->request_, self->ask(is_last_then));
            },
            [self = shared_from_this()](const std::function<void()>& wake) { self->listen(wake); },
            std::min(between_looks, expectation_.patience - elapsed)
        );
        return response;
    }

private:
    void listen(const std::function<void()>& wake)
    {
        for (const auto& listener : expectation_.news)
            listener->listen(wake);
    }

    const Parts parts_;
    const http::Request request_;
    Expectation expectation_;
    const bool may_wait_;
    const base::Stopwatch watch_;
};

}  // namespace

Answer answer_in_time(const Parts& parts, const Call& call, Expectation expectation)
{
    return std::make_shared<Wait>(parts, call, std::move(expectation))->ask(/*is_last=*/false);
}

std::chrono::milliseconds patience_of(const json::Value& body)
{
    constexpr milliseconds usual = std::chrono::seconds(10);  // when the client does not say
    constexpr milliseconds longest = std::chrono::minutes(1);
    const auto* asked = body.find("requestTimeout");
    const milliseconds wanted(asked ? asked->integer().value_or(0) : 0);
    if (wanted < milliseconds(0))
        return milliseconds(0);
    return wanted == milliseconds(0) ? usual : std::min(wanted, longest);
}

}  // namespace orchestration
