#pragma once

#include "kit/api/operation.hpp"

#include <functional>
#include <string_view>

namespace sql {
class Database;
}
namespace tenancy {
class Municipalities;
}

namespace documents {

class Documents;

// What the operation needs from the rest of the program; all of it outlives it.
struct ApiParts {
    sql::Database& database;
    const Documents& documents;
    const tenancy::Municipalities& municipalities;
    // As for /pruefen: false when this key (a caller) has tried too often just now.
    std::function<bool(std::string_view key)> may_try;
};

// GET /documents/{code}: whether a document is ours and holds; for everybody.
api::Slice document_api(const ApiParts& parts);

}  // namespace documents
