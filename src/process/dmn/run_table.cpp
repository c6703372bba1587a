#include "process/dmn/run.hpp"
#include "process/dmn/table_index.hpp"

#include <algorithm>
#include <numeric>

namespace dmn {

using feel::Value;

namespace {

std::string listed(const std::vector<std::size_t>& rules)
{
    std::string text;
    for (const auto rule : rules)
        text += (text.empty() ? "" : ", ") + std::to_string(rule + 1);
    return text;
}

// The rules with the fewest conditions that failed, for people who ask why nothing matched.
void note_miss(TableTrace& trace, std::size_t rule, const std::vector<int>& failed)
{
    constexpr std::size_t most_misses = 5;
    if (!trace.nearest.empty() && failed.size() > trace.nearest.front().failed.size())
        return;
    if (!trace.nearest.empty() && failed.size() < trace.nearest.front().failed.size())
        trace.nearest.clear();
    if (trace.nearest.size() < most_misses)
        trace.nearest.push_back({static_cast<int>(rule) + 1, failed});
}

Value aggregate(Aggregation aggregation, const std::vector<Value>& results)
{
    if (aggregation == Aggregation::count)
        return static_cast<std::int64_t>(results.size());
    static const auto sum = *feel::parse_expression("sum(values)");
    static const auto least = *feel::parse_expression("min(values)");
    static const auto greatest = *feel::parse_expression("max(values)");
    const auto& expression = aggregation == Aggregation::sum   ? sum
                             : aggregation == Aggregation::min ? least
                                                               : greatest;
    return feel::evaluate(expression, feel::Context{{"values", feel::List(results)}}).value;
}

}  // namespace

Value Run::evaluate_table(const Table& table, const Frame::Pointer& frame)
{
    std::vector<Value> inputs;
    if (!read_inputs(table, *frame, inputs))
        return {};
    TableTrace trace;
    const bool explains = explain_ == Explain::yes;
    const auto matched =
        explains ? traced_matches(table, inputs, *frame, trace) : matches(table, inputs, *frame);
    Value value = choose(table, matched, *frame);
    if (explains) {
        trace.decision = place_;
        for (std::size_t index = 0; index < inputs.size(); ++index)
            trace.inputs.push_back({table.inputs[index].text, inputs[index]});
        for (const auto rule : matched)
            trace.matched.push_back(static_cast<int>(rule) + 1);
        if (!matched.empty())
            trace.nearest.clear();
        trace.output = value;
        outcome_.tables.push_back(std::move(trace));
    }
    return value;
}

bool Run::read_inputs(const Table& table, const feel::Scope& scope, std::vector<Value>& inputs)
{
    for (std::size_t index = 0; index < table.inputs.size(); ++index) {
        const Input& input = table.inputs[index];
        inputs.push_back(evaluate_expression(input.expression, scope));
        if (!input.allowed_values || inputs.back().is_null())
            continue;
        if (!feel::test(*input.allowed_values, inputs.back(), scope, environment_).value.is_true()) {
            report(
                "input " + std::to_string(index + 1) + " (" + input.text + ") has a value that is not allowed"
            );
            return false;
        }
    }
    return true;
}

std::vector<std::size_t>
Run::matches(const Table& table, const std::vector<Value>& inputs, const feel::Scope& scope)
{
    std::vector<std::size_t> matched;
    const feel::Environment environment = inner_environment();
    const auto is_met = [&](std::size_t rule) {
        for (std::size_t index = 0; index < inputs.size(); ++index)
            if (!table.index->is_decided(index, rule, inputs[index].kind()) &&
                !feel::test(table.rules[rule].conditions[index], inputs[index], scope, environment)
                     .value.is_true())
                return false;
        return true;
    };
    for (const std::size_t rule : table.index->candidates(inputs).rules()) {
        if (!is_met(rule))
            continue;
        matched.push_back(rule);
        if (table.policy == HitPolicy::first)
            break;
    }
    return matched;
}

std::vector<std::size_t> Run::traced_matches(
    const Table& table, const std::vector<Value>& inputs, const feel::Scope& scope, TableTrace& trace
)
{
    std::vector<std::size_t> matched;
    const feel::Environment environment = inner_environment();
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
        std::vector<int> failed;
        for (std::size_t index = 0; index < inputs.size(); ++index)
            if (!feel::test(table.rules[rule].conditions[index], inputs[index], scope, environment)
                     .value.is_true())
                failed.push_back(static_cast<int>(index) + 1);
        if (failed.empty())
            matched.push_back(rule);
        else
            note_miss(trace, rule, failed);
    }
    return matched;
}

Value Run::result_of(const Table& table, std::size_t rule, const feel::Scope& scope)
{
    const int number = static_cast<int>(rule) + 1;
    feel::Context results;
    for (std::size_t index = 0; index < table.outputs.size(); ++index) {
        const Output& output = table.outputs[index];
        Value value = evaluate_expression(table.rules[rule].results[index], scope, number);
        if (output.type.item != nullptr || !output.type.type.is_any())
            value = conform(value, output.type, "the output of rule " + std::to_string(number));
        if (table.outputs.size() == 1)
            return value;
        results.set(output.name, std::move(value));
    }
    return results;
}

Value Run::standard_result(const Table& table, const feel::Scope& scope)
{
    const bool has_any = std::any_of(table.outputs.begin(), table.outputs.end(), [](const Output& output) {
        return output.standard.has_value();
    });
    if (!has_any)
        return {};
    feel::Context results;
    for (const auto& output : table.outputs) {
        Value value = output.standard ? evaluate_expression(*output.standard, scope) : Value();
        if (table.outputs.size() == 1)
            return value;
        results.set(output.name, std::move(value));
    }
    return results;
}

// Positions of the results, those first whose outputs come first among the allowed values.
std::vector<std::size_t>
Run::by_priority(const Table& table, const std::vector<Value>& results, const feel::Scope& scope)
{
    std::vector<std::vector<std::size_t>> ranks(results.size());
    for (const auto& output : table.outputs) {
        std::vector<Value> order;
        for (const auto& allowed : output.allowed_values)
            order.push_back(evaluate_expression(allowed, scope));
        for (std::size_t index = 0; index < results.size(); ++index) {
            const auto* context = table.outputs.size() > 1 ? results[index].if_context() : nullptr;
            const Value* entry = context == nullptr ? &results[index] : context->find(output.name);
            const auto found = std::find_if(order.begin(), order.end(), [&](const Value& allowed) {
                return entry != nullptr && feel::equal(allowed, *entry) == true;
            });
            ranks[index].push_back(static_cast<std::size_t>(found - order.begin()));
        }
    }
    std::vector<std::size_t> positions(results.size());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    std::stable_sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
        return ranks[a] < ranks[b];
    });
    return positions;
}

Value Run::choose(const Table& table, const std::vector<std::size_t>& matched, const feel::Scope& scope)
{
    if (matched.empty()) {
        if (table.policy == HitPolicy::collect && table.aggregation == Aggregation::count)
            return 0;
        Value standard = standard_result(table, scope);
        if (standard.is_null())
            report("no rule matches");
        return standard;
    }
    if (table.policy == HitPolicy::unique && matched.size() > 1) {
        report("rules " + listed(matched) + " match, but only one may (UNIQUE)");
        return {};
    }
    std::vector<Value> results;
    for (const auto rule : matched)
        results.push_back(result_of(table, rule, scope));
    switch (table.policy) {
    case HitPolicy::unique:
    case HitPolicy::first: return results.front();
    case HitPolicy::any:
        for (const auto& result : results)
            if (feel::equal(result, results.front()) != true) {
                report("rules " + listed(matched) + " match with different results (ANY)");
                return {};
            }
        return results.front();
    case HitPolicy::priority: return results[by_priority(table, results, scope).front()];
    case HitPolicy::output_order: {
        feel::List ordered;
        for (const auto position : by_priority(table, results, scope))
            ordered.push_back(results[position]);
        return ordered;
    }
    case HitPolicy::rule_order: break;
    case HitPolicy::collect:
        if (table.aggregation != Aggregation::none)
            return aggregate(table.aggregation, results);
        break;
    }
    return feel::List(results);
}

}  // namespace dmn
