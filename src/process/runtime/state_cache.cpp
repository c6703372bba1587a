#include "process/runtime/state_cache.hpp"

namespace runtime {

namespace {

std::string key_of(const base::TenantId& tenant, const InstanceId& id)
{
    return tenant.text + '\n' + id.text;
}

}  // namespace

std::shared_ptr<const KeptState>
StateCache::find(const base::TenantId& tenant, const InstanceId& id, std::int64_t revision)
{
    const std::lock_guard lock(mutex_);
    const auto known = by_key_.find(key_of(tenant, id));
    if (known == by_key_.end() || known->second->revision != revision)
        return nullptr;
    entries_.splice(entries_.begin(), entries_, known->second);
    return known->second->state;
}

void StateCache::keep(
    const base::TenantId& tenant,
    const InstanceId& id,
    std::int64_t revision,
    std::shared_ptr<const KeptState> state
)
{
    auto key = key_of(tenant, id);
    const std::lock_guard lock(mutex_);
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        // Two commits may report in the wrong order.
        if (known->second->revision >= revision)
            return;
        known->second->revision = revision;
        known->second->state = std::move(state);
        entries_.splice(entries_.begin(), entries_, known->second);
        return;
    }
    entries_.push_front({key, revision, std::move(state)});
    by_key_.emplace(std::move(key), entries_.begin());
    if (entries_.size() > most_) {
        by_key_.erase(entries_.back().key);
        entries_.pop_back();
    }
}

void StateCache::forget(const base::TenantId& tenant, const InstanceId& id)
{
    const std::lock_guard lock(mutex_);
    const auto known = by_key_.find(key_of(tenant, id));
    if (known == by_key_.end())
        return;
    entries_.erase(known->second);
    by_key_.erase(known);
}

}  // namespace runtime
