#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/definition_store.hpp"
#include "process/runtime/values.hpp"

#include <optional>
#include <string>
#include <vector>

namespace runtime {

// An instance as its row has it. The snapshot is the engine's state, encoded.
struct InstanceRow {
    InstanceId id = {};
    std::string process_id = {};
    int version = 1;
    base::TenantId definition_tenant = {};
    std::string business_key = {};
    InstanceState state = InstanceState::active;
    std::int64_t revision = 1;
    base::Instant started_at = {};
    std::optional<base::Instant> ended_at = {};
    std::string parent_id = {};
    std::int64_t parent_call = 0;
    std::string start_key = {};
    std::optional<base::Instant> forget_at = {};  // of one that is over
    std::string trace_id = {};                    // empty: one that follows from its id
};

// Of a row that has, from `first` on, an instance's id, process_id, version, definition_tenant, business_key,
// state, revision, started_at, ended_at, parent_id, parent_call, start_key, trace_id.
InstanceRow read_instance(const sql::Row& row, int first);

// The rows of one tenant's instances and their trails; the only place that knows these tables.
class InstanceStore {
public:
    InstanceStore(sql::Transaction& transaction, base::TenantId tenant)
        : transaction_(transaction), tenant_(std::move(tenant))
    {
    }

    // False when another active instance of this process has the same start key, or the id is taken.
    bool add(const InstanceRow& row, const std::string& snapshot);
    // Nobody else changes it until the transaction ends.
    std::optional<InstanceRow> lock(const InstanceId& id);
    std::optional<InstanceRow> find_row(const InstanceId& id) const;
    std::string snapshot(const InstanceId& id) const;
    // Under the revision the row now has.
    void save(const InstanceRow& row, const std::string& snapshot);

    std::optional<Instance> find(const InstanceId& id) const;
    std::vector<Instance> search(const InstanceFilter& filter) const;
    std::vector<InstanceId> children(const InstanceId& id, std::optional<std::int64_t> call) const;
    bool is_start_key_taken(const std::string& process_id, const std::string& start_key) const;

    void add_trail(const InstanceId& id, std::int64_t revision, const std::vector<TrailEntry>& entries);
    std::vector<TrailEntry> trail(const InstanceId& id) const;

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

// By tenant and process. Needs a transaction across tenants.
std::vector<Load::Count> count_active_instances(sql::Transaction& transaction);
// Whether something runs on that version, of any tenant. Needs a transaction across tenants.
bool has_active_instances(sql::Transaction& transaction, const DefinitionRow& version);

}  // namespace runtime
