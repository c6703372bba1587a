#include "base/random.hpp"
#include "process/feel/evaluate.hpp"
#include "process/feel/functions.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

using namespace feel;

TEST_CASE("the example of each function is true, or at least has a value")
{
    base::SystemRandom random;
    Environment environment;
    environment.random = &random;
    for (const auto& form : function_forms()) {
        const auto expression = parse_expression(form.example);
        REQUIRE_MESSAGE(expression, std::string(form.example));
        const auto evaluation = evaluate(*expression, Context{}, environment);

        CHECK_MESSAGE(!evaluation.value.is_null(), std::string(form.example));
        CHECK_MESSAGE(!evaluation.value.is_false(), std::string(form.example));
    }
}

TEST_CASE("the page on FEEL shows the functions there are")
{
    const std::string page = testing::read_source("docs/feel.md");

    REQUIRE(page.find("<!-- functions -->") != std::string::npos);
    CHECK_MESSAGE(
        with_function_table(page) == page,
        "docs/feel.md is out of date: conformance-dmn --rebaseline docs/feel.md"
    );
}
