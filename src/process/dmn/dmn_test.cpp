#include "process/dmn/evaluate.hpp"
#include "process/dmn/model.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

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

TEST_CASE(
    "without input data in the model a decision sees all given variables, as Camunda's modeller draws it"
)
{
    CHECK(feel::to_feel(outcome(decision(literal("fee * 2")), {{"fee", 12}}).value) == "24");
}

TEST_CASE("with input data in the model a decision sees what it requires, and nothing else")
{
    const auto strict = outcome(
        definitions(
            "<inputData id=\"i\" name=\"copies\"/><decision id=\"wanted\" name=\"Wanted\">" +
            literal("fee * 2") + "</decision>"
        ),
        {{"fee", 12}}
    );

    CHECK(strict.value.is_null());
    CHECK(strict.problems.at(0).reason.find("there is no \"fee\"") != std::string::npos);
}

TEST_CASE("files of DMN 1.1 to 1.5 are read, with and without a prefix")
{
    for (const std::string name_space :
         {"http://www.omg.org/spec/DMN/20151101/dmn.xsd",
          "http://www.omg.org/spec/DMN/20180521/MODEL/",
          "https://www.omg.org/spec/DMN/20191111/MODEL/",
          "https://www.omg.org/spec/DMN/20211108/MODEL/",
          "https://www.omg.org/spec/DMN/20230324/MODEL/"}) {
        const std::string open =
            "definitions id=\"d\" name=\"d\" namespace=\"urn:test\" xmlns:dmn=\"" + name_space + "\"";
        const auto plain = "<" + open + " xmlns=\"" + name_space +
                           "\"><decision id=\"wanted\" name=\"Wanted\">" + literal("1 + 1") +
                           "</decision></definitions>";
        const auto prefixed =
            "<dmn:" + open +
            "><dmn:decision id=\"wanted\" name=\"Wanted\"><dmn:literalExpression>"
            "<dmn:text>1 + 1</dmn:text></dmn:literalExpression></dmn:decision></dmn:definitions>";
        CHECK(feel::to_feel(outcome(plain).value) == "2");
        CHECK(feel::to_feel(outcome(prefixed).value) == "2");
    }
    CHECK(Model::read("<definitions xmlns=\"urn:other\"/>").error().kind == base::ErrorKind::invalid);
}

TEST_CASE("what the parts of a decision spend is counted together")
{
    std::string items;
    for (int item = 0; item < 20; ++item)
        items += literal("count(for i in 1..100 return i)");
    const auto model = Model::read(decision("<list>" + items + "</list>"));
    REQUIRE(model);
    const auto evaluate_within = [&](std::uint64_t steps) {
        return evaluate(*model, "Wanted", {}, {.limits = {.steps = steps}}).value();
    };

    CHECK(evaluate_within(20'000).problems.empty());
    const auto ended = evaluate_within(2'000);
    REQUIRE_FALSE(ended.problems.empty());
    CHECK(ended.problems.front().reason.find("more than 2000 steps (limit: steps)") != std::string::npos);
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

TEST_CASE("the models that the fuzzer starts from are read without a fault, and decide")
{
    int models = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(testing::source_path("tests/fuzz/process/dmn"))) {
        std::ifstream file(entry.path());
        const auto model = Model::read(std::string(std::istreambuf_iterator<char>(file), {}));
        REQUIRE_MESSAGE(model, entry.path().string());
        for (const auto& finding : model->findings())
            CHECK_MESSAGE(
                finding.severity != Finding::Severity::error, entry.path().string(), finding.sentence
            );
        for (const auto& name : model->decisions())
            CHECK_FALSE(evaluate(*model, name, feel::Context{{"a", 3}})->value.is_null());
        ++models;
    }
    CHECK(models > 10);
}
