#pragma once

#include "features/orchestration/exchange.hpp"

namespace orchestration {

// A deployed form with its content, as the interface shows it.
http::Response
form_response(const Parts& parts, sql::Transaction& transaction, const runtime::Definition& form);

}  // namespace orchestration
