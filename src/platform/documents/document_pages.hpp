#pragma once

#include "platform/documents/documents.hpp"
#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/show.hpp"
#include "platform/tenancy/municipalities.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace sql {
class Database;
}

namespace documents {

// What the verification pages need from the rest of the program.
struct PageParts {
    sql::Database& database;
    const Documents& documents;
    const tenancy::Municipalities& municipalities;
    const identity::Doorkeeper& doorkeeper;
    const html::Texts& texts;
    identity::Show show;
    // False when this key (a caller) has tried too often just now: codes cannot be guessed in peace.
    std::function<bool(std::string_view key)> may_try;
};

// /pruefen, /pruefen/{code}.
std::vector<http::Route> routes(const PageParts& parts);

}  // namespace documents
