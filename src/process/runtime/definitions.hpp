#pragma once

#include "process/bpmn/definition.hpp"
#include "process/dmn/model.hpp"
#include "process/runtime/definition_store.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace runtime {

// What was deployed, read and compiled once and then kept. Safe to share between threads.
class Definitions {
public:
    // A version that was deployed, or std::logic_error; std::runtime_error when its file can no longer be
    // run.
    std::shared_ptr<const bpmn::Definition>
    process(sql::Transaction& transaction, const base::TenantId& tenant, const std::string& id, int version);
    std::shared_ptr<const dmn::Model> decision(sql::Transaction& transaction, const DefinitionRow& row);

private:
    std::mutex mutex_;
    // Shared by the instances that are being worked on; by tenant, process and version.
    std::map<std::string, std::shared_ptr<const bpmn::Definition>> processes_;
    // By tenant and checksum of the file.
    std::map<std::string, std::shared_ptr<const dmn::Model>> decisions_;
};

}  // namespace runtime
