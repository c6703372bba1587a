#pragma once

#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cases {

// The rows of one tenant's cases; the only place that knows the tables. Sealing happens here, so that
// nothing above can forget it.
class CaseStore {
public:
    CaseStore(sql::Transaction& transaction, const crypto::Sealer& sealer);

    // False when the reference or the order key is taken.
    bool add(const Case& added, const std::string& order_key);
    std::optional<Case> find(const CaseId& id) const;
    std::optional<Case> find_locked(const CaseId& id) const;  // nobody else changes it meanwhile
    std::optional<Case> find_by_reference(std::string_view reference) const;
    std::optional<Case> find_by_order_key(std::string_view order_key) const;
    std::optional<Case> find_by_link(std::string_view token_hash) const;  // across tenants
    std::vector<Case> of_email(std::string_view email) const;             // across tenants
    std::vector<Case> of_email_locked(std::string_view email) const;      // across tenants
    Inbox inbox(const InboxFilter& filter) const;
    // Those that changed after that moment, or at it with a greater id.
    std::vector<CaseLine>
    changes(const ChangeFilter& filter, base::Instant after, const std::string& after_id) const;

    void set_state(const CaseId& id, State state, base::Instant now);
    void set_instance(const CaseId& id, const std::string& instance_id);
    void set_email(const Case& changed);  // of the case's own tenant
    void set_answers(const Case& changed, base::Instant now);
    void set_register_data(const CaseId& id, const json::Value& data);
    bool set_handler(const CaseId& id, std::string_view clerk);  // false when somebody else has it
    void add_link(const CaseId& id, const std::string& token_hash, base::Instant now);
    void add_event(const CaseId& id, const Event& event);
    std::vector<Event> events(const CaseId& id) const;

private:
    Case read(const sql::Row& row) const;
    std::string
    unseal(const std::vector<std::byte>& sealed, std::string_view purpose, const std::string& owner) const;

    sql::Transaction& transaction_;
    const crypto::Sealer& sealer_;
};

// What sealed texts of a case are bound to (crypto::Sealer).
std::string owner_of(const base::TenantId& tenant, const CaseId& id);

}  // namespace cases
