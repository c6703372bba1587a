#pragma once

#include "process/bpmn/step.hpp"

#include <map>
#include <string>
#include <vector>

namespace bpmn {

// Where what is active in one version goes on in another: element ids of the old one to those of the new one.
// What is not named keeps its id.
using MigrationPlan = std::map<std::string, std::string, std::less<>>;

struct Migrated {
    Outcome outcome;                    // the state as of the new version; what to plan, open and withdraw
    std::vector<std::string> problems;  // sentences; with one among them nothing has changed
};

// Moves an active instance from one version of its process to another, without any token moving: elements
// keep their numbers, so do their jobs, tasks and timers. Boundary events and event sub-processes that only
// the new version has are waited for from now on, those that it no longer has are not. Says all reasons why
// it cannot be done at once. Pure, as `step` is.
Migrated migrate(
    const Definition& from,
    const Definition& to,
    const State& state,
    const MigrationPlan& plan,
    const StepContext& context
);

}  // namespace bpmn
