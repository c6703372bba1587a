#include "process/dmn/run.hpp"

#include <algorithm>
#include <array>

namespace dmn {

using feel::Value;

// The entries of a filtered item as names, before those outside.
class ItemFrame final : public Frame {
public:
    ItemFrame(Pointer outer, Value item) : outer_(std::move(outer)), item_(std::move(item)) {}

    std::optional<Value> find(std::string_view name) const override
    {
        if (name == "item")
            return item_;
        const auto* context = item_.if_context();
        const Value* entry = context == nullptr ? nullptr : context->find(name);
        return entry == nullptr ? outer_->find(name) : std::optional(*entry);
    }

private:
    Pointer outer_;
    Value item_;
};

Value Run::evaluate_expression(const feel::Expression& expression, const feel::Scope& scope, int rule)
{
    auto evaluation = feel::evaluate(expression, scope, inner_environment());
    for (auto& problem : evaluation.problems)
        report(
            "line " + std::to_string(problem.place.line) + ", column " +
                std::to_string(problem.place.column) + ": " + problem.reason,
            rule
        );
    return std::move(evaluation.value);
}

Value Run::evaluate(const Logic& logic, const Frame::Pointer& frame)
{
    constexpr int deepest = 100;
    constexpr std::uint64_t most_parts = 1'000'000;
    if (is_exhausted_)
        return {};
    if (depth_ >= deepest || ++parts_ > most_parts) {
        is_exhausted_ = true;
        report(
            depth_ >= deepest ? "logic more than 100 levels deep (limit: depth)"
                              : "more than a million parts of logic (limit: steps)"
        );
        return {};
    }
    ++depth_;
    Value value = evaluate_kind(logic, frame);
    --depth_;
    return conform(value, logic.type, "the expression");
}

Value Run::evaluate_kind(const Logic& logic, const Frame::Pointer& frame)
{
    switch (logic.kind) {
    case Logic::Kind::literal: return evaluate_expression(logic.expression, *frame);
    case Logic::Kind::table: return evaluate_table(*logic.table, frame);
    case Logic::Kind::context: return evaluate_context(logic, frame);
    case Logic::Kind::invocation: return evaluate_invocation(logic, frame);
    case Logic::Kind::relation: return evaluate_relation(logic, frame);
    case Logic::Kind::function: return make_function(logic, frame, "");
    case Logic::Kind::filter: return evaluate_filter(logic, frame);
    case Logic::Kind::iteration:
    case Logic::Kind::some:
    case Logic::Kind::every: return evaluate_iterator(logic, frame);
    case Logic::Kind::list: {
        feel::List list;
        for (const auto& part : logic.parts)
            list.push_back(evaluate(*part, frame));
        return list;
    }
    case Logic::Kind::conditional: {
        const Value condition = evaluate(*logic.parts[0], frame);
        if (condition.kind() == feel::Kind::boolean || condition.is_null())
            return evaluate(*logic.parts[condition.is_true() ? 1 : 2], frame);
        report("the condition is " + feel::type_of(condition).text() + ", not true or false");
        return {};
    }
    case Logic::Kind::broken: break;
    }
    report("the logic could not be read");
    return {};
}

Value Run::evaluate_context(const Logic& logic, Frame::Pointer frame)
{
    feel::Context context;
    for (const auto& entry : logic.bindings) {
        const bool is_function = entry.logic->kind == Logic::Kind::function;
        Value value =
            is_function ? make_function(*entry.logic, frame, entry.name) : evaluate(*entry.logic, frame);
        if (entry.name.empty())
            return value;
        value = conform(value, entry.type, "the entry " + entry.name);
        frame = with(frame, entry.name, value);
        context.set(entry.name, std::move(value));
    }
    return context;
}

Value Run::make_function(const Logic& logic, const Frame::Pointer& frame, const std::string& name)
{
    if (logic.parts.empty()) {
        report(foreign_function);
        return {};
    }
    feel::Function function;
    function.name = name;
    function.parameters = logic.parameters;
    function.body = [run = weak_from_this(), &logic, frame, name](
                        feel::Caller& caller, std::span<const Value> arguments
                    ) {
        const auto running = run.lock();
        if (!running) {
            caller.report("the evaluation that made the function has ended");
            return Value();
        }
        Frame::Pointer inner = frame;
        if (!name.empty())
            inner = with(inner, name, running->make_function(logic, frame, name));
        for (std::size_t index = 0; index < arguments.size(); ++index)
            inner = with(inner, logic.parameters[index].name, arguments[index]);
        return running->evaluate(*logic.parts.front(), inner);
    };
    return function;
}

Value Run::evaluate_invocation(const Logic& logic, const Frame::Pointer& frame)
{
    const Value called = evaluate_expression(logic.expression, *frame);
    const auto* function = called.if_function();
    if (function == nullptr) {
        report("\"" + logic.expression.text() + "\" is no function");
        return {};
    }
    std::vector<Value> arguments(function->parameters.size());
    std::vector<bool> is_given(arguments.size());
    for (const auto& binding : logic.bindings) {
        const auto found = std::find_if(
            function->parameters.begin(),
            function->parameters.end(),
            [&](const auto& parameter) { return parameter.name == binding.name; }
        );
        if (found == function->parameters.end()) {
            report("the function has no parameter \"" + binding.name + "\"");
            return {};
        }
        const auto index = static_cast<std::size_t>(found - function->parameters.begin());
        arguments[index] = evaluate(*binding.logic, frame);
        is_given[index] = true;
    }
    if (std::find(is_given.begin(), is_given.end(), false) != is_given.end()) {
        report("an argument of \"" + logic.expression.text() + "\" is missing");
        return {};
    }
    auto evaluation = feel::call(*function, arguments, inner_environment());
    for (auto& problem : evaluation.problems)
        report(std::move(problem.reason));
    return std::move(evaluation.value);
}

Value Run::evaluate_relation(const Logic& logic, const Frame::Pointer& frame)
{
    feel::List rows;
    const std::size_t columns = logic.names.size();
    for (std::size_t from = 0; columns != 0 && from + columns <= logic.parts.size(); from += columns) {
        feel::Context row;
        for (std::size_t column = 0; column < columns; ++column) {
            const auto& cell = logic.parts[from + column];
            row.set(logic.names[column], cell ? evaluate(*cell, frame) : Value());
        }
        rows.emplace_back(std::move(row));
    }
    return rows;
}

Value Run::evaluate_filter(const Logic& logic, const Frame::Pointer& frame)
{
    const Value source = evaluate(*logic.parts[0], frame);
    if (source.is_null())
        return {};
    const feel::List single{source};
    const feel::List& list = source.if_list() == nullptr ? single : *source.if_list();
    feel::List found;
    for (std::size_t index = 0; index < list.size(); ++index) {
        const Value condition = evaluate(*logic.parts[1], std::make_shared<ItemFrame>(frame, list[index]));
        if (const auto number = condition.if_number()) {
            const auto size = static_cast<std::int64_t>(list.size());
            const std::int64_t wanted = number->integer().value_or(0);
            if (wanted == 0 || wanted > size || wanted < -size)
                return {};
            return list[static_cast<std::size_t>(wanted > 0 ? wanted - 1 : size + wanted)];
        }
        if (condition.kind() != feel::Kind::boolean) {
            report("a filter must be a number or true or false");
            return {};
        }
        if (condition.is_true())
            found.push_back(list[index]);
    }
    return found;
}

Value Run::evaluate_iterator(const Logic& logic, const Frame::Pointer& frame)
{
    const Value source = evaluate(*logic.parts[0], frame);
    // FEEL knows how to go through ranges and single values.
    static const auto items = *feel::parse_expression("for each in domain return each");
    const Value through = feel::evaluate(items, feel::Context{{"domain", source}}, inner_environment()).value;
    const auto* list = through.if_list();
    if (list == nullptr) {
        report("there is nothing to go through");
        return {};
    }
    feel::List results;
    bool is_known = true;
    const bool decisive = logic.kind == Logic::Kind::some;
    for (const Value& item : *list) {
        auto inner = with(frame, logic.names.front(), item);
        if (logic.kind == Logic::Kind::iteration) {
            inner = with(inner, "partial", results);
            results.push_back(evaluate(*logic.parts[1], inner));
            continue;
        }
        const auto met = evaluate(*logic.parts[1], inner).if_boolean();
        if (met == decisive)
            return decisive;
        is_known = is_known && met;
    }
    if (logic.kind == Logic::Kind::iteration)
        return results;
    return is_known ? Value(!decisive) : Value();
}

}  // namespace dmn
