#pragma once

#include "process/dmn/model.hpp"
#include "process/feel/evaluate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dmn {

// A part that became null, or an input that did not fit.
struct Problem {
    std::string element;  // name of the decision, model or input it happened in
    int rule = 0;         // of a decision table, from 1
    std::string reason;
    bool is_limit = false;
};

// What a decision table saw and did, for people who ask why.
struct TableTrace {
    struct Input {
        std::string text;  // the input's expression
        feel::Value value;
    };
    struct Miss {
        int rule;                 // from 1
        std::vector<int> failed;  // inputs whose condition was not met, from 1
    };

    std::string decision;
    std::vector<Input> inputs;
    std::vector<int> matched;   // rules, from 1, in the order of the table
    std::vector<Miss> nearest;  // the rules with the fewest failed conditions, when none matched
    feel::Value output;
};

struct Outcome {
    feel::Value value;
    std::vector<Problem> problems;
    std::vector<TableTrace> tables;  // with Explain::yes, in the order in which they were evaluated
};

enum class Explain { no, yes };

// Evaluates a decision or decision service, by name or id, and what it needs, each decision once.
// `inputs` holds input data by name; a decision's own name may stand there too and is then taken as given.
// Refused (`not_found`, "dmn.unknown_decision") with the nearest name when there is none such.
base::Result<Outcome> evaluate(
    const Model& model,
    std::string_view decision,
    const feel::Context& inputs,
    const feel::Environment& environment = {},
    Explain explain = Explain::no
);

// All decisions of the model's own file, by name, in one context.
Outcome evaluate_all(
    const Model& model,
    const feel::Context& inputs,
    const feel::Environment& environment = {},
    Explain explain = Explain::no
);

// Calls a business knowledge model or decision service with positional arguments.
base::Result<Outcome> invoke(
    const Model& model,
    std::string_view invocable,
    std::span<const feel::Value> arguments,
    const feel::Environment& environment = {}
);

}  // namespace dmn
