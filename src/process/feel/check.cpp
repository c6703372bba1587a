#include "process/feel/check.hpp"

#include "process/feel/checker.hpp"
#include "process/feel/lexer.hpp"

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

std::string nearest_name(std::string_view name, std::span<const std::string> known)
{
    constexpr std::size_t longest = 100;
    std::string nearest;
    std::size_t best = name.size() / 2 + 1;
    if (name.size() > longest)
        return nearest;
    for (const auto& candidate : known) {
        if (candidate.size() > longest || candidate == name)
            continue;
        if (const std::size_t steps = distance(name, candidate); steps < best) {
            best = steps;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string to_text(const Finding& finding)
{
    return to_text(finding.place) + ": " + finding.sentence +
           (finding.nearest.empty() ? "" : "; is it \"" + finding.nearest + "\"?");
}

std::vector<Finding> check(const Expression& expression, const Names& known, Knowledge knowledge)
{
    return Checker(known, knowledge).run(Tree::of(expression)->root);
}

}  // namespace feel
