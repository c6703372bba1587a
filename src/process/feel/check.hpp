#pragma once

#include "process/feel/expression.hpp"

#include <span>
#include <string>
#include <string_view>
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
// With partial knowledge unknown names are no findings. With the knowledge that they are data they may not be
// called: a process does not declare its variables, but none of them is a function.
// Among the known names "?" may stand for the input of unary tests.
enum class Knowledge { complete, partial, data };
std::vector<Finding> check(const Expression& expression, const Names& known, Knowledge knowledge);

// The known name that is least different; empty when none is anything like it.
std::string nearest_name(std::string_view name, std::span<const std::string> known);

// "line 2, column 5: there is no "agee"; is it "age"?"
std::string to_text(const Finding& finding);

}  // namespace feel
