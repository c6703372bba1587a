#include "process/runtime/definitions.hpp"

#include <stdexcept>

namespace runtime {

namespace {

// Versions in use are few; should a canton deploy thousands, starting over costs less than bookkeeping.
constexpr std::size_t most_kept = 2000;

template <class Compiled>
std::shared_ptr<const Compiled> keep(
    std::map<std::string, std::shared_ptr<const Compiled>>& kept,
    std::string key,
    std::shared_ptr<const Compiled> made
)
{
    if (kept.size() >= most_kept)
        kept.clear();
    return kept.emplace(std::move(key), std::move(made)).first->second;
}

}  // namespace

std::shared_ptr<const bpmn::Definition> Definitions::process(
    sql::Transaction& transaction, const base::TenantId& tenant, const std::string& id, int version
)
{
    auto key = tenant.text + '\n' + id + '\n' + std::to_string(version);
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = processes_.find(key); known != processes_.end())
            return known->second;
    }
    const DefinitionStore store(transaction);
    const auto row = store.find(tenant, Deployed::Kind::process, id, version);
    if (!row)
        throw std::logic_error("no version " + std::to_string(version) + " of the process " + id);
    const auto model = bpmn::read_model(store.resource(tenant, row->checksum));
    if (!model)
        throw std::runtime_error("a deployed process cannot be read: " + model.error().detail);
    for (const auto& process : model->processes) {
        if (process->id != id)
            continue;
        const std::lock_guard lock(mutex_);
        return keep(processes_, std::move(key), process);
    }
    throw std::runtime_error("a deployed file no longer has its process " + id);
}

std::shared_ptr<const dmn::Model>
Definitions::decision(sql::Transaction& transaction, const DefinitionRow& row)
{
    auto key = row.tenant.text + '\n' + row.checksum;
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = decisions_.find(key); known != decisions_.end())
            return known->second;
    }
    const auto model = dmn::Model::read(DefinitionStore(transaction).resource(row.tenant, row.checksum));
    if (!model)
        throw std::runtime_error("a deployed decision cannot be read: " + model.error().detail);
    const std::lock_guard lock(mutex_);
    return keep(decisions_, std::move(key), std::make_shared<const dmn::Model>(*model));
}

}  // namespace runtime
