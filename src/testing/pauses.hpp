#pragma once

#include "kit/http/pause.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace testing {

// The answer in the end, waited for in this thread as the server would without one.
inline http::Response wait_for_answer(http::Response response)
{
    while (const auto pause = std::exchange(response.pause, nullptr)) {
        std::mutex mutex;
        std::condition_variable called;
        bool is_awake = false;
        pause->listen([&] {
            const std::lock_guard lock(mutex);
            is_awake = true;
            called.notify_one();
        });
        {
            std::unique_lock lock(mutex);
            called.wait_for(lock, pause->at_most, [&] { return is_awake; });
        }
        response = pause->again(/*is_last=*/false);
    }
    return response;
}

}  // namespace testing
