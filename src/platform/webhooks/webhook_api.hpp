#pragma once

#include "kit/api/operation.hpp"

namespace webhooks {

class Webhooks;

// What a program does with its own subscriptions, and the events of its authority. Scope "webhooks".
api::Slice webhook_api(Webhooks& webhooks);

}  // namespace webhooks
