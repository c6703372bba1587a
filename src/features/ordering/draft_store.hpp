#pragma once

#include "features/ordering/draft.hpp"
#include "kit/sql/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ordering {

struct KeptDraft {
    base::TenantId tenant;
    DraftId id;
    std::string service_id;
    sql::Blob sealed_answers;
    std::optional<cases::CaseId> case_id;
    base::Instant updated_at;
};

// The tables of ordering.
class DraftStore {
public:
    explicit DraftStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add(const KeptDraft& draft, const std::string& visitor_hash);
    std::optional<KeptDraft>
    find(const DraftId& id, const std::string& visitor_hash, base::Instant after) const;
    std::optional<KeptDraft>
    find_open(const std::string& visitor_hash, std::string_view service_id, base::Instant after) const;
    // What is kept sealed; another after each change, because sealing never gives the same twice.
    std::optional<sql::Blob> sealed_answers(const DraftId& id) const;
    void save(const DraftId& id, const sql::Blob& sealed_answers, base::Instant now);
    void remove(const DraftId& id);
    void take_over(const DraftId& id, const std::string& visitor_hash);
    void bind(const DraftId& id, const std::string& account_index);
    void change_account(const std::string& from_index, const std::string& to_index);  // across tenants
    // The open ones of an account, changed last first; across tenants.
    std::vector<KeptDraft> of_account(const std::string& account_index, base::Instant after) const;
    void add_link(
        const DraftId& id,
        const std::string& token_hash,
        const std::optional<std::string>& code_hash,
        base::Instant now
    );
    struct KeptLink {
        KeptDraft draft;
        std::string code_hash;  // empty: the date of birth is asked instead
    };
    // Of an open draft; across tenants: an address says nothing about the municipality.
    std::optional<KeptLink> find_link(const std::string& token_hash, base::Instant after) const;
    void mark_submitted(
        const DraftId& id, const cases::CaseId& case_id, const sql::Blob& sealed_nothing, base::Instant now
    );
    std::int64_t remove_older(base::Instant moment);  // drafts, their links, and grants

    void add_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant now);
    bool has_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant after) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace ordering
