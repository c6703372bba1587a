#include "process/feel/constant_tests.hpp"

#include "process/feel/ast.hpp"

namespace feel {

namespace {

// False when the value cannot be told by comparing. null is met by null only, so it adds nothing.
bool add_value(std::vector<Range>& ranges, const Value& value)
{
    switch (value.kind()) {
    case Kind::null: return true;
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::date:
    case Kind::months_duration:
    case Kind::days_duration:
        ranges.push_back(Range{value, value, true, true, Range::Form::comparison});
        return true;
    case Kind::range: {
        const Range& range = *value.if_range();
        const bool has_gap = range.form == Range::Form::interval
                                 ? range.low.is_null() || range.high.is_null()
                                 : range.low.is_null() && range.high.is_null();
        const Kind kind = range.low.is_null() ? range.high.kind() : range.low.kind();
        std::vector<Range> ends;
        if (has_gap || kind == Kind::range || kind == Kind::null || !add_value(ends, range.low) ||
            !add_value(ends, range.high))
            return false;
        ranges.push_back(range);
        return true;
    }
    default: return false;
    }
}

bool add_constant(std::vector<Range>& ranges, const Value& value)
{
    const List* list = value.if_list();
    if (list == nullptr)
        return add_value(ranges, value);
    for (const Value& item : *list)
        if (item.kind() == Kind::list || !add_value(ranges, item))
            return false;
    return true;
}

}  // namespace

std::optional<ConstantTests> constant_tests(const Expression& unary_tests)
{
    const Node& root = *Tree::of(unary_tests)->root;
    if (root.kind != Node::Kind::unary_tests)
        return std::nullopt;
    const auto& tests = static_cast<const UnaryTests&>(root);
    ConstantTests constant;
    constant.is_everything = tests.tests.empty();
    constant.is_negated = tests.is_negated;
    for (const auto& test : tests.tests) {
        if (test.mentions_input || test.expression->kind != Node::Kind::literal ||
            !add_constant(constant.ranges, static_cast<const Literal&>(*test.expression).value))
            return std::nullopt;
    }
    return constant;
}

}  // namespace feel
