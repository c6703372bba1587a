#include "app/health.hpp"

#include "app/readings.hpp"
#include "app/schema.hpp"
#include "kit/sql/database.hpp"

namespace app {

std::string find_trouble(sql::Database& database, std::uint64_t least_free)
{
    try {
        if (!database.is_migrated(all_migrations()))
            return "the database has another program's schema: migrate it, or start the newer program";
    } catch (const std::exception&) {
        return "the database is away";
    }
    const auto left = free_bytes(database);
    if (left && *left < least_free)
        return "the disk is full: " + std::to_string(*left >> 20U) + " MB left";
    return {};
}

}  // namespace app
