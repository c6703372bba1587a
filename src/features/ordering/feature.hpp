#pragma once

#include "features/ordering/drafts.hpp"
#include "features/ordering/orders.hpp"
#include "features/ordering/wishes.hpp"
#include "platform/cases/messages.hpp"
#include "platform/cases/ratings.hpp"
#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/show.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace api {
struct Slice;
}
namespace catalog {
class Catalog;
class Offers;
}  // namespace catalog
namespace documents {
class Documents;
}
namespace jobs {
class Runner;
}
namespace payments {
class Payments;
}
namespace tenancy {
class Municipalities;
}

namespace ordering {

// What ordering needs from the rest of the program; all of it outlives the routes.
struct Parts {
    sql::Database& database;
    const base::Clock& clock;
    const tenancy::Municipalities& municipalities;
    const catalog::Catalog& catalog;
    const catalog::Offers& offers;
    Drafts& drafts;
    const Wishes& wishes;
    Orders& orders;
    cases::Cases& cases;
    const cases::Messages& messages;
    const cases::Ratings& ratings;
    runtime::Runtime& runtime;
    payments::Payments& payments;
    const documents::Documents& documents;
    const identity::Doorkeeper& doorkeeper;
    const html::Texts& texts;
    identity::Show show;
    identity::PageHandler not_found;
    std::string public_address;  // "https://schalter.ag.ch", for the way back from the payment page
    // Puts a mail into the outbox within the transaction.
    std::function<void(sql::Transaction&, std::string_view to, std::string subject, std::string body)> post;
    // False when this key (a link, a caller) has tried too often just now.
    std::function<bool(std::string_view key)> may_try;
};

// What ordering's operations of the interface need.
struct ApiParts {
    sql::Database& database;
    const base::Clock& clock;
    const crypto::Sealer& sealer;
    const tenancy::Municipalities& municipalities;
    const catalog::Catalog& catalog;
    const catalog::Offers& offers;
    cases::Cases& cases;
    const payments::Payments& payments;
    runtime::Runtime& runtime;
    const html::Texts& texts;
    std::string public_address;
};
// POST /orders: for programs that order for somebody.
api::Slice order_api(const ApiParts& parts);

// Everything a resident sees: /, /suche, /gemeinden, /leistungen/…, /{municipality}/…, /bestellung/…,
// /vorgang/…, /konto, /konto/vorgang/…, and the pages that the footer links to.
std::vector<http::Route> routes(const Parts& parts);

// Deletes drafts and wishes whose time is over, every hour.
void register_jobs(jobs::Runner& runner, sql::Database& database, Drafts& drafts, const Wishes& wishes);

}  // namespace ordering
