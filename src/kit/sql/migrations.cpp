#include "kit/sql/driver.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace sql {

namespace {

constexpr Statement create_record{"CREATE TABLE IF NOT EXISTS schema_migrations ("
                                  " room TEXT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
                                  " PRIMARY KEY (room, name))"};
constexpr Statement read_record{"SELECT room, name, checksum FROM schema_migrations"};
constexpr Statement add_record{
    "INSERT INTO schema_migrations (room, name, checksum) VALUES (:room, :name, :checksum)"};
// One program at a time; the number is ours, chosen once.
constexpr Statement lock_postgres{"SELECT pg_advisory_xact_lock(7245091)"};
// Tables of the schema we work in that hold tenants' rows and have no guard yet.
constexpr Statement unguarded_tables{
    "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = CAST(current_schema() AS regnamespace)"
    " AND NOT c.relforcerowsecurity ORDER BY c.relname"};

// FNV-1a, 64 bits: to notice an edited file, not to stop a forger.
std::string checksum_of(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char character : text) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 0x100000001b3U;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string written;
    for (int shift = 60; shift >= 0; shift -= 4)
        written += digits[(hash >> static_cast<unsigned>(shift)) & 0xfU];
    return written;
}

using Key = std::pair<std::string, std::string>;  // room, name

std::map<Key, std::string> recorded_checksums(Session& session)
{
    std::map<Key, std::string> recorded;
    session.run(read_record, Addition::none, {}, [&](const Row& row) {
        recorded.emplace(Key{row.text(0), row.text(1)}, row.text(2));
    });
    return recorded;
}

// What a newer program has left: this one does not know what the tables look like.
std::optional<Key>
find_unknown(const std::map<Key, std::string>& recorded, std::span<const Migration> migrations)
{
    std::set<std::string> rooms;
    std::set<Key> known;
    for (const auto& migration : migrations) {
        rooms.emplace(migration.room);
        known.emplace(migration.room, migration.name);
    }
    for (const auto& [key, checksum] : recorded)
        if (rooms.contains(key.first) && !known.contains(key))
            return key;
    return std::nullopt;
}

void apply(Session& session, const Migration& migration, std::map<Key, std::string>& recorded)
{
    const Key key{migration.room, migration.name};
    const auto checksum = checksum_of(migration.text);
    const auto known = recorded.find(key);
    if (known != recorded.end()) {
        if (known->second != checksum)
            throw std::runtime_error(
                "migration " + key.first + "/" + key.second + " was changed after it had been applied"
            );
        return;
    }
    session.run_script(std::string(migration.text));
    const Parameter parameters[] = {{"room", key.first}, {"name", key.second}, {"checksum", checksum}};
    session.run(add_record, Addition::none, parameters, {});
    recorded.emplace(key, checksum);
}

// Everybody reads what all share (`canton`); else a tenant reads and writes its own rows, "*" every row.
// FORCE, because the tables belong to the very role that uses them.
std::string guard_script(const std::string& table)
{
    const std::string own = "current_setting('schalter.tenant', true) IN ('*', tenant_id)";
    const std::string quoted = '"' + table + '"';
    return "ALTER TABLE " + quoted + " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;" +  //
           "CREATE POLICY tenant_reads ON " + quoted + " FOR SELECT USING (" + own +
           " OR tenant_id = 'canton');" + "CREATE POLICY tenant_inserts ON " + quoted +
           " FOR INSERT WITH CHECK (" + own + ");" + "CREATE POLICY tenant_updates ON " + quoted +
           " FOR UPDATE USING (" + own + ") WITH CHECK (" + own + ");" + "CREATE POLICY tenant_deletes ON " +
           quoted + " FOR DELETE USING (" + own + ")";
}

void guard_tables(Session& session)
{
    std::vector<std::string> tables;
    session.run(unguarded_tables, Addition::none, {}, [&](const Row& row) { tables.push_back(row.text(0)); });
    for (const auto& table : tables)
        session.run_script(guard_script(table));
}

}  // namespace

void run_migrations(Driver& driver, std::span<const Migration> migrations)
{
    const bool is_postgres = driver.dialect() == "postgres";
    const auto session = driver.begin({"*"}, Access::write);
    if (is_postgres)
        session->run(lock_postgres, Addition::none, {}, {});
    session->run(create_record, Addition::none, {}, {});

    auto recorded = recorded_checksums(*session);
    if (const auto unknown = find_unknown(recorded, migrations))
        throw std::runtime_error(
            "the database is newer than this program: it has " + unknown->first + "/" + unknown->second
        );
    for (const auto& migration : migrations)
        if (migration.dialect.empty() || migration.dialect == driver.dialect())
            apply(*session, migration, recorded);
    if (is_postgres)
        guard_tables(*session);
    session->commit();
}

bool are_recorded(Driver& driver, std::span<const Migration> migrations)
{
    const auto recorded = recorded_checksums(*driver.begin({"*"}, Access::read));
    return !find_unknown(recorded, migrations) &&
           std::ranges::all_of(migrations, [&](const Migration& migration) {
               if (!migration.dialect.empty() && migration.dialect != driver.dialect())
                   return true;
               const auto found = recorded.find({std::string(migration.room), std::string(migration.name)});
               return found != recorded.end() && found->second == checksum_of(migration.text);
           });
}

}  // namespace sql
