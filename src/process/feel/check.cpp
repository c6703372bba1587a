#include "process/feel/check.hpp"

#include "process/feel/ast.hpp"
#include "process/feel/builtins/builtin.hpp"

#include <algorithm>
#include <numeric>

namespace feel {

namespace {

// How many letters must be changed, added or left out to get from one to the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

std::vector<Finding> check(const Expression& expression, const Names& known, Knowledge knowledge)
{
    std::vector<Finding> findings;
    if (knowledge == Knowledge::partial)
        return findings;
    for (const auto& name : free_variables(expression)) {
        if (known.find(name) != nullptr || find_builtin(name) != nullptr)
            continue;
        std::string nearest;
        std::size_t best = name.size() / 2 + 1;
        const auto consider = [&](std::string_view candidate) {
            if (const std::size_t steps = distance(name, candidate); steps < best) {
                best = steps;
                nearest = candidate;
            }
        };
        for (const auto& [candidate, type] : known)
            consider(candidate);
        for (const auto& builtin : all_builtins())
            consider(builtin.name);
        findings.push_back({Finding::Severity::error, {}, "there is no \"" + name + "\"", nearest});
    }
    return findings;
}

}  // namespace feel
