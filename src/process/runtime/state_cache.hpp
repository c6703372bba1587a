#pragma once

#include "process/runtime/snapshots.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace runtime {

// The states of the instances that were used last, so that they need not be read and decoded again. A state
// counts only for the revision it was kept under. Safe to share between threads.
class StateCache {
public:
    explicit StateCache(std::size_t most) : most_(most) {}

    // nullptr when it is not known, or of another revision.
    std::shared_ptr<const KeptState>
    find(const base::TenantId& tenant, const InstanceId& id, std::int64_t revision);
    void keep(
        const base::TenantId& tenant,
        const InstanceId& id,
        std::int64_t revision,
        std::shared_ptr<const KeptState> state
    );
    void forget(const base::TenantId& tenant, const InstanceId& id);

private:
    struct Entry {
        std::string key;  // tenant and id
        std::int64_t revision;
        std::shared_ptr<const KeptState> state;  // shared with who is reading it
    };

    const std::size_t most_;
    std::mutex mutex_;
    std::list<Entry> entries_;  // last used first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace runtime
