#pragma once

#include "process/runtime/values.hpp"

#include <optional>
#include <string>

namespace sql {
class Transaction;
}

namespace runtime {

// The large values of one tenant's instances, which lie beside their snapshots; the only place that knows the
// table. What has a name never changes: another value has another name.
class ValueStore {
public:
    ValueStore(sql::Transaction& transaction, base::TenantId tenant)
        : transaction_(transaction), tenant_(std::move(tenant))
    {
    }

    void add(const InstanceId& instance, const std::string& name, const std::string& content);
    std::optional<std::string> find(const InstanceId& instance, const std::string& name) const;
    void remove(const InstanceId& instance, const std::string& name);

private:
    sql::Transaction& transaction_;
    base::TenantId tenant_;
};

}  // namespace runtime
