#pragma once

#include "process/feel/expression.hpp"

#include <string>
#include <vector>

namespace feel {

// Something that will not do what its author meant. `nearest` is the known name it may have been.
struct Finding {
    enum class Severity { error, warning };

    Severity severity = Severity::error;
    Place place;
    std::string sentence;  // English, for the modeller
    std::string nearest = {};
};

// Looks for unknown names, wrong numbers of arguments and obvious type errors, without evaluating anything.
// With partial knowledge unknown names are no findings: a process does not declare its variables.
enum class Knowledge { complete, partial };
std::vector<Finding> check(const Expression& expression, const Names& known, Knowledge knowledge);

}  // namespace feel
