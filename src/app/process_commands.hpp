#pragma once

#include "app/command.hpp"

namespace app {

// `schalter bpmn check MODEL…`: one line per finding; refused when one of them is an error.
int check_models(Arguments arguments, Streams& streams);
// `schalter bpmn run MODEL`: one instance in memory against a scenario; the outcome as JSON.
int run_model(Arguments arguments, Streams& streams);

inline constexpr Command bpmn_check_command{
    "bpmn check", "bpmn check MODEL…", "Lists what is wrong in process models.", check_models};
inline constexpr Command bpmn_run_command{
    "bpmn run",
    "bpmn run MODEL [--scenario FILE] [--trail]",
    "Runs one instance in memory against a scenario and prints the outcome as JSON.",
    run_model};

}  // namespace app
