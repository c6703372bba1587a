#pragma once

#include "kit/json/json.hpp"
#include "process/bpmn/step.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

using Decide = std::function<base::Result<feel::Value>(std::string_view decision, const Variables& inputs)>;

struct ScenarioOutcome {
    json::Value report;               // what `schalter bpmn run` prints, "trail" included
    int met = 0;                      // expectations
    std::vector<std::string> failed;  // sentences: what was expected, what was found
};

// Runs a scenario in memory over virtual time: all processes of the models are deployed, messages wait in a
// buffer for who may still ask for them, called processes run along. `decide` evaluates decisions that the
// scenario does not give. `invalid` when the scenario itself is wrong.
base::Result<ScenarioOutcome>
run_scenario(std::span<const Model> models, const json::Value& scenario, const Decide& decide = {});

}  // namespace bpmn
