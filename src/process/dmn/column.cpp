#include "process/dmn/column.hpp"

#include <algorithm>

namespace dmn {

using feel::Kind;
using feel::Range;
using feel::Value;

namespace {

bool comes_before(const Value& a, const Value& b)
{
    if (a.kind() == Kind::boolean)
        return a.is_false() && b.is_true();
    const auto order = feel::compare(a, b);
    return order && *order < 0;
}

bool is_single(const Range& range)
{
    return range.form == Range::Form::comparison && range.includes_low && range.includes_high;
}

}  // namespace

Column::Column(std::span<const Cell> cells, const Cell& allowed)
    : open_(cells.size()), everything_(cells.size())
{
    // A larger table is searched rule by rule; that takes less than its segments would.
    constexpr std::size_t most_marks = 32'000'000;
    find_bounds(cells, allowed);
    if ((2 * bounds_.size() + 1) * cells.size() > most_marks) {
        bounds_.clear();
        kind_ = Kind::null;
    }
    met_.assign(2 * bounds_.size() + 1, RuleSet(cells.size()));
    for (std::size_t rule = 0; rule < cells.size(); ++rule) {
        if (!cells[rule] || !is_comparable(*cells[rule])) {
            open_.add(rule);
            continue;
        }
        if (cells[rule]->is_everything)
            everything_.add(rule);
        const auto met = met_by(*cells[rule]);
        for (std::size_t segment = 0; segment < met.size(); ++segment)
            if (met[segment])
                met_[segment].add(rule);
    }
    find_inhabited(allowed);
}

void Column::add_bounds(const Cell& cell)
{
    if (!cell)
        return;
    for (const Range& range : cell->ranges) {
        for (const Value* end : {&range.low, &range.high}) {
            if (kind_ == Kind::null)
                kind_ = end->kind();
            if (end->kind() == kind_ && !end->is_null())
                bounds_.push_back(*end);
        }
    }
}

void Column::find_bounds(std::span<const Cell> cells, const Cell& allowed)
{
    for (const Cell& cell : cells)
        add_bounds(cell);
    add_bounds(allowed);
    if (kind_ == Kind::boolean)
        bounds_ = {false, true};
    std::sort(bounds_.begin(), bounds_.end(), comes_before);
    const auto is_same = [](const Value& a, const Value& b) {
        return !comes_before(a, b) && !comes_before(b, a);
    };
    bounds_.erase(std::unique(bounds_.begin(), bounds_.end(), is_same), bounds_.end());
}

bool Column::is_comparable(const feel::ConstantTests& tests) const
{
    return std::all_of(tests.ranges.begin(), tests.ranges.end(), [&](const Range& range) {
        return (range.low.is_null() || range.low.kind() == kind_) &&
               (range.high.is_null() || range.high.kind() == kind_);
    });
}

std::size_t Column::position(const Value& bound) const
{
    const auto found = std::lower_bound(bounds_.begin(), bounds_.end(), bound, comes_before);
    return static_cast<std::size_t>(found - bounds_.begin());
}

std::size_t Column::segment_of(const Value& value) const
{
    const std::size_t at = position(value);
    const bool is_bound = at < bounds_.size() && !comes_before(value, bounds_[at]);
    return is_bound ? 2 * at + 1 : 2 * at;
}

std::vector<bool> Column::met_by(const feel::ConstantTests& tests) const
{
    std::vector<bool> met(met_.size(), tests.is_everything);
    for (const Range& range : tests.ranges) {
        const bool is_exclusion = range.form == Range::Form::exclusion;
        std::size_t from = 0;
        std::size_t end = met.size();
        if (is_exclusion || is_single(range)) {
            from = 2 * position(range.low) + 1;
            end = from + 1;
        } else {
            if (!range.low.is_null())
                from = 2 * position(range.low) + (range.includes_low ? 1 : 2);
            if (!range.high.is_null())
                end = 2 * position(range.high) + (range.includes_high ? 2 : 1);
        }
        for (std::size_t segment = 0; segment < met.size(); ++segment)
            if ((segment >= from && segment < end) != is_exclusion)
                met[segment] = true;
    }
    if (tests.is_negated)
        met.flip();
    return met;
}

void Column::find_inhabited(const Cell& allowed)
{
    is_inhabited_.assign(met_.size(), true);
    if (kind_ == Kind::boolean)
        is_inhabited_ = {false, true, false, true, false};
    for (std::size_t index = 0; kind_ == Kind::date && index + 1 < bounds_.size(); ++index)
        if (bounds_[index].if_date()->days + 1 == bounds_[index + 1].if_date()->days)
            is_inhabited_[2 * index + 2] = false;
    if (!allowed || !is_comparable(*allowed))
        return;
    const auto may_be = met_by(*allowed);
    for (std::size_t segment = 0; segment < met_.size(); ++segment)
        is_inhabited_[segment] = is_inhabited_[segment] && may_be[segment];
}

std::string Column::text(std::size_t segment) const
{
    if (bounds_.empty())
        return "-";
    const std::size_t index = segment / 2;
    if (segment % 2 == 1)
        return feel::to_feel(bounds_[index]);
    if (index == 0)
        return "< " + feel::to_feel(bounds_.front());
    if (index == bounds_.size())
        return "> " + feel::to_feel(bounds_.back());
    return "(" + feel::to_feel(bounds_[index - 1]) + ".." + feel::to_feel(bounds_[index]) + ")";
}

}  // namespace dmn
