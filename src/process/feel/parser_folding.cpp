#include "process/feel/builtins/builtin.hpp"
#include "process/feel/evaluate.hpp"
#include "process/feel/parser.hpp"

#include <algorithm>
#include <array>

namespace feel {

namespace {

bool is_literal(const NodePointer& node)
{
    return !node || node->kind == Node::Kind::literal;
}

// date("2026-11-25") and the like: always the same, whatever the world.
bool is_constant_call(const Call& call)
{
    constexpr std::array<std::string_view, 5> names{
        "date", "date and time", "time", "duration", "years and months duration"};
    if (call.callee->kind != Node::Kind::variable ||
        !std::all_of(call.arguments.begin(), call.arguments.end(), is_literal))
        return false;
    const auto& variable = static_cast<const Variable&>(*call.callee);
    return variable.builtin != nullptr && variable.address.place == Address::Place::nowhere &&
           std::find(names.begin(), names.end(), variable.name) != names.end();
}

bool is_constant(const Node& node)
{
    switch (node.kind) {
    case Node::Kind::negation: return is_literal(static_cast<const Negation&>(node).operand);
    case Node::Kind::range: {
        const auto& range = static_cast<const RangeLiteral&>(node);
        return is_literal(range.low) && is_literal(range.high);
    }
    case Node::Kind::list: {
        const auto& items = static_cast<const ListLiteral&>(node).items;
        return std::all_of(items.begin(), items.end(), is_literal);
    }
    case Node::Kind::call: return is_constant_call(static_cast<const Call&>(node));
    default: return false;
    }
}

}  // namespace

NodePointer Parser::fold(NodePointer node) const
{
    if (!is_constant(*node))
        return node;
    const Place place = node->place;
    const auto tree = std::make_shared<Tree>();  // shared with the expression that is evaluated
    tree->root = std::move(node);
    const Evaluation evaluation = evaluate(Tree::wrap(tree), Context{});
    // What has no value is left to be evaluated, so that it says why each time.
    if (evaluation.value.is_null() || !evaluation.problems.empty())
        return std::move(tree->root);
    return std::make_unique<Literal>(place, evaluation.value);
}

}  // namespace feel
