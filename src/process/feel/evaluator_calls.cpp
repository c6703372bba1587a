#include "process/feel/evaluator.hpp"
#include "process/feel/operators.hpp"

#include <algorithm>

namespace feel {

namespace {

// A function that does not say what it returns may still return what is wanted: that shows when it is called.
std::optional<Value> coerce_function(const Value& value, const Type& type)
{
    const Function* function = value.if_function();
    if (function == nullptr || type.shape() != Type::Shape::function || !function->result.is_any())
        return std::nullopt;
    Function checked = *function;
    checked.result = type.result();
    Value result(std::move(checked));
    return type.accepts(result) ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace

// DMN 1.5 section 10.3.2.9.4; nothing when the value does not conform even then.
std::optional<Value> coerce(const Value& value, const Type& type)
{
    if (type.is_any() || value.is_null() || type.accepts(value))
        return value;
    if (const List* list = value.if_list();
        list != nullptr && list->size() == 1 && type.accepts(list->front()))
        return list->front();
    if (type.shape() == Type::Shape::list && value.kind() != Kind::list && type.element().accepts(value))
        return List{value};
    if (const auto date = value.if_date(); date && type == Type::of(Kind::date_time))
        return DateTime{*date, Time{0, Zone::utc()}};
    return coerce_function(value, type);
}

Value Evaluator::convert(const Value& value, const Type& type)
{
    if (auto converted = coerce(value, type))
        return *std::move(converted);
    report(type_of(value).text() + " is not " + type.text());
    return {};
}

Value Evaluator::make_function(
    const FunctionLiteral& literal,
    const std::shared_ptr<const Tree>& tree,
    std::shared_ptr<const Captured> captured
)
{
    Function function;
    function.name = literal.name;
    function.parameters = literal.parameters;
    function.result = literal.result;
    // Only evaluators call function bodies, so the caller is one. The tree lives as long as the function.
    function.body =
        [tree, &literal, captured = std::move(captured)](Caller& caller, std::span<const Value> arguments) {
            return static_cast<Evaluator&>(caller).run_closure(literal, tree, captured, arguments);
        };
    return function;
}

Value Evaluator::run_closure(
    const FunctionLiteral& literal,
    const std::shared_ptr<const Tree>& tree,
    const std::shared_ptr<const Captured>& captured,
    std::span<const Value> arguments
)
{
    const Frame outer = frame_;
    const std::size_t size = locals_.size();
    frame_ = Frame{size, captured.get(), &tree};
    locals_.resize(size + literal.slots);
    if (!literal.name.empty())
        local(literal.self_slot) = make_function(literal, tree, captured);
    for (std::size_t index = 0; index < arguments.size(); ++index)
        local(literal.self_slot + 1 + index) = arguments[index];
    Value result = evaluate(*literal.body);
    locals_.resize(size);
    frame_ = outer;
    return result;
}

Value Evaluator::call(const Function& function, std::span<const Value> arguments)
{
    if (!function.body) {
        report("the function has no body");
        return {};
    }
    if (!function.is_variadic && arguments.size() != function.parameters.size()) {
        report(
            "the function takes " + std::to_string(function.parameters.size()) + " arguments, found " +
            std::to_string(arguments.size())
        );
        return {};
    }
    std::vector<Value> converted(arguments.begin(), arguments.end());
    for (std::size_t index = 0; index < std::min(converted.size(), function.parameters.size()); ++index) {
        const Parameter& parameter = function.parameters[index];
        auto fitting = coerce(converted[index], parameter.type);
        if (!fitting) {
            report("\"" + parameter.name + "\" must be " + parameter.type.text());
            return {};
        }
        converted[index] = *std::move(fitting);
    }
    spend(1);
    const Place place = place_;
    Value result = function.body(*this, converted);
    place_ = place;
    return function.result.is_any() ? result : convert(result, function.result);
}

Value Evaluator::evaluate_call(const Call& call)
{
    std::vector<Value> arguments;
    arguments.reserve(call.arguments.size());
    const auto evaluate_arguments = [&] {
        for (const auto& argument : call.arguments)
            arguments.push_back(evaluate(*argument));
    };
    if (call.callee->kind == Node::Kind::variable) {
        const auto& variable = static_cast<const Variable&>(*call.callee);
        if (variable.address.place == Address::Place::nowhere && variable.builtin != nullptr) {
            evaluate_arguments();
            return call_builtin(call, *variable.builtin, arguments);
        }
    }
    const Value callee = evaluate(*call.callee);
    const Function* function = callee.if_function();
    if (function == nullptr)
        return refuse(call, std::string(name_of(callee.kind())) + " cannot be called");
    evaluate_arguments();
    return call_function(call, *function, std::move(arguments));
}

Value Evaluator::call_function(const Call& call, const Function& function, std::vector<Value> arguments)
{
    place_ = call.place;
    if (call.names.empty())
        return this->call(function, arguments);
    std::vector<Value> in_order(function.parameters.size());
    std::vector<bool> is_given(function.parameters.size());
    for (std::size_t index = 0; index < call.names.size(); ++index) {
        const auto found = std::find_if(
            function.parameters.begin(),
            function.parameters.end(),
            [&](const Parameter& parameter) { return parameter.name == call.names[index]; }
        );
        if (found == function.parameters.end())
            return refuse(call, "the function has no parameter \"" + call.names[index] + "\"");
        const auto position = static_cast<std::size_t>(found - function.parameters.begin());
        in_order[position] = std::move(arguments[index]);
        is_given[position] = true;
    }
    const auto missing = std::find(is_given.begin(), is_given.end(), false);
    if (missing != is_given.end()) {
        const auto position = static_cast<std::size_t>(missing - is_given.begin());
        return refuse(call, "the argument \"" + function.parameters[position].name + "\" is missing");
    }
    return this->call(function, in_order);
}

bool Evaluator::place_arguments(
    const Signature& signature, const Call* call, std::span<const Value> given, std::vector<Value>& placed
) const
{
    const std::size_t count = signature.parameters.size();
    if (call != nullptr && !call->names.empty()) {
        placed.assign(count, {});
        std::vector<bool> is_given(count);
        for (std::size_t index = 0; index < given.size(); ++index) {
            std::size_t position = 0;
            while (position < count && signature.parameters[position].name != call->names[index])
                ++position;
            if (position == count)
                return false;
            placed[position] = given[index];
            is_given[position] = true;
        }
        return std::all_of(
            is_given.begin(),
            is_given.begin() + static_cast<std::ptrdiff_t>(signature.required),
            [](bool is) { return is; }
        );
    }
    if (given.size() < signature.required || (given.size() > count && !signature.is_variadic))
        return false;
    placed.assign(given.begin(), given.end());
    if (signature.is_variadic) {
        const auto fixed = static_cast<std::ptrdiff_t>(count - 1);
        List rest(placed.begin() + fixed, placed.end());
        placed.erase(placed.begin() + fixed, placed.end());
        placed.emplace_back(std::move(rest));
    }
    placed.resize(count);
    return true;
}

bool Evaluator::fit_arguments(const Signature& signature, std::vector<Value>& placed) const
{
    for (std::size_t index = 0; index < placed.size(); ++index) {
        const Parameter& parameter = signature.parameters[index];
        if (placed[index].is_null() && index < signature.required && !parameter.type.is_any())
            return false;
        auto fitting = coerce(placed[index], parameter.type);
        if (!fitting)
            return false;
        placed[index] = *std::move(fitting);
    }
    return true;
}

Value Evaluator::call_signatures(const Builtin& builtin, const Call* call, std::span<const Value> arguments)
{
    bool has_form = false;
    for (const auto& signature : builtin.signatures) {
        std::vector<Value> placed;
        if (!place_arguments(signature, call, arguments, placed))
            continue;
        has_form = true;
        if (!fit_arguments(signature, placed))
            continue;
        spend(1);
        return signature.definition->body(*this, placed);
    }
    std::string types;
    for (const Value& argument : arguments)
        types += (types.empty() ? "" : ", ") + std::string(name_of(argument.kind()));
    report(
        std::string(builtin.name) +
        (has_form ? "() does not take (" : "() has no form with these arguments: (") + types + ")"
    );
    return {};
}

Value Evaluator::call_builtin(const Call& call, const Builtin& builtin, std::span<const Value> arguments)
{
    place_ = call.place;
    return call_signatures(builtin, &call, arguments);
}

Value Evaluator::builtin_as_value(const Builtin& builtin)
{
    Function function;
    function.name = builtin.name;
    const Signature& first = builtin.signatures.front();
    for (const auto& parameter : first.parameters)
        function.parameters.push_back({parameter.name, {}});
    function.is_variadic = true;  // which form is meant shows when it is called
    function.body = [&builtin](Caller& caller, std::span<const Value> arguments) {
        return static_cast<Evaluator&>(caller).call_signatures(builtin, nullptr, arguments);
    };
    return function;
}

}  // namespace feel
