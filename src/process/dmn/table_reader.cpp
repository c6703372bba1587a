#include "base/text.hpp"
#include "process/dmn/logic_reader.hpp"
#include "process/dmn/table_index.hpp"

#include <array>

namespace dmn {

namespace {

struct NamedPolicy {
    std::string_view name;
    HitPolicy policy;
};

constexpr std::array<NamedPolicy, 7> policies{{
    {"UNIQUE", HitPolicy::unique},
    {"FIRST", HitPolicy::first},
    {"PRIORITY", HitPolicy::priority},
    {"ANY", HitPolicy::any},
    {"COLLECT", HitPolicy::collect},
    {"RULE ORDER", HitPolicy::rule_order},
    {"OUTPUT ORDER", HitPolicy::output_order},
}};

struct NamedAggregation {
    std::string_view name;
    Aggregation aggregation;
};

constexpr std::array<NamedAggregation, 4> aggregations{{
    {"SUM", Aggregation::sum},
    {"COUNT", Aggregation::count},
    {"MIN", Aggregation::min},
    {"MAX", Aggregation::max},
}};

const xml::Element* child(const xml::Element& element, std::string_view name)
{
    for (const auto* each : element.elements())
        if (each->name == name)
            return each;
    return nullptr;
}

// Splits at the commas that stand outside of quotes and brackets.
std::vector<std::string> divide(std::string_view text)
{
    std::vector<std::string> parts(1);
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char sign = text[at];
        if (is_quoted && sign == '\\' && at + 1 < text.size()) {
            parts.back() += sign;
            parts.back() += text[++at];
            continue;
        }
        if (sign == '"')
            is_quoted = !is_quoted;
        if (!is_quoted && (sign == '(' || sign == '[' || sign == '{'))
            ++depth;
        if (!is_quoted && (sign == ')' || sign == ']' || sign == '}'))
            --depth;
        if (sign == ',' && !is_quoted && depth == 0)
            parts.emplace_back();
        else
            parts.back() += sign;
    }
    return parts;
}

}  // namespace

Table::Table() = default;
Table::~Table() = default;

LogicPointer LogicReader::read_table(const xml::Element& source, const feel::Names& names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::table;
    logic->table = std::make_unique<Table>();
    Table& table = *logic->table;
    table.line = source.line;
    const auto policy = source.attribute_or("hitPolicy", "UNIQUE");
    for (const auto& each : policies)
        if (each.name == policy)
            table.policy = each.policy;
    for (const auto& each : aggregations)
        if (each.name == source.attribute_or("aggregation"))
            table.aggregation = each.aggregation;
    read_inputs_and_outputs(table, source, names);
    for (const auto* part : source.elements())
        if (part->name == "rule")
            read_rule(table, *part, names);
    table.index = std::make_unique<const TableIndex>(table);
    return logic;
}

void LogicReader::read_inputs_and_outputs(Table& table, const xml::Element& source, const feel::Names& names)
{
    for (const auto* part : source.elements()) {
        if (part->name == "input") {
            Input input;
            if (const auto* expression = child(*part, "inputExpression")) {
                const auto* text = child(*expression, "text");
                input.text = text == nullptr ? "" : std::string(base::trim(text->text()));
                input.expression = compile(*expression, names);
                const auto type = find_type(expression->attribute_or("typeRef"));
                input.type = type.type;
                if (type.item != nullptr)
                    input.allowed_values = type.item->allowed_values;
            }
            if (auto own = compile_tests(child(*part, "inputValues"), names, input.type))
                input.allowed_values = std::move(own);
            table.inputs.push_back(std::move(input));
        } else if (part->name == "output") {
            Output output;
            output.name = part->attribute_or("name");
            output.type = find_type(part->attribute_or("typeRef"));
            if (const auto* values = child(*part, "outputValues")) {
                const auto* text = child(*values, "text");
                for (const auto& each : divide(text == nullptr ? "" : text->text()))
                    if (auto expression = feel::parse_expression(each, names))
                        output.allowed_values.push_back(*std::move(expression));
            }
            if (const auto* standard = child(*part, "defaultOutputEntry"))
                output.standard = compile(*standard, names);
            table.outputs.push_back(std::move(output));
        }
    }
}

void LogicReader::read_rule(Table& table, const xml::Element& source, const feel::Names& names)
{
    Rule rule;
    rule.id = source.attribute_or("id");
    rule.line = source.line;
    for (const auto* part : source.elements()) {
        if (part->name == "inputEntry") {
            const std::size_t column = rule.conditions.size();
            const auto input = column < table.inputs.size() ? table.inputs[column].type : feel::Type::any();
            auto tests = compile_tests(part, names, input);
            const auto* text = child(*part, "text");
            const bool is_empty = text == nullptr || base::trim(text->text()).empty();
            // A cell that cannot be read is met by nothing, an empty one by everything.
            if (!tests)
                tests = *feel::parse_unary_tests(is_empty ? "-" : "false and false and ?");
            rule.conditions.push_back(*std::move(tests));
        } else if (part->name == "outputEntry") {
            rule.results.push_back(compile(*part, names));
        }
    }
    if (rule.conditions.size() != table.inputs.size() || rule.results.size() != table.outputs.size()) {
        find_fault(source, "the rule has more or fewer cells than the table has columns");
        return;
    }
    table.rules.push_back(std::move(rule));
}

}  // namespace dmn
