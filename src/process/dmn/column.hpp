#pragma once

#include "process/dmn/rule_set.hpp"
#include "process/feel/constant_tests.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dmn {

// One input of a decision table, its values cut into segments: below the first constant that stands in a
// cell, that constant, between it and the next, and so on. All values of a segment meet the same constant
// cells.
class Column {
public:
    using Cell = std::optional<feel::ConstantTests>;  // nothing: must be evaluated

    // `allowed` are the values the input may have, when that is known.
    Column(std::span<const Cell> cells, const Cell& allowed);

    // Of the constants; null when there are none, and then there is one segment.
    feel::Kind kind() const { return kind_; }
    std::size_t segments() const { return met_.size(); }
    // The segment of a value of that kind.
    std::size_t segment_of(const feel::Value& value) const;

    const RuleSet& met(std::size_t segment) const { return met_[segment]; }  // rules whose cell is met there
    const RuleSet& open() const { return open_; }              // rules whose cell must be evaluated
    const RuleSet& everything() const { return everything_; }  // rules whose cell is "-"

    // Whether an input can lie there: between two days there is nothing, and what is not allowed does not
    // come.
    bool is_inhabited(std::size_t segment) const { return is_inhabited_[segment]; }
    // As a cell of a table would say it: "< 18", "[18]", "(18..65)".
    std::string text(std::size_t segment) const;

private:
    void find_bounds(std::span<const Cell> cells, const Cell& allowed);
    void add_bounds(const Cell& cell);
    // The segments a cell is met in.
    std::vector<bool> met_by(const feel::ConstantTests& tests) const;
    std::size_t position(const feel::Value& bound) const;
    bool is_comparable(const feel::ConstantTests& tests) const;
    void find_inhabited(const Cell& allowed);

    feel::Kind kind_ = feel::Kind::null;
    std::vector<feel::Value> bounds_;
    std::vector<RuleSet> met_;
    RuleSet open_;
    RuleSet everything_;
    std::vector<bool> is_inhabited_;
};

}  // namespace dmn
