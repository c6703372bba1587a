#include "process/runtime/snapshots.hpp"

#include "kit/crypto/hashing.hpp"
#include "process/runtime/instance_store.hpp"
#include "process/runtime/value_store.hpp"

#include <stdexcept>

namespace runtime {

std::size_t Encoded::bytes() const
{
    std::size_t all = snapshot.size();
    for (const auto& [name, content] : aside.values)
        all += content.size();
    return all;
}

Encoded encode_state(const bpmn::State& state)
{
    Encoded encoded{.snapshot = {}, .aside{.name = crypto::sha256_hex}};
    encoded.snapshot = bpmn::encode(state, &encoded.aside);
    return encoded;
}

KeptState read_state(sql::Transaction& transaction, const InstanceId& id)
{
    const auto& tenant = transaction.tenant();
    const ValueStore values(transaction, tenant);
    KeptState kept;
    auto state = bpmn::decode(InstanceStore(transaction, tenant).snapshot(id), [&](const std::string& name) {
        kept.aside.insert(name);
        return values.find(id, name);
    });
    if (!state)
        throw std::runtime_error("the snapshot of instance " + id.text + ": " + state.error().detail);
    kept.state = std::move(*state);
    return kept;
}

}  // namespace runtime
