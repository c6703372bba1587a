#pragma once

#include "kit/api/operation.hpp"

#include <string>

namespace sql {
class Database;
}
namespace tenancy {
class Municipalities;
}

namespace catalog {

class Catalog;
class Offers;

// What the operations need from the rest of the program; all of it outlives them.
struct ApiParts {
    sql::Database& database;
    const Catalog& catalog;
    const Offers& offers;
    const tenancy::Municipalities& municipalities;
    const html::Texts& texts;
    std::string public_address;
};

// GET /services, /services/{service}, /services/{service}/form, /municipalities/{bfs}/services: for
// everybody.
api::Slice service_api(const ApiParts& parts);

}  // namespace catalog
