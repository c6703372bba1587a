#pragma once

#include "kit/http/response.hpp"

#include <chrono>
#include <functional>

namespace http {

// A handler's word that it has no answer yet. The server keeps the connection, without a thread, and asks
// again when there is news or the time is up; whoever closes the connection meanwhile is not asked for any
// more.
struct Pause {
    // The answer, or the next pause. `is_last`: nobody will ask once more, as the server stops. Runs on a
    // worker thread and may block.
    std::function<Response(bool is_last)> again;
    // Called once, with what to call when there may be an answer: from any thread, at once too, more than
    // once.
    std::function<void(std::function<void()> wake)> listen;
    std::chrono::milliseconds at_most{};  // until it is asked again without news
};

}  // namespace http
