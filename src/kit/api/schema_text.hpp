#pragma once

#include "kit/api/schema.hpp"

#include <functional>
#include <string>

namespace api {

// Whether objects may get further members one day: what we answer may grow, what we take is all there is.
enum class Members { may_grow, are_all };

// The schema as JSON Schema 2020-12; `sentence` gives the text of a key.
json::Value schema_text(
    const Schema& schema, Members members, const std::function<std::string(const std::string& key)>& sentence
);

}  // namespace api
