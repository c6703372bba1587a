#include "process/dmn/table_index.hpp"

namespace dmn {

std::vector<Column::Cell> cells_of(const Table& table, std::size_t column)
{
    std::vector<Column::Cell> cells;
    cells.reserve(table.rules.size());
    for (const auto& rule : table.rules)
        cells.push_back(feel::constant_tests(rule.conditions[column]));
    return cells;
}

TableIndex::TableIndex(const Table& table) : rules_(table.rules.size())
{
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
        const Column& made = columns_.emplace_back(cells_of(table, column), std::nullopt);
        auto& possible = possible_.emplace_back();
        for (std::size_t segment = 0; segment < made.segments(); ++segment)
            possible.push_back(made.met(segment) | made.open());
    }
}

RuleSet TableIndex::candidates(const std::vector<feel::Value>& inputs) const
{
    std::optional<RuleSet> rules;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const feel::Value& input = inputs[column];
        if (input.is_null() || input.kind() != columns_[column].kind())
            continue;
        const RuleSet& possible = possible_[column][columns_[column].segment_of(input)];
        if (rules)
            *rules &= possible;
        else
            rules = possible;
    }
    return rules ? *std::move(rules) : RuleSet::of_all(rules_);
}

bool TableIndex::is_decided(std::size_t column, std::size_t rule, feel::Kind input) const
{
    const Column& from = columns_[column];
    return from.everything().has(rule) ||
           (input != feel::Kind::null && input == from.kind() && !from.open().has(rule));
}

}  // namespace dmn
