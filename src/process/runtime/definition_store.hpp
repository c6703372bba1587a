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
    std::string version_tag = {};
    base::Instant deployed_at = {};
    std::string key = {};  // a decimal number
};

// Something that starts a new instance of a process.
struct StartRow {
    base::TenantId tenant = {};  // where it was deployed
    std::string process_id;
    std::string element;
    std::int64_t part = 0;  // which of the element's events
    EventKind kind = EventKind::message;
    std::string name;
};

// The rows of what was deployed, by one tenant or for all (`canton`); the only place that knows these tables.
class DefinitionStore {
public:
    explicit DefinitionStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void add_resource(const base::TenantId& tenant, const std::string& checksum, const Resource& resource);
    std::string resource(const base::TenantId& tenant, const std::string& checksum) const;

    void add(const DefinitionRow& row);
    // The highest number that a version has, or had before it was removed; 0 when there was none.
    int last_version(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const;
    // Nothing finds it any more, but its instances, which need not have ended.
    void remove(const DefinitionRow& row, base::Instant now);
    // The tenant's own, whatever the canton has.
    std::optional<DefinitionRow>
    find_own(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const;
    // The newest of those that carry the tag, or were there at that moment; the tenant's own before the
    // canton's.
    std::optional<DefinitionRow> find_tagged(
        const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, std::string_view tag
    ) const;
    std::optional<DefinitionRow> find_as_of(
        const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, base::Instant moment
    ) const;
    // The newest version: the tenant's own before the canton's.
    std::optional<DefinitionRow>
    find_newest(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const;
    // Also one that was removed.
    std::optional<DefinitionRow>
    find(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, int version) const;

    // What serves the tenant, in the order of the ids: of each its own before the canton's, the newest first.
    std::vector<Definition> search(const base::TenantId& tenant, const DefinitionFilter& filter) const;

    // A version that serves the tenant.
    std::optional<DefinitionRow> find_by_key(const base::TenantId& tenant, std::string_view key) const;

    void forget_starts(const base::TenantId& tenant, const std::string& process_id);
    void add_start(const StartRow& row);
    // What a message or signal of this tenant starts.
    std::vector<StartRow> starts(const base::TenantId& tenant, EventKind kind, std::string_view name) const;

private:
    sql::Transaction& transaction_;
};

}  // namespace runtime
