#pragma once

#include "process/bpmn/state.hpp"
#include "process/runtime/values.hpp"

#include <set>
#include <string>

namespace sql {
class Transaction;
}

namespace runtime {

// A state as it is kept: a snapshot, and the names of the large values that lie beside it.
struct KeptState {
    bpmn::State state;
    std::set<std::string> aside = {};
};

// A state on its way to the database.
struct Encoded {
    std::string snapshot;
    bpmn::Aside aside;
    std::size_t bytes() const;  // with what lies beside
};
Encoded encode_state(const bpmn::State& state);

// Of the transaction's tenant. The instance must exist and its bytes be a state, or an exception.
KeptState read_state(sql::Transaction& transaction, const InstanceId& id);

}  // namespace runtime
