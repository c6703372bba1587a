#pragma once

#include "features/desk/feature.hpp"

#include <optional>
#include <string>
#include <vector>

namespace catalog {
class Catalog;
}
namespace documents {
class Documents;
}
namespace payments {
class Payments;
}
namespace sql {
class Database;
}

namespace app {

// A case in the words of the rooms that know: what the desk shows beside its own.
struct DeskView {
    sql::Database& database;
    const catalog::Catalog& catalog;
    const payments::Payments& money;
    documents::Documents& papers;
    cases::Cases& history;
    const base::Clock& clock;
    const html::Texts& texts;

    std::vector<desk::AnswerLine> answers(const cases::Case& shown, html::Language language) const;
    std::optional<desk::PaymentLine> payment(const cases::Case& shown, html::Language language) const;
    std::vector<desk::DocumentLine> documents(const cases::Case& shown, html::Language language) const;
    std::optional<http::Response> document(const cases::Case& shown, const std::string& id) const;
    bool revoke(const cases::Case& shown, const std::string& id, const std::string& who) const;
};

}  // namespace app
