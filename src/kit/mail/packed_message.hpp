#pragma once

#include "kit/mail/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mail {

// A message as one text, for keeping: fields as "<bytes>:<content>", whatever bytes they hold.
std::string pack(const Message& message);
std::optional<Message> unpack(std::string_view packed);  // nothing when pack did not make it

}  // namespace mail
