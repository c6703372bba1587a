#pragma once

#include "process/dmn/column.hpp"
#include "process/dmn/definitions.hpp"

#include <vector>

namespace dmn {

// Finds the rules of a table that an input may meet without looking at each: the constants of every column
// are sorted when the model is read, and a rule is a bit.
class TableIndex {
public:
    explicit TableIndex(const Table& table);

    // All rules whose constant cells are met; what `is_decided` does not say of must still be tested.
    RuleSet candidates(const std::vector<feel::Value>& inputs) const;
    // Whether a candidate's cell needs no test.
    bool is_decided(std::size_t column, std::size_t rule, feel::Kind input) const;

private:
    std::size_t rules_;
    std::vector<Column> columns_;
    std::vector<std::vector<RuleSet>> possible_;  // by column and segment: met there, or open
};

// The cells of one column as constants.
std::vector<Column::Cell> cells_of(const Table& table, std::size_t column);

}  // namespace dmn
