#pragma once

namespace runtime {
class Runtime;
}

namespace connectors {

class Connectors;

// The job type `fetch-person` (docs/architecture.md). A register that refuses to tell is the BPMN error
// REFUSED; one that is away or talks nonsense is tried again; what only a person can mend is an incident at
// once.
void register_tasks(runtime::Runtime& runtime, Connectors& connectors);

}  // namespace connectors
