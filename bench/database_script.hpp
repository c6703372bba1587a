#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// SQL for measuring programs, straight to the database's library: to fill tables quickly, and to look at
// them.
class DatabaseScript {
public:
    virtual ~DatabaseScript() = default;
    // One statement or several. Each row comes as texts, nulls as empty ones.
    virtual void
    run(const std::string& script, const std::function<void(const std::vector<std::string>&)>& each = {}) = 0;
    virtual bool is_postgres() const = 0;

    std::vector<std::string> first_column(const std::string& query);
};

// "sqlite:PATH", without any durability, or "postgresql://…"; there for all tenants.
std::unique_ptr<DatabaseScript> open_script(std::string_view url);

}  // namespace bench
