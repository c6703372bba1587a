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
    // The row must be one of the database; std::runtime_error when its file can no longer be run.
    std::shared_ptr<const bpmn::Definition> process(sql::Transaction& transaction, const DefinitionRow& row);
    std::shared_ptr<const dmn::Model> decision(sql::Transaction& transaction, const DefinitionRow& row);

private:
    std::mutex mutex_;
    // Shared by the instances that are being worked on; by tenant and checksum of the file, and process id.
    std::map<std::string, std::shared_ptr<const bpmn::Definition>> processes_;
    std::map<std::string, std::shared_ptr<const dmn::Model>> decisions_;
};

}  // namespace runtime
