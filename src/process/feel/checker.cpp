#include "process/feel/checker.hpp"

#include "process/feel/operators.hpp"

#include <algorithm>
#include <array>

namespace feel {

namespace {

// A value of each simple kind, to see what an operator makes of two kinds.
std::optional<Value> sample(const Type& type)
{
    if (type.shape() != Type::Shape::simple)
        return std::nullopt;
    switch (type.kind()) {
    case Kind::boolean: return Value(true);
    case Kind::number: return Value(2);
    case Kind::string: return Value("a");
    case Kind::date: return Value(Date{0});
    case Kind::time: return Value(Time{0, Zone::utc()});
    case Kind::date_time: return Value(DateTime{Date{0}, Time{0, Zone::utc()}});
    case Kind::months_duration: return Value(MonthsDuration{1});
    case Kind::days_duration: return Value(DaysDuration{1, 0});
    default: return std::nullopt;
    }
}

// Whether nothing of the one type ever equals or compares with something of the other.
bool are_apart(const Type& a, const Type& b)
{
    const auto is_open = [](const Type& type) {
        return type.is_any() || (type.shape() == Type::Shape::simple && type.kind() == Kind::null);
    };
    return !is_open(a) && !is_open(b) && a.kind() != b.kind();
}

Type common(const Type& a, const Type& b)
{
    return a == b ? a : Type::any();
}

}  // namespace

std::vector<Finding> Checker::run(const NodePointer& root)
{
    infer(root);
    return std::move(findings_);
}

void Checker::report(const Place& place, std::string sentence, std::string nearest)
{
    constexpr std::size_t most_findings = 100;
    if (findings_.size() < most_findings)
        findings_.push_back({Finding::Severity::error, place, std::move(sentence), std::move(nearest)});
}

Type Checker::infer(const NodePointer& node)
{
    if (!node)
        return {};
    switch (node->kind) {
    case Node::Kind::literal: {
        const Value& value = static_cast<const Literal&>(*node).value;
        return value.is_null() ? Type::any() : type_of(value);
    }
    case Node::Kind::variable: return infer_variable(static_cast<const Variable&>(*node));
    case Node::Kind::path: return infer_path(static_cast<const Path&>(*node));
    case Node::Kind::filter: return infer_filter(static_cast<const Filter&>(*node));
    case Node::Kind::negation: return infer_negation(static_cast<const Negation&>(*node));
    case Node::Kind::binary: return infer_binary(static_cast<const Binary&>(*node));
    case Node::Kind::between: return infer_between(static_cast<const Between&>(*node));
    case Node::Kind::in: return infer_in(static_cast<const In&>(*node));
    case Node::Kind::instance_of:
        infer(static_cast<const InstanceOf&>(*node).value);
        return Type::of(Kind::boolean);
    case Node::Kind::conditional: return infer_conditional(static_cast<const Conditional&>(*node));
    case Node::Kind::iteration: return infer_iteration(static_cast<const Iteration&>(*node));
    case Node::Kind::list: return infer_list(static_cast<const ListLiteral&>(*node));
    case Node::Kind::context: return infer_context(static_cast<const ContextLiteral&>(*node));
    case Node::Kind::range: return infer_range(static_cast<const RangeLiteral&>(*node));
    case Node::Kind::function: return infer_function(static_cast<const FunctionLiteral&>(*node));
    case Node::Kind::call: return infer_call(static_cast<const Call&>(*node));
    case Node::Kind::unary_tests: return infer_unary_tests(static_cast<const UnaryTests&>(*node));
    }
    return {};
}

Type Checker::infer_variable(const Variable& variable)
{
    bool may_be_entry = false;
    if (!variable.items.empty()) {
        for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
            if (const Type* field = item->find_field(variable.name))
                return *field;
            may_be_entry = may_be_entry || item->is_any() || item->shape() == Type::Shape::context;
        }
    }
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
        if (local->name == variable.name)
            return may_be_entry ? Type::any() : local->type;
    if (const Type* type = known_.find(variable.name))
        return may_be_entry ? Type::any() : *type;
    // Data may have the name of a function.
    if (variable.builtin != nullptr && knowledge_ != Knowledge::data)
        return may_be_entry ? Type::any() : Type::of(Kind::function);
    if (!may_be_entry && knowledge_ == Knowledge::complete && is_missing(variable))
        find_unknown(variable);
    return {};
}

// Nothing here gives it; it can only come from outside.
bool Checker::is_missing(const Variable& variable) const
{
    return variable.address.place == Address::Place::external && variable.builtin == nullptr &&
           known_.find(variable.name) == nullptr;
}

void Checker::find_unknown(const Variable& variable)
{
    std::vector<std::string> names;
    for (const auto& local : locals_)
        names.push_back(local.name);
    for (const auto& [name, type] : known_)
        names.push_back(name);
    for (const auto& builtin : all_builtins())
        names.emplace_back(builtin.name);
    report(variable.place, "there is no \"" + variable.name + "\"", nearest_name(variable.name, names));
}

Type Checker::infer_path(const Path& path)
{
    return member_of(path, infer(path.object));
}

Type Checker::member_of(const Path& path, const Type& object)
{
    switch (object.shape()) {
    case Type::Shape::any: return {};
    case Type::Shape::list: return Type::list_of(member_of(path, object.element()));
    case Type::Shape::context: {
        if (const Type* field = object.find_field(path.name))
            return *field;
        std::vector<std::string> names;
        for (const auto& [name, type] : object.fields())
            names.push_back(name);
        // A context may hold more than its type says.
        if (!names.empty()) {
            report(
                path.place, "the context has no entry \"" + path.name + "\"", nearest_name(path.name, names)
            );
            findings_.back().severity = Finding::Severity::warning;
        }
        return {};
    }
    case Type::Shape::range:
        if (path.name == "start" || path.name == "end")
            return object.element();
        break;
    default:
        if (const auto value = sample(object))
            if (const auto property = find_property(*value, path.name))
                return property->is_null() ? Type::any() : type_of(*property);
        if (object.kind() == Kind::null)
            return {};
    }
    if (object.shape() == Type::Shape::range && path.name.ends_with(" included"))
        return Type::of(Kind::boolean);
    report(path.place, object.text() + " has no \"" + path.name + "\"");
    return {};
}

Type Checker::infer_filter(const Filter& filter)
{
    const Type list = infer(filter.list);
    const Type item = list.shape() == Type::Shape::list ? list.element() : list;
    items_.push_back(item);
    locals_.push_back({"item", item});
    const Type condition = infer(filter.condition);
    locals_.pop_back();
    items_.pop_back();
    if (condition == Type::of(Kind::number))
        return item;
    if (!condition.is_any() && condition != Type::of(Kind::boolean))
        report(filter.place, "a filter must be a number or true or false, not " + condition.text());
    return condition.is_any() ? Type::any() : Type::list_of(item);
}

Type Checker::infer_negation(const Negation& negation)
{
    Type operand = infer(negation.operand);
    const auto value = sample(operand);
    if (value && !negate(*value))
        report(negation.place, "there is no negative of " + operand.text());
    return operand;
}

void Checker::want_boolean(const Node& node, const Type& type, const std::string& what)
{
    if (!type.is_any() && type != Type::of(Kind::boolean))
        report(node.place, what + " is " + type.text() + ", not true or false");
}

void Checker::want_comparable(const Node& node, const Type& a, const Type& b)
{
    if (are_apart(a, b))
        report(node.place, a.text() + " and " + b.text() + " cannot be compared");
}

Type Checker::infer_binary(const Binary& binary)
{
    const Type left = infer(binary.left);
    const Type right = infer(binary.right);
    if (binary.operation == Operator::logic_and || binary.operation == Operator::logic_or) {
        want_boolean(
            *binary.left, left, "what stands before \"" + std::string(sign_of(binary.operation)) + "\""
        );
        want_boolean(
            *binary.right, right, "what stands behind \"" + std::string(sign_of(binary.operation)) + "\""
        );
        return Type::of(Kind::boolean);
    }
    if (binary.operation < Operator::add) {
        want_comparable(binary, left, right);
        return Type::of(Kind::boolean);
    }
    const auto a = sample(left);
    const auto b = sample(right);
    if (!a || !b)
        return {};
    const auto result = calculate(binary.operation, *a, *b);
    if (result)
        return type_of(*result);
    report(
        binary.place,
        "\"" + std::string(sign_of(binary.operation)) + "\" has no result for " + left.text() + " and " +
            right.text()
    );
    return {};
}

Type Checker::infer_between(const Between& between)
{
    const Type value = infer(between.value);
    want_comparable(between, value, infer(between.low));
    want_comparable(between, value, infer(between.high));
    return Type::of(Kind::boolean);
}

void Checker::check_test(const Test& test, const Type& input)
{
    const Type wanted = infer(test.expression);
    if (input.is_any() || wanted.is_any() || wanted == Type::of(Kind::boolean))
        return;
    const bool holds_many = wanted.shape() == Type::Shape::range || wanted.shape() == Type::Shape::list;
    const Type each = holds_many && input.shape() == Type::Shape::simple ? wanted.element() : wanted;
    if (each.shape() != Type::Shape::range && are_apart(input, each))
        report(test.expression->place, input.text() + " is never " + each.text());
}

Type Checker::infer_in(const In& in)
{
    const Type input = infer(in.value);
    locals_.push_back({"?", input});
    for (const auto& test : in.tests)
        check_test(test, input);
    locals_.pop_back();
    return Type::of(Kind::boolean);
}

Type Checker::infer_unary_tests(const UnaryTests& tests)
{
    const Type* known = known_.find("?");
    const Type input = known == nullptr ? Type::any() : *known;
    locals_.push_back({"?", input});
    for (const auto& test : tests.tests)
        check_test(test, input);
    locals_.pop_back();
    return Type::of(Kind::boolean);
}

Type Checker::infer_conditional(const Conditional& conditional)
{
    want_boolean(*conditional.condition, infer(conditional.condition), "the condition");
    const Type then = infer(conditional.then);
    return common(then, infer(conditional.otherwise));
}

Type Checker::infer_iteration(const Iteration& iteration)
{
    const std::size_t before = locals_.size();
    for (const auto& iterator : iteration.iterators) {
        const Type domain = infer(iterator.domain);
        infer(iterator.end);
        const bool holds_many = domain.shape() == Type::Shape::list || domain.shape() == Type::Shape::range;
        locals_.push_back({iterator.name, holds_many ? domain.element() : domain});
    }
    const bool is_list = iteration.result == Iteration::Result::list;
    if (is_list)
        locals_.push_back({"partial", Type::of(Kind::list)});
    const Type body = infer(iteration.body);
    locals_.resize(before);
    if (is_list)
        return Type::list_of(body);
    want_boolean(*iteration.body, body, "what stands behind \"satisfies\"");
    return Type::of(Kind::boolean);
}

Type Checker::infer_list(const ListLiteral& literal)
{
    std::optional<Type> element;
    for (const auto& item : literal.items) {
        const Type type = infer(item);
        element = element ? common(*element, type) : type;
    }
    return Type::list_of(element.value_or(Type::any()));
}

Type Checker::infer_context(const ContextLiteral& literal)
{
    const std::size_t before = locals_.size();
    std::vector<Type::Field> fields;
    for (const auto& entry : literal.entries) {
        if (entry.value->kind == Node::Kind::function)
            locals_.push_back({entry.name, Type::of(Kind::function)});
        Type type = infer(entry.value);
        fields.emplace_back(entry.name, type);
        locals_.push_back({entry.name, std::move(type)});
    }
    locals_.resize(before);
    return Type::context_of(std::move(fields));
}

Type Checker::infer_range(const RangeLiteral& literal)
{
    const Type low = infer(literal.low);
    const Type high = infer(literal.high);
    want_comparable(literal, low, high);
    return Type::range_of(low.is_any() ? high : low);
}

Type Checker::infer_function(const FunctionLiteral& literal)
{
    const std::size_t before = locals_.size();
    std::vector<Type> types;
    for (const auto& parameter : literal.parameters) {
        locals_.push_back({parameter.name, parameter.type});
        types.push_back(parameter.type);
    }
    if (literal.is_external)
        report(literal.place, "functions outside FEEL (Java, PMML) are not called");
    const Type body = literal.is_external ? Type::any() : infer(literal.body);
    locals_.resize(before);
    return Type::function_of(std::move(types), literal.result.is_any() ? body : literal.result);
}

}  // namespace feel
