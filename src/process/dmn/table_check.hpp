#pragma once

#include "process/dmn/column.hpp"
#include "process/dmn/definitions.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace dmn {

// Looks through all combinations of segments of a table's inputs for gaps, overlaps and rules that are never
// reached. Cells that must be evaluated count as perhaps met: what they may prevent is not claimed.
class TableCheck {
public:
    TableCheck(const Table& table, std::string element);

    std::vector<Finding> run();

private:
    // The rules that are met, and those that may be, by the segments chosen so far.
    struct State {
        RuleSet met;
        RuleSet open;
        bool has_null = false;  // an input that is missing: such a combination is no gap
        friend auto operator<=>(const State&, const State&) = default;
    };

    void look(std::size_t column, const State& state);
    void choose(std::size_t column, std::size_t segment, const State& next);
    void find_null_rules();
    void judge(const State& state);
    void find_gap();
    void find_overlap(const std::vector<std::size_t>& rules);
    void find_empty_cells();
    void find_unreached();
    bool reports_gaps() const;
    std::string here() const;
    void report(Finding::Severity severity, std::size_t rule, std::string sentence);

    const Table& table_;
    std::string element_;
    std::vector<Column> columns_;
    std::vector<RuleSet> met_by_null_;   // per column
    std::vector<std::size_t> segments_;  // chosen, one per column so far
    std::set<std::pair<std::size_t, State>> seen_;
    std::set<std::pair<std::size_t, std::size_t>> overlaps_;
    std::vector<bool> is_reached_;  // as the first, or as the only one
    std::vector<bool> is_empty_;    // rules with a cell that nothing meets
    int gaps_ = 0;
    bool is_complete_ = true;
    std::vector<Finding> findings_;
};

}  // namespace dmn
