#pragma once

#include "features/orchestration/exchange.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace orchestration {

// What a request waits for.
struct Expectation {
    // The answer, or nothing as long as there is none; with `is_last` always an answer. Looks in the
    // database.
    std::function<std::optional<Answer>(bool is_last)> look;
    // Who tell that looking is worth while.
    std::vector<std::unique_ptr<runtime::Announcements::Listener>> news;
    std::chrono::milliseconds patience;  // the client's
};

// Answers at once when there is something, else as soon as something comes, or when the patience ends. Holds
// no thread meanwhile. Of more requests than may wait (Parts) those too many are answered at once.
Answer answer_in_time(const Parts& parts, const Call& call, Expectation expectation);

// How long the client wants to wait (its requestTimeout); 0 when it does not.
std::chrono::milliseconds patience_of(const json::Value& body);

}  // namespace orchestration
