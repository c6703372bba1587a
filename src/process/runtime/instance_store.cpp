#include "process/runtime/instance_store.hpp"

#include "process/runtime/packed_trail.hpp"
#include "process/runtime/stored.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace runtime {

namespace {

using sql::Statement;
using stored::milliseconds;

constexpr std::array<std::pair<InstanceState, std::string_view>, 4> state_names{{
    {InstanceState::active, "active"},
    {InstanceState::completed, "completed"},
    {InstanceState::terminated, "terminated"},
    {InstanceState::failed, "failed"},
}};

std::string name_of(InstanceState state)
{
    for (const auto& [known, name] : state_names)
        if (known == state)
            return std::string(name);
    throw std::logic_error("an instance state without a name");
}

InstanceState parse_state(std::string_view written)
{
    for (const auto& [state, name] : state_names)
        if (name == written)
            return state;
    throw std::runtime_error("no instance state: " + std::string(written));
}

// [at, element, event, who, detail], where what is empty at the end is left out; of an element instance that
// came or went [at, element, event, number].
json::Value to_json(const TrailEntry& entry)
{
    json::Array written{std::int64_t{entry.at.time_since_epoch().count()}, entry.element, entry.event};
    if (entry.element_number > 0) {
        written.emplace_back(entry.element_number);
        return written;
    }
    if (!entry.who.empty() || !entry.detail.empty())
        written.emplace_back(entry.who);
    if (!entry.detail.empty())
        written.emplace_back(entry.detail);
    return written;
}

TrailEntry read_entry(const json::Value& written)
{
    const auto* parts = written.if_array();
    if (parts == nullptr || parts->size() < 3)
        throw std::runtime_error("a stored trail entry is broken");
    const auto text = [&](std::size_t index) {
        return index < parts->size() ? std::string((*parts)[index].string_or()) : std::string();
    };
    return {
        .at = stored::instant((*parts)[0].integer().value_or(0)),
        .element = text(1),
        .event = text(2),
        .who = text(3),
        .detail = text(4),
        .element_number = parts->size() > 3 ? (*parts)[3].integer().value_or(0) : 0,
    };
}

// Nobody looks at most trails again after that.
constexpr std::chrono::hours before_packing{1};

std::optional<base::Instant> first_tending(const InstanceRow& row)
{
    if (!row.ended_at || !row.forget_at)
        return std::nullopt;
    return std::min<base::Instant>(*row.ended_at + before_packing, *row.forget_at);
}

constexpr Statement select_row{
    "SELECT id, process_id, version, definition_tenant, business_key, state, revision, started_at, ended_at,"
    " parent_id, parent_call, start_key, trace_id"
    " FROM process_instances WHERE tenant_id = :tenant_id AND id = :id"};

}  // namespace

InstanceRow read_instance(const sql::Row& row, int first)
{
    return {
        .id{row.text(first)},
        .process_id = row.text(first + 1),
        .version = static_cast<int>(row.integer(first + 2)),
        .definition_tenant{row.text(first + 3)},
        .business_key = row.text(first + 4),
        .state = parse_state(row.text(first + 5)),
        .revision = row.integer(first + 6),
        .started_at = stored::instant(row.integer(first + 7)),
        .ended_at = stored::instant_or_none(row, first + 8),
        .parent_id = row.text_or_null(first + 9).value_or(""),
        .parent_call = row.integer_or_null(first + 10).value_or(0),
        .start_key = row.text_or_null(first + 11).value_or(""),
        .trace_id = row.text_or_null(first + 12).value_or(""),
    };
}

bool InstanceStore::add(const InstanceRow& row, const std::string& snapshot)
{
    static constexpr Statement insert{
        "INSERT INTO process_instances (tenant_id, id, process_id, version, definition_tenant, business_key, state,"
        " revision, snapshot, started_at, ended_at, parent_id, parent_call, start_key, forget_at, tend_at, trace_id)"
        " VALUES (:tenant_id, :id, :process_id, :version, :definition_tenant, :business_key, :state,"
        " :revision, :snapshot, :started_at, :ended_at, :parent_id, :parent_call, :start_key, :forget_at, :tend_at, :trace_id)"};
    return transaction_.try_insert(
        insert,
        {{"tenant_id", tenant_.text},
         {"id", row.id.text},
         {"process_id", row.process_id},
         {"version", std::int64_t{row.version}},
         {"definition_tenant", row.definition_tenant.text},
         {"business_key", row.business_key},
         {"state", name_of(row.state)},
         {"revision", row.revision},
         {"snapshot", stored::blob(snapshot)},
         {"started_at", milliseconds(row.started_at)},
         {"ended_at", milliseconds(row.ended_at)},
         {"parent_id", stored::text_or_null(row.parent_id)},
         {"parent_call", row.parent_call},
         {"start_key", stored::text_or_null(row.start_key)},
         {"forget_at", milliseconds(row.forget_at)},
         {"tend_at", milliseconds(first_tending(row))},
         {"trace_id", stored::text_or_null(row.trace_id)}}
    );
}

std::optional<InstanceRow> InstanceStore::lock(const InstanceId& id)
{
    std::optional<InstanceRow> found;
    transaction_.query_locked(
        select_row,
        {{"tenant_id", tenant_.text}, {"id", id.text}},
        [&](const sql::Row& row) { found = read_instance(row, 0); }
    );
    return found;
}

std::optional<InstanceRow> InstanceStore::find_row(const InstanceId& id) const
{
    return transaction_.first(
        select_row,
        {{"tenant_id", tenant_.text}, {"id", id.text}},
        [](const sql::Row& row) { return read_instance(row, 0); }
    );
}

std::string InstanceStore::snapshot(const InstanceId& id) const
{
    static constexpr Statement select{
        "SELECT snapshot FROM process_instances WHERE tenant_id = :tenant_id AND id = :id"};
    auto found =
        transaction_.first(select, {{"tenant_id", tenant_.text}, {"id", id.text}}, [](const sql::Row& row) {
            return stored::bytes(row.blob(0));
        });
    if (!found)
        throw std::logic_error("no instance " + id.text);
    return std::move(*found);
}

void InstanceStore::save(const InstanceRow& row, const std::string& snapshot)
{
    static constexpr Statement update{
        "UPDATE process_instances SET state = :state, version = :version, revision = :revision,"
        " snapshot = :snapshot, ended_at = :ended_at, forget_at = :forget_at,"
        " tend_at = :tend_at"
        " WHERE tenant_id = :tenant_id AND id = :id AND revision + 1 = :revision"};
    transaction_.execute_one(
        update,
        {{"state", name_of(row.state)},
         {"version", std::int64_t{row.version}},
         {"revision", row.revision},
         {"snapshot", stored::blob(snapshot)},
         {"ended_at", milliseconds(row.ended_at)},
         {"forget_at", milliseconds(row.forget_at)},
         {"tend_at", milliseconds(first_tending(row))},
         {"tenant_id", tenant_.text},
         {"id", row.id.text}}
    );
}

std::optional<Instance> InstanceStore::find(const InstanceId& id) const
{
    if (id.text.empty())  // which restricts nothing
        return std::nullopt;
    auto found = search({.id = id.text, .most = 1});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Instance> InstanceStore::search(const InstanceFilter& filter) const
{
    static constexpr Statement select{
        "SELECT instance.id, instance.process_id, instance.version, instance.business_key, instance.state,"
        "  instance.started_at, instance.ended_at, instance.parent_id, definition.definition_key,"
        "  (SELECT count(*) FROM process_incidents incident"
        "   WHERE incident.tenant_id = :tenant_id AND incident.instance_id = instance.id), definition.name, definition.version_tag"
        " FROM process_instances instance JOIN process_definitions definition"
        "  ON definition.tenant_id = instance.definition_tenant AND definition.kind = 'process'"
        "  AND definition.definition_id = instance.process_id AND definition.version = instance.version"
        " WHERE instance.tenant_id = :tenant_id AND instance.id BETWEEN :first_id AND :last_id AND instance.id < :before_id"
        "  AND (:process_id = '' OR instance.process_id = :process_id)"
        "  AND (:definition_key = '' OR definition.definition_key = :definition_key)"
        "  AND (:business_key = '' OR instance.business_key = :business_key)"
        "  AND (:parent_id = '' OR instance.parent_id = :parent_id)"
        "  AND (:state = '' OR instance.state = :state)"
        " ORDER BY instance.id DESC LIMIT :most"};
    const std::string state = filter.state ? name_of(*filter.state) : "";
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text},
         // Bounds, so that one instance is found by its key; ids are digits, which all come before a letter.
         {"first_id", filter.id},
         {"last_id", filter.id.empty() ? "z" : filter.id},
         {"process_id", filter.process_id},
         {"definition_key", filter.definition_key},
         {"business_key", filter.business_key},
         {"parent_id", filter.parent},
         {"state", state},
         {"before_id", filter.before.empty() ? "z" : filter.before},
         {"most", static_cast<std::int64_t>(filter.most)}},
        [&](const sql::Row& row) {
            const auto parent = row.text_or_null(7);
            return Instance{
                .id{row.text(0)},
                .tenant = tenant_,
                .process_id = row.text(1),
                .version = static_cast<int>(row.integer(2)),
                .business_key = row.text(3),
                .state = parse_state(row.text(4)),
                .started_at = stored::instant(row.integer(5)),
                .ended_at = stored::instant_or_none(row, 6),
                .parent = parent ? std::optional(InstanceId{*parent}) : std::nullopt,
                .incidents = static_cast<int>(row.integer(9)),
                .definition_key = row.text(8),
                .process_name = row.text(10),
                .version_tag = row.text(11),
            };
        }
    );
}

std::vector<InstanceId> InstanceStore::children(const InstanceId& id, std::optional<std::int64_t> call) const
{
    static constexpr Statement select{
        "SELECT id FROM process_instances WHERE tenant_id = :tenant_id AND parent_id = :id AND state = 'active'"
        " AND (CAST(:call AS BIGINT) IS NULL OR parent_call = :call) ORDER BY id"};
    return transaction_.all(
        select,
        {{"tenant_id", tenant_.text},
         {"id", id.text},
         {"call", call ? sql::Value(*call) : sql::Value(nullptr)}},
        [](const sql::Row& row) { return InstanceId{row.text(0)}; }
    );
}

bool InstanceStore::is_start_key_taken(const std::string& process_id, const std::string& start_key) const
{
    static constexpr Statement select{
        "SELECT id FROM process_instances WHERE tenant_id = :tenant_id AND process_id = :process_id"
        " AND start_key = :start_key AND state = 'active'"};
    return transaction_
        .first(
            select,
            {{"tenant_id", tenant_.text}, {"process_id", process_id}, {"start_key", start_key}},
            [](const sql::Row& row) { return row.text(0); }
        )
        .has_value();
}

void InstanceStore::add_trail(
    const InstanceId& id, std::int64_t revision, const std::vector<TrailEntry>& entries
)
{
    static constexpr Statement insert{"INSERT INTO process_trail (tenant_id, instance_id, revision, entries)"
                                      " VALUES (:tenant_id, :instance_id, :revision, :entries)"};
    json::Array written;
    for (const auto& entry : entries)
        written.push_back(to_json(entry));
    transaction_.execute_one(
        insert,
        {{"tenant_id", tenant_.text},
         {"instance_id", id.text},
         {"revision", revision},
         {"entries", json::write(written)}}
    );
}

std::vector<Load::Count> count_active_instances(sql::Transaction& transaction)
{
    static constexpr Statement select{
        "SELECT tenant_id, process_id, count(*) FROM process_instances WHERE state = 'active'"
        " GROUP BY tenant_id, process_id"};
    return transaction.all(select, {}, [](const sql::Row& row) {
        return Load::Count{.tenant{row.text(0)}, .name = row.text(1), .count = row.integer(2)};
    });
}

bool has_active_instances(sql::Transaction& transaction, const DefinitionRow& version)
{
    // Canton-wide: what the canton deploys runs in every authority.
    static constexpr Statement select{
        "SELECT id FROM process_instances WHERE process_id = :process_id AND version = :version"
        " AND definition_tenant = :definition_tenant AND state = 'active' LIMIT 1"};
    return transaction
        .first(
            select,
            {{"process_id", version.id},
             {"version", std::int64_t{version.version}},
             {"definition_tenant", version.tenant.text}},
            [](const sql::Row& row) { return row.text(0); }
        )
        .has_value();
}

std::vector<TrailEntry> InstanceStore::trail(const InstanceId& id) const
{
    static constexpr Statement select{
        "SELECT entries, packed FROM process_trail WHERE tenant_id = :tenant_id AND instance_id = :instance_id"
        " ORDER BY revision"};
    std::vector<TrailEntry> trail;
    transaction_
        .query(select, {{"tenant_id", tenant_.text}, {"instance_id", id.text}}, [&](const sql::Row& row) {
            const auto entries =
                stored::parse(row.is_null(1) ? row.text(0) : unpack_trail(stored::bytes(row.blob(1))));
            for (const auto& entry : *entries.if_array())
                trail.push_back(read_entry(entry));
        });
    return trail;
}

}  // namespace runtime
