#include "process/feel/evaluator.hpp"

#include "process/feel/operators.hpp"

#include <stdexcept>

namespace feel {

// Evaluating a part inside another part; too deep would exhaust the stack.
class Evaluator::Depth {
public:
    explicit Depth(Evaluator& evaluator) : evaluator_(evaluator)
    {
        if (++evaluator_.depth_ > evaluator_.environment_.limits.depth)
            evaluator_.end_too_deep();
    }
    ~Depth() { --evaluator_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

private:
    Evaluator& evaluator_;
};

template <class Work>
Evaluation Evaluator::guarded(Work work)
{
    Evaluation evaluation;
    try {
        evaluation.value = work();
    } catch (const LimitExceeded& exceeded) {
        problems_.push_back({Problem::Kind::limit, place_, exceeded.reason});
    } catch (const std::length_error&) {
        problems_.push_back(
            {Problem::Kind::limit, place_, "lists and contexts more than 500 levels deep (limit: nesting)"}
        );
    }
    evaluation.problems = std::move(problems_);
    return evaluation;
}

Evaluation Evaluator::run(const std::shared_ptr<const Tree>& tree, const Value* input)
{
    return guarded([&] {
        locals_.resize(tree->slots);
        externals_.resize(tree->externals.size());
        is_looked_up_.resize(tree->externals.size());
        frame_.tree = &tree;
        if (input != nullptr)
            locals_[0] = *input;
        return evaluate(*tree->root);
    });
}

Evaluation Evaluator::run(const Function& function, std::span<const Value> arguments)
{
    return guarded([&] { return call(function, arguments); });
}

void Evaluator::end_too_deep() const
{
    throw LimitExceeded{
        "more than " + std::to_string(environment_.limits.depth) + " levels deep (limit: depth)"};
}

void Evaluator::end_over_budget() const
{
    if (spent_.steps > environment_.limits.steps)
        throw LimitExceeded{
            "more than " + std::to_string(environment_.limits.steps) + " steps (limit: steps)"};
    throw LimitExceeded{"more than " + std::to_string(environment_.limits.bytes) + " bytes (limit: bytes)"};
}

void Evaluator::report_at(const Place& place, std::string reason)
{
    constexpr std::size_t most_problems = 100;
    if (problems_.size() < most_problems)
        problems_.push_back({Problem::Kind::error, place, std::move(reason)});
}

Value Evaluator::refuse(const Node& node, std::string reason)
{
    report_at(node.place, std::move(reason));
    return {};
}

// What stands everywhere is answered here, everything else one level deeper.
Value Evaluator::evaluate(const Node& node)
{
    spend(1);
    if (node.kind == Node::Kind::literal)
        return static_cast<const Literal&>(node).value;
    if (node.kind == Node::Kind::variable) {
        const auto& variable = static_cast<const Variable&>(node);
        if (variable.items.empty() && variable.address.place == Address::Place::local)
            return local(variable.address.index);
    }
    const Depth depth(*this);
    return evaluate_kind(node);
}

Value Evaluator::evaluate_kind(const Node& node)
{
    switch (node.kind) {
    case Node::Kind::literal: break;  // evaluate() has answered it
    case Node::Kind::variable: return evaluate_variable(static_cast<const Variable&>(node));
    case Node::Kind::path: return evaluate_path(static_cast<const Path&>(node));
    case Node::Kind::filter: return evaluate_filter(static_cast<const Filter&>(node));
    case Node::Kind::negation: return evaluate_negation(static_cast<const Negation&>(node));
    case Node::Kind::binary: return evaluate_binary(static_cast<const Binary&>(node));
    case Node::Kind::between: return evaluate_between(static_cast<const Between&>(node));
    case Node::Kind::in: return evaluate_in(static_cast<const In&>(node));
    case Node::Kind::instance_of: {
        const auto& question = static_cast<const InstanceOf&>(node);
        const Value value = evaluate(*question.value);
        return value.is_null() ? question.type == Type::of(Kind::null) : question.type.accepts(value);
    }
    case Node::Kind::conditional: return evaluate_conditional(static_cast<const Conditional&>(node));
    case Node::Kind::iteration: return evaluate_iteration(static_cast<const Iteration&>(node));
    case Node::Kind::list: return evaluate_list(static_cast<const ListLiteral&>(node));
    case Node::Kind::context: return evaluate_context(static_cast<const ContextLiteral&>(node));
    case Node::Kind::range: return evaluate_range(static_cast<const RangeLiteral&>(node));
    case Node::Kind::function: return evaluate_function(static_cast<const FunctionLiteral&>(node));
    case Node::Kind::call: return evaluate_call(static_cast<const Call&>(node));
    case Node::Kind::unary_tests: return evaluate_unary_tests(static_cast<const UnaryTests&>(node));
    }
    return {};
}

std::optional<Value> Evaluator::find(const Address& address)
{
    switch (address.place) {
    case Address::Place::local: return local(address.index);
    case Address::Place::captured: return (*frame_.captured)[address.index];
    case Address::Place::external:
        if (!is_looked_up_[address.index]) {
            is_looked_up_[address.index] = true;
            externals_[address.index] = scope_.find((*frame_.tree)->externals[address.index]);
        }
        return externals_[address.index];
    case Address::Place::nowhere: break;
    }
    return std::nullopt;
}

Value Evaluator::evaluate_variable(const Variable& variable)
{
    for (const auto& item : variable.items) {
        const auto value = find(item);
        const Context* context = value ? value->if_context() : nullptr;
        if (context == nullptr)
            continue;
        if (const Value* entry = context->find(variable.name))
            return *entry;
    }
    if (auto value = find(variable.address))
        return *std::move(value);
    if (variable.builtin != nullptr)
        return builtin_as_value(*variable.builtin);
    // An item of a filtered list may lack an entry that others have.
    return refuse(variable, "there is no \"" + variable.name + "\"");
}

Value Evaluator::evaluate_path(const Path& path)
{
    return member_of(path, evaluate(*path.object));
}

Value Evaluator::evaluate_negation(const Negation& negation)
{
    const Value operand = evaluate(*negation.operand);
    if (auto negated = negate(operand))
        return *std::move(negated);
    return refuse(negation, "there is no negative of " + std::string(name_of(operand.kind())));
}

Value Evaluator::evaluate_binary(const Binary& binary)
{
    if (binary.operation == Operator::logic_and || binary.operation == Operator::logic_or)
        return evaluate_logic(binary);
    const Value left = evaluate(*binary.left);
    const Value right = evaluate(*binary.right);
    if (binary.operation < Operator::add)
        return compare_values(binary, binary.operation, left, right);
    if (left.kind() == Kind::number && right.kind() == Kind::number)
        if (const auto number = calculate(binary.operation, *left.if_number(), *right.if_number()))
            return *number;
    auto result = calculate(binary.operation, left, right);
    if (!result)
        return refuse(
            binary,
            "\"" + std::string(sign_of(binary.operation)) + "\" has no result for " +
                std::string(name_of(left.kind())) + " and " + std::string(name_of(right.kind())) +
                (left.kind() == Kind::number && right.kind() == Kind::number
                     ? " (division by zero, or too large)"
                     : "")
        );
    if (const auto* text = result->if_string())
        spend(0, text->size());
    return *std::move(result);
}

// Three-valued (DMN 1.5 table 50): what is not a boolean counts as unknown.
Value Evaluator::evaluate_logic(const Binary& binary)
{
    const bool decisive = binary.operation == Operator::logic_or;
    const auto left = evaluate(*binary.left).if_boolean();
    if (left == decisive)
        return decisive;
    const auto right = evaluate(*binary.right).if_boolean();
    if (right == decisive)
        return decisive;
    if (left && right)
        return !decisive;
    return refuse(
        binary, "\"" + std::string(sign_of(binary.operation)) + "\" of something that is not true or false"
    );
}

Value Evaluator::compare_values(const Node& node, Operator operation, const Value& left, const Value& right)
{
    if (operation == Operator::equal || operation == Operator::not_equal) {
        const auto same = equal(left, right);
        if (same)
            return *same == (operation == Operator::equal);
    } else if (const auto order = compare(left, right)) {
        switch (operation) {
        case Operator::less: return *order < 0;
        case Operator::less_equal: return *order <= 0;
        case Operator::greater: return *order > 0;
        default: return *order >= 0;
        }
    }
    return refuse(
        node,
        std::string(name_of(left.kind())) + " and " + std::string(name_of(right.kind())) +
            " cannot be compared by \"" + std::string(sign_of(operation)) + "\""
    );
}

Value Evaluator::evaluate_between(const Between& between)
{
    const Value value = evaluate(*between.value);
    const auto low =
        compare_values(between, Operator::greater_equal, value, evaluate(*between.low)).if_boolean();
    const auto high =
        compare_values(between, Operator::less_equal, value, evaluate(*between.high)).if_boolean();
    if (!low || !high)
        return {};
    return *low && *high;
}

Value Evaluator::evaluate_conditional(const Conditional& conditional)
{
    const Value condition = evaluate(*conditional.condition);
    if (condition.kind() != Kind::boolean)
        report_at(
            conditional.place, "the condition is " + std::string(name_of(condition.kind())) + ", so \"else\""
        );
    return evaluate(condition.is_true() ? *conditional.then : *conditional.otherwise);
}

Value Evaluator::evaluate_list(const ListLiteral& literal)
{
    List list;
    list.reserve(literal.items.size());
    spend(0, literal.items.size() * sizeof(Value));
    for (const auto& item : literal.items)
        list.push_back(evaluate(*item));
    return list;
}

Value Evaluator::evaluate_context(const ContextLiteral& literal)
{
    Context context;
    for (const auto& entry : literal.entries) {
        if (context.find(entry.name) != nullptr)
            return refuse(literal, "the entry \"" + entry.name + "\" stands there twice");
        Value value = evaluate(*entry.value);
        local(entry.slot) = value;
        spend(0, sizeof(Context::Entry));
        context.set(entry.name, std::move(value));
    }
    return context;
}

Value Evaluator::evaluate_range(const RangeLiteral& literal)
{
    Range range;
    range.includes_low = literal.includes_low;
    range.includes_high = literal.includes_high;
    range.form = literal.form;
    if (literal.low)
        range.low = evaluate(*literal.low);
    if (literal.high)
        range.high = evaluate(*literal.high);
    if (literal.form == Range::Form::comparison && literal.includes_low && literal.includes_high)
        range.high = range.low;
    const bool has_both = !range.low.is_null() && !range.high.is_null();
    if (literal.form == Range::Form::interval && has_both && !compare(range.low, range.high))
        return refuse(
            literal,
            "no range from " + std::string(name_of(range.low.kind())) + " to " +
                std::string(name_of(range.high.kind()))
        );
    if (literal.form == Range::Form::interval && has_both && *compare(range.low, range.high) > 0)
        return refuse(literal, "the range ends before it starts");
    return range;
}

Value Evaluator::evaluate_function(const FunctionLiteral& literal)
{
    if (literal.is_external)
        return refuse(literal, "functions outside FEEL (Java, PMML) are not called");
    auto captured = std::make_shared<Captured>();  // shared by all copies of the function
    captured->reserve(literal.captures.size());
    for (const auto& address : literal.captures)
        captured->push_back(find(address));

    return make_function(literal, *frame_.tree, std::move(captured));
}

std::optional<Value> ContextScope::find(std::string_view name) const
{
    const Value* found = context_.find(name);
    return found == nullptr ? std::nullopt : std::optional<Value>(*found);
}

Evaluation evaluate(const Expression& expression, const Scope& scope, const Environment& environment)
{
    return Evaluator(scope, environment).run(Tree::of(expression), nullptr);
}

Evaluation evaluate(const Expression& expression, const Context& context, const Environment& environment)
{
    return evaluate(expression, ContextScope(context), environment);
}

Evaluation
test(const Expression& unary_tests, const Value& input, const Scope& scope, const Environment& environment)
{
    return Evaluator(scope, environment)
        .run(Tree::of(unary_tests), unary_tests.is_unary_tests() ? &input : nullptr);
}

Evaluation call(const Function& function, std::span<const Value> arguments, const Environment& environment)
{
    const Context nothing;
    const ContextScope scope(nothing);
    return Evaluator(scope, environment).run(function, arguments);
}

}  // namespace feel
