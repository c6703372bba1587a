#include "process/feel/check.hpp"
#include "process/feel/evaluate.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

feel::Limits small_limits()
{
    feel::Limits limits;
    limits.steps = 20'000;
    limits.bytes = 8U << 20U;
    limits.regular_expression = 5;
    return limits;
}

bool has_function(const feel::Value& value)
{
    if (const auto* list = value.if_list())
        return std::any_of(list->begin(), list->end(), has_function);
    if (const auto* context = value.if_context())
        return std::any_of(context->begin(), context->end(), [](const auto& entry) {
            return has_function(entry.second);
        });
    if (const auto* range = value.if_range())
        return has_function(range->low) || has_function(range->high);
    return value.if_function() != nullptr;
}

}  // namespace

// Whatever the text, reading, checking and evaluating it ends; and a value is written as FEEL that can be
// read.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const feel::Context context{
        {"a", 7},
        {"Full Name", "Ada"},
        {"list", feel::List{1, 2, feel::Context{{"x", 3}}}},
        {"a-b", *feel::parse_date("2026-03-29")}};
    feel::Names names;
    for (const auto& [name, value] : context)
        names.add(name, feel::type_of(value));
    feel::Environment environment;
    environment.limits = small_limits();
    if (const auto expression = feel::parse_expression(text, names)) {
        feel::check(*expression, names, feel::Knowledge::complete);
        const auto evaluation = feel::evaluate(*expression, context, environment);
        if (!has_function(evaluation.value) && evaluation.value.depth() < 60) {
            const std::string written = feel::to_feel(evaluation.value);
            if (written.size() < 1'000'000 && !feel::parse_expression(written))
                std::abort();
        }
    }
    if (const auto tests = feel::parse_unary_tests(text, names))
        feel::test(*tests, 7, feel::ContextScope(context), environment);
    return 0;
}
