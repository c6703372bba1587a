#pragma once

#include "process/feel/expression.hpp"
#include "process/feel/value.hpp"

#include <optional>
#include <vector>

namespace feel {

// Unary tests that are made of constants only: what they ask for, so that a table can be searched and checked
// without evaluating them. Speaks of inputs of the same kind as the constants; null and other kinds go the
// long way.
struct ConstantTests {
    bool is_everything = false;  // "-"
    bool is_negated = false;
    // The input meets one of them; a single value is the range (= value). None that is open or null on both
    // ends.
    std::vector<Range> ranges;
};

// Nothing when a test is no constant, or none that can be told by comparing.
std::optional<ConstantTests> constant_tests(const Expression& unary_tests);

}  // namespace feel
