#pragma once

#include "base/random.hpp"
#include "features/ordering/draft.hpp"

#include <chrono>
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

namespace ordering {

// How long a draft is kept after its last change; said on the form's pages.
inline constexpr std::chrono::days draft_lifetime{30};

// The drafts of all visitors. Answers are sealed at rest, visitors known by the hash of their cookie only.
// Every call works in the caller's transaction, for its tenant.
class Drafts {
public:
    Drafts(const base::Clock& clock, base::Random& random, const crypto::Sealer& sealer);

    // With the answers that are known already.
    Draft begin(
        sql::Transaction& transaction,
        std::string_view visitor,
        std::string_view service_id,
        const json::Object& known = {}
    );

    // Nothing when there is none, when it is another visitor's, or when its time is over. May be asked across
    // tenants: an address says nothing about the municipality.
    std::optional<Draft>
    find(sql::Transaction& transaction, const DraftId& id, std::string_view visitor) const;
    // Whether it is still what find() gave: not saved, submitted or discarded since.
    bool is_unchanged(sql::Transaction& transaction, const Draft& draft) const;
    // The one that is not submitted yet, changed last.
    std::optional<Draft>
    find_open(sql::Transaction& transaction, std::string_view visitor, std::string_view service_id) const;

    void save(sql::Transaction& transaction, const DraftId& id, const json::Object& answers);
    void discard(sql::Transaction& transaction, const DraftId& id);
    // The answers are the case's from now on, and gone here.
    void mark_submitted(sql::Transaction& transaction, const DraftId& id, const cases::CaseId& case_id);

    // The way back to the draft in another browser: a token for a mailed link, and what has to be known
    // besides. Where the date of birth is among the answers (`knows_birth`), that is asked and the code is
    // empty.
    struct WayBack {
        std::string token;
        std::string code;
    };
    WayBack add_link(sql::Transaction& transaction, const DraftId& id, bool knows_birth);
    struct Linked {
        Draft draft;
        std::string code_hash;  // empty: the date of birth
    };
    // Of a draft that is still open; across tenants.
    std::optional<Linked> find_by_link(sql::Transaction& transaction, std::string_view token) const;
    static bool is_code(const Linked& linked, std::string_view typed);
    // From now on it belongs to this browser, and to the one before no more.
    void take_over(sql::Transaction& transaction, const DraftId& id, std::string_view visitor);

    // It belongs to the resident's account as well.
    void bind(sql::Transaction& transaction, const DraftId& id, std::string_view email);
    // The account goes by another address from now on; across tenants.
    void change_account(sql::Transaction& transaction, std::string_view from, std::string_view to);
    // The open ones of an account, changed last first; across tenants.
    std::vector<Draft> of_account(sql::Transaction& transaction, std::string_view email) const;

    // Deletes drafts, links and grants whose time is over; the transaction is one across tenants. Runs as a
    // job.
    std::int64_t purge(sql::Transaction& transaction);

    // From now on this browser sees the case without being asked again.
    void grant(sql::Transaction& transaction, const cases::CaseId& case_id, std::string_view visitor);
    bool may_see(sql::Transaction& transaction, const cases::CaseId& case_id, std::string_view visitor) const;

private:
    std::string index_of(std::string_view email) const;

    const base::Clock& clock_;
    base::Random& random_;
    const crypto::Sealer& sealer_;
};

}  // namespace ordering
