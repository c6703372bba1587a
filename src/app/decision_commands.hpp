#pragma once

#include "app/command.hpp"

namespace app {

// `schalter feel EXPRESSION`: prints the result as JSON, and on the error stream why it is null.
int evaluate_feel(Arguments arguments, Streams& streams);
// `schalter dmn evaluate MODEL`: prints the decision's result as JSON.
int evaluate_dmn(Arguments arguments, Streams& streams);

inline constexpr Command feel_command{
    "feel",
    "feel EXPRESSION [--context FILE]",
    "Evaluates FEEL and prints the result as JSON.",
    evaluate_feel};
inline constexpr Command dmn_evaluate_command{
    "dmn evaluate",
    "dmn evaluate MODEL [--decision NAME] [--input FILE] [--explain]",
    "Evaluates a decision and prints its result as JSON.",
    evaluate_dmn};

}  // namespace app
