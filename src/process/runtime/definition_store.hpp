#pragma once

#include "kit/sql/database.hpp"
#include "process/runtime/values.hpp"
#include "process/runtime/waiting_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runtime {

// Where a version was deployed and which file it is part of.
struct DefinitionRow {
    base::TenantId tenant;
    Deployed::Kind kind = Deployed::Kind::process;
    std::string id;
    int version = 1;
    std::string name;
    std::string checksum;
};

// Something that starts a new instance of a process.
struct StartRow {
    base::TenantId tenant;  // where it was deployed
    std::string process_id;
    std::string element;
    EventKind kind = EventKind::message;
    std::string name;
};

struct TimerStartRow {
    base::TenantId tenant;
    std::string process_id;
    std::string element;
    base::Instant due;
    std::int64_t remaining = 1;  // firings left, -1 without end
};

// The rows of what was deployed, by one tenant or for all (`canton`); the only place that knows these tables.
class DefinitionStore {
public:
    explicit DefinitionStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add_resource(const base::TenantId& tenant, const std::string& checksum, const Resource& resource);
    std::string resource(const base::TenantId& tenant, const std::string& checksum) const;

    void add(const DefinitionRow& row, base::Instant now);
    // The tenant's own, whatever the canton has.
    std::optional<DefinitionRow>
    find_own(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const;
    // The newest version: the tenant's own before the canton's.
    std::optional<DefinitionRow>
    find_newest(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const;
    std::optional<DefinitionRow>
    find(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, int version) const;

    void forget_starts(const base::TenantId& tenant, const std::string& process_id);
    void add_start(const StartRow& row);
    void add_start(const TimerStartRow& row);
    // What a message or signal of this tenant starts.
    std::vector<StartRow> starts(const base::TenantId& tenant, EventKind kind, std::string_view name) const;
    std::vector<TimerStartRow> due_starts(base::Instant now, std::size_t most) const;
    // The next firing, or nothing when it was the last. False when somebody else was first.
    bool advance(const TimerStartRow& row, std::optional<base::Instant> next);

private:
    sql::Transaction& transaction_;
};

}  // namespace runtime
