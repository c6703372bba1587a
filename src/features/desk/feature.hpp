#pragma once

#include "features/desk/desk.hpp"
#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/show.hpp"

#include <functional>
#include <string>
#include <vector>

namespace api {
struct Slice;
}
namespace documents {
class Documents;
}
namespace payments {
class Payments;
}

namespace desk {

// One answer of a case as the clerk reads it.
struct AnswerLine {
    std::string label;
    std::string answer;          // as people write it
    std::string register_value;  // what the business system says; empty when it says nothing about it
};

struct PaymentLine {
    std::string amount;
    std::string state;
};

struct DocumentLine {
    std::string title;
    std::string id;
    bool is_revoked = false;
};

// What the desk needs from the rest of the program. The functions ask the rooms that know.
struct Parts {
    Desk& desk;
    const catalog::Catalog& catalog;
    const identity::Doorkeeper& doorkeeper;
    const html::Texts& texts;
    identity::Show show;
    identity::PageHandler not_found;
    std::function<std::string(const base::TenantId&)> authority_name;
    std::function<std::string(std::string_view service_id, html::Language)> service_title;
    std::function<std::vector<AnswerLine>(const cases::Case&, html::Language)> answers;
    std::function<std::optional<PaymentLine>(const cases::Case&, html::Language)> payment;
    std::function<std::vector<DocumentLine>(const cases::Case&, html::Language)> documents;
    std::function<std::optional<http::Response>(const cases::Case&, const std::string& document_id)> document;
    // From now on its code says "revoked". False when the case has no such document.
    std::function<bool(const cases::Case&, const std::string& document_id, const std::string& who)> revoke;
};

// What the desk's operations of the interface need.
struct ApiParts {
    sql::Database& database;
    Desk& desk;
    const catalog::Catalog& catalog;
    const cases::Cases& cases;
    const payments::Payments& payments;
    const documents::Documents& documents;
    const html::Texts& texts;
};
api::Slice case_api(const ApiParts& parts);

// /schalter, /schalter/eingang, /schalter/vorgang/{reference}/…, /schalter/stoerungen.
std::vector<http::Route> routes(const Parts& parts);

}  // namespace desk
