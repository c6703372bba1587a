#include "process/dmn/evaluate.hpp"
#include "process/dmn/model.hpp"

#include <doctest/doctest.h>

using namespace dmn;

namespace {

std::string definitions(const std::string& inside)
{
    return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"d\" name=\"d\" "
           "namespace=\"urn:test\">" +
           inside + "</definitions>";
}

std::string decision(const std::string& logic)
{
    return definitions(
        "<decision id=\"wanted\" name=\"Wanted\"><variable name=\"Wanted\"/>" + logic + "</decision>"
    );
}

std::string literal(const std::string& text)
{
    return "<literalExpression><text>" + text + "</text></literalExpression>";
}

Outcome outcome(const std::string& text, const feel::Context& inputs = {})
{
    const auto model = Model::read(text);
    REQUIRE_MESSAGE(model, model.error().detail);
    auto evaluated = evaluate(*model, "Wanted", inputs);
    REQUIRE_MESSAGE(evaluated, evaluated.error().detail);
    return *std::move(evaluated);
}

std::string conditional(const std::string& condition)
{
    return decision(
        "<conditional><if>" + literal(condition) + "</if><then>" + literal("1") + "</then><else>" +
        literal("2") + "</else></conditional>"
    );
}

}  // namespace

TEST_CASE("a boxed condition must be true or false")
{
    CHECK(feel::to_feel(outcome(conditional("true")).value) == "1");
    CHECK(feel::to_feel(outcome(conditional("false")).value) == "2");

    const auto refused = outcome(conditional("\"abc\""));

    CHECK(refused.value.is_null());
    REQUIRE(refused.problems.size() == 1);
    CHECK(refused.problems[0].reason == "the condition is string, not true or false");
}

TEST_CASE("functions outside FEEL are refused with a sentence")
{
    const auto refused = outcome(decision(literal(
        "{f: function(x) external {java: {class: \"java.lang.Math\", `method signature`: \"cos(double)\"}}, r: f(1)}.r"
    )));

    CHECK(refused.value.is_null());
    REQUIRE_FALSE(refused.problems.empty());
    CHECK(
        refused.problems[0].reason.find("functions outside FEEL (Java, PMML) are not called") !=
        std::string::npos
    );
}

TEST_CASE("what is wrong in a decision's FEEL is found with its line and the nearest known name")
{
    const auto model = Model::read(definitions(
        "<inputData id=\"i\" name=\"Age\"><variable name=\"Age\" typeRef=\"number\"/></inputData>\n"
        "<decision id=\"wanted\" name=\"Wanted\"><informationRequirement><requiredInput href=\"#i\"/>"
        "</informationRequirement>\n<literalExpression><text>\n  Agee + 1</text></literalExpression></decision>"
    ));
    REQUIRE(model);

    REQUIRE(model->findings().size() == 1);
    CHECK(model->findings()[0].element == "wanted");
    CHECK(model->findings()[0].line == 4);
    CHECK(model->findings()[0].sentence == "FEEL: line 2, column 3: there is no \"Agee\"; is it \"Age\"?");
}
