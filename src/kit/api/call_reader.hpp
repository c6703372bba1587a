#pragma once

#include "kit/api/operation.hpp"

#include <variant>

namespace api {

// What reading a call needs to know beside the operation.
struct Reading {
    const html::Texts& texts;
    const Schemas& schemas;
    html::Language language;
};

// The call that a request makes, or everything that is wrong with it. Who calls was found out before.
std::variant<Call, Refusal> read_call(
    const Operation& operation,
    const http::Request& request,
    std::optional<Caller> caller,
    const Reading& reading
);

}  // namespace api
