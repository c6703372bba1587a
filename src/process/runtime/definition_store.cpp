#include "process/runtime/definition_store.hpp"

#include "process/runtime/stored.hpp"

#include <stdexcept>

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

const char* name_of(Deployed::Kind kind)
{
    switch (kind) {
    case Deployed::Kind::process: return "process";
    case Deployed::Kind::decision: return "decision";
    case Deployed::Kind::form: return "form";
    }
    throw std::logic_error("a kind of definition without a name");
}

Deployed::Kind kind_of(std::string_view name)
{
    for (const auto kind : {Deployed::Kind::process, Deployed::Kind::decision, Deployed::Kind::form})
        if (name == name_of(kind))
            return kind;
    throw std::runtime_error("no kind of definition: " + std::string(name));
}

const char* name_of(EventKind kind)
{
    return kind == EventKind::message ? "message" : "signal";
}

// Of a row with tenant_id, version, name, checksum, version_tag, deployed_at, definition_key.
DefinitionRow read_definition(const sql::Row& row, Deployed::Kind kind, std::string_view id)
{
    return {
        .tenant{row.text(0)},
        .kind = kind,
        .id = std::string(id),
        .version = static_cast<int>(row.integer(1)),
        .name = row.text(2),
        .checksum = row.text(3),
        .version_tag = row.text(4),
        .deployed_at = stored::instant(row.integer(5)),
        .key = row.text(6),
    };
}

}  // namespace

void DefinitionStore::add_resource(
    const base::TenantId& tenant, const std::string& checksum, const Resource& resource
)
{
    static constexpr Statement insert{"INSERT INTO process_resources (tenant_id, checksum, name, content)"
                                      " VALUES (:tenant_id, :checksum, :name, :content)"};
    // False is fine: the same file was deployed before.
    transaction_.try_insert(
        insert,
        {{"tenant_id", tenant.text},
         {"checksum", checksum},
         {"name", resource.name},
         {"content", resource.content}}
    );
}

std::string DefinitionStore::resource(const base::TenantId& tenant, const std::string& checksum) const
{
    static constexpr Statement select{
        "SELECT content FROM process_resources WHERE tenant_id = :tenant_id AND checksum = :checksum"};
    auto found = transaction_.first(
        select,
        {{"tenant_id", tenant.text}, {"checksum", checksum}},
        [](const sql::Row& row) { return row.text(0); }
    );
    if (!found)
        throw std::logic_error("no deployed file " + checksum);
    return std::move(*found);
}

void DefinitionStore::add(const DefinitionRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_definitions"
        " (tenant_id, kind, definition_id, version, name, version_tag, checksum, deployed_at, definition_key)"
        " VALUES (:tenant_id, :kind, :definition_id, :version, :name, :version_tag, :checksum, :deployed_at,"
        " :definition_key)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", row.tenant.text},
         {"kind", name_of(row.kind)},
         {"definition_id", row.id},
         {"version", std::int64_t{row.version}},
         {"name", row.name},
         {"version_tag", row.version_tag},
         {"checksum", row.checksum},
         {"deployed_at", milliseconds(row.deployed_at)},
         {"definition_key", row.key}}
    );
}

std::optional<DefinitionRow>
DefinitionStore::find_own(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key FROM process_definitions"
        " WHERE tenant_id = :tenant_id AND kind = :kind AND definition_id = :definition_id"
        " AND removed_at IS NULL ORDER BY version DESC LIMIT 1"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text}, {"kind", name_of(kind)}, {"definition_id", stored::text(id)}},
        [&](const sql::Row& row) { return read_definition(row, kind, id); }
    );
}

std::optional<DefinitionRow>
DefinitionStore::find_newest(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key FROM process_definitions"
        " WHERE tenant_id IN (:tenant_id, 'canton') AND kind = :kind AND definition_id = :definition_id AND removed_at IS NULL"
        " ORDER BY CASE WHEN tenant_id = 'canton' THEN 1 ELSE 0 END, version DESC LIMIT 1"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text}, {"kind", name_of(kind)}, {"definition_id", stored::text(id)}},
        [&](const sql::Row& row) { return read_definition(row, kind, id); }
    );
}

std::optional<DefinitionRow> DefinitionStore::find_tagged(
    const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, std::string_view tag
) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key FROM process_definitions"
        " WHERE tenant_id IN (:tenant_id, 'canton') AND kind = :kind AND definition_id = :definition_id"
        " AND version_tag = :version_tag AND removed_at IS NULL"
        " ORDER BY CASE WHEN tenant_id = 'canton' THEN 1 ELSE 0 END, version DESC LIMIT 1"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text},
         {"kind", name_of(kind)},
         {"definition_id", stored::text(id)},
         {"version_tag", stored::text(tag)}},
        [&](const sql::Row& row) { return read_definition(row, kind, id); }
    );
}

std::optional<DefinitionRow> DefinitionStore::find_as_of(
    const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, base::Instant moment
) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key FROM process_definitions"
        " WHERE tenant_id IN (:tenant_id, 'canton') AND kind = :kind AND definition_id = :definition_id"
        " AND deployed_at <= :moment AND removed_at IS NULL"
        " ORDER BY CASE WHEN tenant_id = 'canton' THEN 1 ELSE 0 END, version DESC LIMIT 1"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text},
         {"kind", name_of(kind)},
         {"definition_id", stored::text(id)},
         {"moment", milliseconds(moment)}},
        [&](const sql::Row& row) { return read_definition(row, kind, id); }
    );
}

std::optional<DefinitionRow> DefinitionStore::find(
    const base::TenantId& tenant, Deployed::Kind kind, std::string_view id, int version
) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key FROM process_definitions"
        " WHERE tenant_id = :tenant_id AND kind = :kind AND definition_id = :definition_id AND version = :version"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text},
         {"kind", name_of(kind)},
         {"definition_id", stored::text(id)},
         {"version", std::int64_t{version}}},
        [&](const sql::Row& row) { return read_definition(row, kind, id); }
    );
}

int DefinitionStore::last_version(const base::TenantId& tenant, Deployed::Kind kind, std::string_view id)
    const
{
    static constexpr Statement select{
        "SELECT version FROM process_definitions"
        " WHERE tenant_id = :tenant_id AND kind = :kind AND definition_id = :definition_id"
        " ORDER BY version DESC LIMIT 1"};
    return transaction_
        .first(
            select,
            {{"tenant_id", tenant.text}, {"kind", name_of(kind)}, {"definition_id", stored::text(id)}},
            [](const sql::Row& row) { return static_cast<int>(row.integer(0)); }
        )
        .value_or(0);
}

void DefinitionStore::remove(const DefinitionRow& row, base::Instant now)
{
    static constexpr Statement update{
        "UPDATE process_definitions SET removed_at = :now"
        " WHERE tenant_id = :tenant_id AND kind = :kind AND definition_id = :definition_id AND version = :version"};
    transaction_.execute_one(
        update,
        {{"now", milliseconds(now)},
         {"tenant_id", row.tenant.text},
         {"kind", name_of(row.kind)},
         {"definition_id", row.id},
         {"version", std::int64_t{row.version}}}
    );
}

std::vector<Definition>
DefinitionStore::search(const base::TenantId& tenant, const DefinitionFilter& filter) const
{
    static constexpr Statement select{
        "SELECT definition.tenant_id, definition.definition_key, definition.definition_id, definition.name,"
        "  definition.version, definition.version_tag, resource.name, definition.deployed_at"
        " FROM process_definitions definition JOIN process_resources resource"
        "  ON resource.tenant_id = definition.tenant_id AND resource.checksum = definition.checksum"
        " WHERE definition.tenant_id IN (:tenant_id, 'canton') AND definition.kind = :kind"
        "  AND definition.removed_at IS NULL"
        "  AND (:definition_key = '' OR definition.definition_key = :definition_key)"
        "  AND (:definition_id = '' OR definition.definition_id = :definition_id)"
        "  AND (:version = 0 OR definition.version = :version)"
        " ORDER BY definition.definition_id,"
        "  CASE WHEN definition.tenant_id = 'canton' THEN 1 ELSE 0 END, definition.version DESC"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant.text},
         {"kind", name_of(filter.kind)},
         {"definition_key", filter.key},
         {"definition_id", filter.id},
         {"version", std::int64_t{filter.version}}},
        [&](const sql::Row& row) {
            return Definition{
                .tenant{row.text(0)},
                .kind = filter.kind,
                .key = row.text(1),
                .id = row.text(2),
                .name = row.text(3),
                .version = static_cast<int>(row.integer(4)),
                .version_tag = row.text(5),
                .file = row.text(6),
                .deployed_at = stored::instant(row.integer(7)),
            };
        }
    );
}

std::optional<DefinitionRow>
DefinitionStore::find_by_key(const base::TenantId& tenant, std::string_view key) const
{
    static constexpr Statement select{
        "SELECT tenant_id, version, name, checksum, version_tag, deployed_at, definition_key, kind, definition_id"
        " FROM process_definitions"
        " WHERE tenant_id IN (:tenant_id, 'canton') AND definition_key = :definition_key"
        " AND removed_at IS NULL"};
    return transaction_.first(
        select,
        {{"tenant_id", tenant.text}, {"definition_key", stored::text(key)}},
        [](const sql::Row& row) { return read_definition(row, kind_of(row.text(7)), row.text(8)); }
    );
}

void DefinitionStore::forget_starts(const base::TenantId& tenant, const std::string& process_id)
{
    static constexpr Statement remove_all{
        "DELETE FROM process_starts WHERE tenant_id = :tenant_id AND process_id = :process_id"};
    transaction_.execute(remove_all, {{"tenant_id", tenant.text}, {"process_id", process_id}});
}

void DefinitionStore::add_start(const StartRow& row)
{
    static constexpr Statement insert{
        "INSERT INTO process_starts (tenant_id, process_id, element, part, kind, name)"
        " VALUES (:tenant_id, :process_id, :element, :part, :kind, :name)"};
    transaction_.execute_one(
        insert,
        {{"tenant_id", row.tenant.text},
         {"process_id", row.process_id},
         {"element", row.element},
         {"part", row.part},
         {"kind", name_of(row.kind)},
         {"name", row.name}}
    );
}

std::vector<StartRow>
DefinitionStore::starts(const base::TenantId& tenant, EventKind kind, std::string_view name) const
{
    // Where both the tenant and the canton have a process of that id, the tenant's own counts.
    static constexpr Statement select{
        "SELECT tenant_id, process_id, element, part FROM process_starts started"
        " WHERE kind = :kind AND name = :name AND (tenant_id = :tenant_id OR (tenant_id = 'canton'"
        "  AND NOT EXISTS (SELECT 1 FROM process_definitions own WHERE own.tenant_id = :tenant_id"
        "   AND own.kind = 'process' AND own.definition_id = started.process_id AND own.removed_at IS NULL)))"
        " ORDER BY process_id, element"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant.text}, {"kind", name_of(kind)}, {"name", stored::text(name)}},
        [&](const sql::Row& row) {
            return StartRow{
                .tenant{row.text(0)},
                .process_id = row.text(1),
                .element = row.text(2),
                .part = row.integer(3),
                .kind = kind,
                .name = std::string(name),
            };
        }
    );
}

}  // namespace runtime
