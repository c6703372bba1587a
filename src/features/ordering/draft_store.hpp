#pragma once

#include "features/ordering/draft.hpp"
#include "kit/sql/database.hpp"

#include <optional>
#include <string>

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
    void mark_submitted(
        const DraftId& id, const cases::CaseId& case_id, const sql::Blob& sealed_nothing, base::Instant now
    );
    std::int64_t remove_older(base::Instant moment);  // drafts, and grants

    void add_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant now);
    bool has_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant after) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace ordering
