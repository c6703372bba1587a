#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/documents/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Transaction;
}
namespace crypto {
class Sealer;
}

namespace documents {

// What is needed to keep a document; the rest is made.
struct NewDocument {
    cases::CaseId case_id;
    std::string key;  // of the work that makes it: keeping twice under one key keeps the first
    std::string kind;
    catalog::LocalText titles;
    html::Language language = html::Language::de;
    std::string media_type = "application/pdf";
    std::string initials;
    std::string code;  // from new_code(), printed on the document
    std::optional<base::Instant> expires_at;
    std::string content;
};

struct Kept {
    Document document;
    bool is_new = true;  // false: this key had kept it before; code and content of now are dropped
};

struct Content {
    std::string media_type;
    std::string file_name;  // "Hauptwohnsitzbescheinigung.pdf"
    std::string bytes;
};

// The documents of all cases: kept sealed, found again, verified, revoked, purged. Whoever calls has made
// sure that the visitor may see the case. Every call works in the caller's transaction, for its tenant.
class Documents {
public:
    Documents(const base::Clock& clock, base::Random& random, const crypto::Sealer& sealer);

    std::string new_code() const;  // 60 random bits

    Kept keep(sql::Transaction& transaction, const NewDocument& made);
    std::optional<Document> find_by_key(sql::Transaction& transaction, std::string_view key) const;

    std::optional<Document> find(sql::Transaction& transaction, const DocumentId& id) const;
    std::vector<Document> of_case(sql::Transaction& transaction, const cases::CaseId& id) const;
    // `not_found` when there is none or when it was purged; `unavailable` when it cannot be unsealed.
    base::Result<Content> content(sql::Transaction& transaction, const DocumentId& id) const;

    // Revoking twice is fine. The file stays; verification says "revoked" from now on.
    base::Result<> revoke(sql::Transaction& transaction, const DocumentId& id);

    // For anybody: the transaction reads across tenants.
    Verification verify(sql::Transaction& transaction, std::string_view code) const;

    // Forgets the content of documents issued before `moment`; says how many. They can still be verified.
    std::int64_t purge_issued_before(sql::Transaction& transaction, base::Instant moment);

private:
    const base::Clock& clock_;
    base::Random& random_;
    const crypto::Sealer& sealer_;
};

}  // namespace documents
