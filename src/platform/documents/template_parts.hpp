#pragma once

#include "platform/documents/template.hpp"
#include "platform/documents/wording.hpp"
#include "process/feel/expression.hpp"
#include "process/feel/temporal.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace documents {

struct RowTemplate {
    Wording label;
    std::string value;  // the name of one, or, when empty:
    std::optional<Wording> text;
    std::optional<feel::Expression> when;
};

struct BlockTemplate {
    std::optional<Wording> paragraph;
    std::vector<RowTemplate> rows;
    std::optional<feel::Expression> when;
};

// A template as template.cpp reads it and filling.cpp uses it.
struct Template::Implementation {
    bool is_known(std::string_view name) const;

    base::Result<Wording> parse_wording(const json::Value* texts, const std::string& member) const;

    base::Result<> parse_values(const json::Value& document);
    base::Result<> parse_head(const json::Value& document);
    base::Result<> parse_validity(const json::Value& document);
    base::Result<> parse_blocks(const json::Value& document);
    base::Result<BlockTemplate> parse_block(const json::Value& block, const std::string& member) const;
    base::Result<RowTemplate> parse_row(const json::Value& row, const std::string& member) const;

    std::map<std::string, feel::Expression, std::less<>> values;
    catalog::LocalText titles;
    std::optional<feel::Expression> language;
    std::optional<feel::MonthsDuration> valid_months;
    std::optional<feel::DaysDuration> valid_days;
    std::optional<Wording> title;
    std::vector<BlockTemplate> blocks;
    std::optional<Wording> signatory;
    std::vector<feel::Expression> initials;
};

}  // namespace documents
