#pragma once

#include "process/bpmn/state.hpp"
#include "process/runtime/values.hpp"

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
    std::shared_ptr<const bpmn::State> find(const InstanceId& id, std::int64_t revision);
    void keep(const InstanceId& id, std::int64_t revision, std::shared_ptr<const bpmn::State> state);
    void forget(const InstanceId& id);

private:
    struct Entry {
        std::string id;
        std::int64_t revision;
        std::shared_ptr<const bpmn::State> state;  // shared with who is reading it
    };

    const std::size_t most_;
    std::mutex mutex_;
    std::list<Entry> entries_;  // last used first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_id_;
};

}  // namespace runtime
