#include "process/runtime/state_cache.hpp"

namespace runtime {

std::shared_ptr<const bpmn::State> StateCache::find(const InstanceId& id, std::int64_t revision)
{
    const std::lock_guard lock(mutex_);
    const auto known = by_id_.find(id.text);
    if (known == by_id_.end() || known->second->revision != revision)
        return nullptr;
    entries_.splice(entries_.begin(), entries_, known->second);
    return known->second->state;
}

void StateCache::keep(const InstanceId& id, std::int64_t revision, std::shared_ptr<const bpmn::State> state)
{
    const std::lock_guard lock(mutex_);
    if (const auto known = by_id_.find(id.text); known != by_id_.end()) {
        // Two commits may report in the wrong order.
        if (known->second->revision >= revision)
            return;
        known->second->revision = revision;
        known->second->state = std::move(state);
        entries_.splice(entries_.begin(), entries_, known->second);
        return;
    }
    entries_.push_front({id.text, revision, std::move(state)});
    by_id_.emplace(id.text, entries_.begin());
    if (entries_.size() > most_) {
        by_id_.erase(entries_.back().id);
        entries_.pop_back();
    }
}

void StateCache::forget(const InstanceId& id)
{
    const std::lock_guard lock(mutex_);
    const auto known = by_id_.find(id.text);
    if (known == by_id_.end())
        return;
    entries_.erase(known->second);
    by_id_.erase(known);
}

}  // namespace runtime
