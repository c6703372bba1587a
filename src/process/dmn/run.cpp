#include "process/dmn/run.hpp"

#include <algorithm>

namespace dmn {

using feel::Value;

// Finds what an element requires, and evaluates it when it is asked for.
class RequirementFrame final : public Frame {
public:
    RequirementFrame(Run& run, const Element& element) : run_(run), element_(element) {}

    std::optional<Value> find(std::string_view name) const override
    {
        for (const auto* required : element_.required) {
            const Import* import =
                required->owner == element_.owner ? nullptr : element_.owner->import_of(*required);
            if (required->name == name && (import == nullptr || import->name.empty()))
                return run_.value_of(*required);
        }
        for (const auto& import : element_.owner->imports)
            if (!import.name.empty() && import.name == name)
                return imported(import);
        if (element_.kind == Element::Kind::knowledge && element_.name == name)
            return run_.value_of(element_);
        return element_.owner->is_open ? run_.given(name) : std::nullopt;
    }

private:
    Value imported(const Import& import) const
    {
        feel::Context members;
        for (const auto* required : element_.required)
            if (required->owner == import.definitions)
                members.set(required->name, run_.value_of(*required));
        return members;
    }

    Run& run_;
    const Element& element_;
};

namespace {

class NameFrame final : public Frame {
public:
    NameFrame(Pointer outer, std::string name, Value value)
        : outer_(std::move(outer)), name_(std::move(name)), value_(std::move(value))
    {
    }

    std::optional<Value> find(std::string_view name) const override
    {
        return name == name_ ? std::optional(value_) : outer_->find(name);
    }

private:
    Pointer outer_;
    std::string name_;
    Value value_;
};

}  // namespace

Frame::Pointer requirement_frame(Run& run, const Element& element)
{
    return std::make_shared<RequirementFrame>(run, element);
}

Frame::Pointer with(const Frame::Pointer& outer, std::string name, Value value)
{
    return std::make_shared<NameFrame>(outer, std::move(name), std::move(value));
}

Run::Run(const feel::Context& inputs, const feel::Environment& environment, Explain explain)
    : inputs_(inputs), environment_(environment), explain_(explain)
{
    if (environment_.budget == nullptr)
        environment_.budget = &own_budget_;
}

Outcome Run::finish(Value value)
{
    outcome_.value = std::move(value);
    values_.clear();
    return std::move(outcome_);
}

void Run::report(std::string reason, int rule)
{
    constexpr std::size_t most_problems = 100;
    if (outcome_.problems.size() < most_problems)
        outcome_.problems.push_back({place_, rule, std::move(reason), is_exhausted_});
}

// Logic inside of functions inside of logic: each level gets less of the stack, and there are not many
// levels.
feel::Environment Run::inner_environment() const
{
    feel::Environment inner = environment_;
    if (depth_ > 1)
        inner.limits.depth = std::max(environment_.limits.depth / 20, 40U);
    return inner;
}

Value Run::value_of(const Element& element)
{
    if (const auto known = values_.find(&element); known != values_.end())
        return known->second;
    if (element.kind == Element::Kind::knowledge || element.kind == Element::Kind::service)
        return function_of(element);
    if (std::find(open_.begin(), open_.end(), &element) != open_.end()) {
        report("\"" + element.name + "\" requires itself in a circle");
        return {};
    }
    open_.push_back(&element);
    const std::string outer = std::exchange(place_, element.name);
    Value value = element.kind == Element::Kind::input ? input_value(element) : decide(element);
    place_ = outer;
    open_.pop_back();
    values_.insert_or_assign(&element, value);
    return value;
}

Value Run::input_value(const Element& element)
{
    const Value* given = inputs_.find(element.name);
    // Inputs of imported models may be grouped by the import's name.
    for (const auto& [name, value] : inputs_)
        if (const auto* group = value.if_context(); given == nullptr && group != nullptr && !open_.empty())
            given = open_.front()->owner != element.owner ? group->find(element.name) : nullptr;
    if (given == nullptr)
        return {};
    return conform(*given, element.type, "the input");
}

std::optional<Value> Run::given(std::string_view name) const
{
    const Value* found = inputs_.find(name);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

Value Run::decide(const Element& element)
{
    if (const Value* given = inputs_.find(element.name))
        return conform(*given, element.type, "the given result");
    if (!element.logic)
        return {};
    const Value value = evaluate(*element.logic, requirement_frame(*this, element));
    return conform(value, element.type, "the result");
}

bool Run::meets_one(const Value& value, const ItemDefinition& item)
{
    if (value.is_null())
        return true;
    const feel::ContextScope nothing(inputs_);
    if (item.allowed_values &&
        !feel::test(*item.allowed_values, value, nothing, environment_).value.is_true())
        return false;
    const auto* context = value.if_context();
    return std::all_of(item.components.begin(), item.components.end(), [&](const auto& component) {
        const Value* entry = context == nullptr ? nullptr : context->find(component->name);
        return entry == nullptr || meets(*entry, *component);
    });
}

bool Run::meets(const Value& value, const ItemDefinition& item)
{
    if (value.is_null())
        return true;
    const feel::ContextScope nothing(inputs_);
    if (item.type_constraint &&
        !feel::test(*item.type_constraint, value, nothing, environment_).value.is_true())
        return false;
    const auto* list = item.is_collection ? value.if_list() : nullptr;
    if (list == nullptr)
        return meets_one(value, item) && (item.base == nullptr || meets(value, *item.base));
    return std::all_of(list->begin(), list->end(), [&](const Value& each) {
        return meets_one(each, item) && (item.base == nullptr || meets(each, *item.base));
    });
}

Value Run::conform(const Value& value, const TypeReference& type, const std::string& what)
{
    const auto fitting = feel::coerce(value, type.type);
    if (!fitting) {
        report(what + " is " + feel::type_of(value).text() + ", not " + type.type.text());
        return {};
    }
    if (type.item != nullptr && !meets(*fitting, *type.item)) {
        report(what + " is not among the allowed values of " + type.item->name);
        return {};
    }
    return *fitting;
}

// Functions may outlive the run that made them, as results; then they have nothing to work on any more.
Value Run::function_of(const Element& element)
{
    feel::Function function;
    function.name = element.name;
    if (element.kind == Element::Kind::knowledge) {
        if (!element.logic)
            return {};
        function.parameters = element.logic->parameters;
    } else {
        for (const auto* input : element.input_data)
            function.parameters.push_back({input->name, input->type.type});
        for (const auto* decision : element.input_decisions)
            function.parameters.push_back({decision->name, decision->type.type});
    }
    function.body = [run = weak_from_this(),
                     &element](feel::Caller& caller, std::span<const Value> arguments) {
        const auto running = run.lock();
        if (running)
            return running->invoke(element, arguments);
        caller.report("the evaluation that made the function has ended");
        return Value();
    };
    Value value(std::move(function));
    values_.insert_or_assign(&element, value);
    return value;
}

Value Run::invoke(const Element& element, std::span<const Value> arguments)
{
    const std::string outer = std::exchange(place_, element.name);
    Value value;
    if (element.kind == Element::Kind::service) {
        value = serve(element, arguments);
    } else if (element.logic && !element.logic->parts.empty()) {
        Frame::Pointer frame = requirement_frame(*this, element);
        for (std::size_t index = 0; index < arguments.size(); ++index)
            frame = with(frame, element.logic->parameters[index].name, arguments[index]);
        value = conform(evaluate(*element.logic->parts.front(), frame), element.type, "the result");
    } else if (element.logic) {
        report(foreign_function);
    }
    place_ = outer;
    return value;
}

// In its own run: decisions of a service see the service's inputs only.
Value Run::serve(const Element& service, std::span<const Value> arguments)
{
    constexpr int deepest = 50;
    if (depth_ >= deepest) {
        report("decision services call each other more than 50 levels deep (limit: depth)");
        return {};
    }
    const feel::Context nothing;
    const auto inner = std::make_shared<Run>(nothing, environment_, explain_);
    inner->depth_ = depth_ + 1;
    inner->place_ = place_;
    std::size_t index = 0;
    for (const auto* inputs : {&service.input_data, &service.input_decisions})
        for (const auto* input : *inputs)
            if (index < arguments.size())
                inner->give(
                    *input, inner->conform(arguments[index++], input->type, "the input " + input->name)
                );
    Value result;
    if (service.output_decisions.size() == 1) {
        result = inner->value_of(*service.output_decisions.front());
    } else {
        feel::Context results;
        for (const auto* decision : service.output_decisions)
            results.set(decision->name, inner->value_of(*decision));
        result = results;
    }
    result = inner->conform(result, service.type, "the result");
    Outcome outcome = inner->finish(std::move(result));
    outcome_.problems.insert(outcome_.problems.end(), outcome.problems.begin(), outcome.problems.end());
    outcome_.tables.insert(outcome_.tables.end(), outcome.tables.begin(), outcome.tables.end());
    return outcome.value;
}

}  // namespace dmn
