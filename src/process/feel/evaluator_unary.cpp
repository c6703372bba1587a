#include "process/feel/evaluator.hpp"
#include "process/feel/operators.hpp"

namespace feel {

Value Evaluator::evaluate_in(const In& in)
{
    const Value input = evaluate(*in.value);
    local(in.input_slot) = input;
    return meets_any(in.tests, input);
}

Value Evaluator::evaluate_unary_tests(const UnaryTests& tests)
{
    if (tests.tests.empty())
        return true;
    const Value met = meets_any(tests.tests, local(0));
    return tests.is_negated && !met.is_null() ? Value(met.is_false()) : met;
}

// True when one test is met, false when none is, null when that cannot be told.
Value Evaluator::meets_any(const std::vector<Test>& tests, Value input)
{
    bool is_known = true;
    for (const auto& test : tests) {
        const auto met = meets(test, input).if_boolean();
        if (met == true)
            return true;
        is_known = is_known && met;
    }
    return is_known ? Value(false) : Value();
}

// DMN 1.5 section 10.3.2.7: a test about `?` says itself whether it is met; any other value is met by an
// equal input, by one that it contains, and, being true, by an input that is no boolean.
Value Evaluator::meets(const Test& test, const Value& input)
{
    const Value wanted = evaluate(*test.expression);
    if (test.mentions_input && wanted.kind() == Kind::boolean)
        return wanted;
    if (const Range* range = wanted.if_range(); range != nullptr && input.kind() != Kind::range)
        return input.is_null() && range->form != Range::Form::exclusion ? Value()
                                                                        : Value(contains(*range, input));
    if (const List* list = wanted.if_list()) {
        if (equal(input, wanted) == true)
            return true;
        for (const Value& item : *list) {
            const Range* range = item.if_range();
            const auto met = range != nullptr && input.kind() != Kind::range ? contains(*range, input)
                                                                             : equal(input, item);
            if (met == true)
                return true;
        }
        return false;
    }
    if (wanted.kind() == Kind::boolean && input.kind() != Kind::boolean && !input.is_null())
        return wanted;
    if (const auto same = equal(input, wanted))
        return *same;
    return refuse(
        *test.expression,
        std::string(name_of(input.kind())) + " cannot be tested against " +
            std::string(name_of(wanted.kind()))
    );
}

}  // namespace feel
