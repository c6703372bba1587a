#pragma once

#include "process/bpmn/effects.hpp"
#include "process/bpmn/stimulus.hpp"
#include "process/feel/evaluate.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// The world as a step sees it. Nothing here changes while the step runs.
struct StepContext {
    base::Instant now = {};
    std::string zone = "Europe/Zurich";
    feel::Limits limits = {};  // of each expression
    // Evaluates a called decision; `not_found` when nobody has deployed it. Pure: same inputs, same result.
    std::function<base::Result<feel::Value>(std::string_view decision, const Variables& inputs)> decide = {};
};

struct Outcome {
    State state;
    std::vector<Effect> effects;
    std::vector<TrailEntry> trail;
    std::string rejection;  // not empty: the stimulus fits nothing, the state is as before
};

// Lets a stimulus act on an instance and runs it until everything waits again. Pure: no I/O, no clock, no
// chance; the same arguments give the same outcome, bit for bit.
Outcome step(const Definition& definition, State state, const Stimulus& stimulus, const StepContext& context);

}  // namespace bpmn
