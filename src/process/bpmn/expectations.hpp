#pragma once

#include "kit/json/json.hpp"
#include "process/bpmn/world.hpp"

#include <string>
#include <vector>

namespace bpmn {

// Compares a world with what is expected of it. Only what `expected` names is looked at.
void check_expectations(
    const json::Value& expected, const World& world, std::vector<std::string>& failed, int& met
);

// The world as `schalter bpmn run` prints it.
json::Value report_of(const World& world, const std::vector<std::string>& failed, int met);

}  // namespace bpmn
