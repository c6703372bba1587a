#include "process/dmn/evaluate.hpp"
#include "process/dmn/model.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace dmn;

namespace {

struct TestColumn {
    std::string name;
    std::string type;
    std::string allowed = {};
};

std::string cell(const std::string& tag, const std::string& text)
{
    return "<" + tag + "><text>" + text + "</text></" + tag + ">";
}

// A decision "Wanted" with one output; each row has a cell for each input and, last, the result.
std::string table(
    const std::string& policy,
    const std::vector<TestColumn>& inputs,
    const std::vector<std::vector<std::string>>& rows,
    const std::string& output = "<output name=\"result\"/>"
)
{
    std::string text =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"d\" name=\"d\" "
        "namespace=\"urn:test\">";
    std::string requirements;
    std::string columns;
    for (const auto& input : inputs) {
        text += "<inputData id=\"" + input.name + "\" name=\"" + input.name + "\"/>";
        requirements +=
            "<informationRequirement><requiredInput href=\"#" + input.name + "\"/></informationRequirement>";
        columns += "<input><inputExpression typeRef=\"" + input.type + "\"><text>" + input.name +
                   "</text></inputExpression>" +
                   (input.allowed.empty() ? "" : cell("inputValues", input.allowed)) + "</input>";
    }
    std::string rules;
    for (const auto& row : rows) {
        rules += "<rule>";
        for (std::size_t index = 0; index < row.size(); ++index)
            rules += cell(index < inputs.size() ? "inputEntry" : "outputEntry", row[index]);
        rules += "</rule>";
    }
    return text + "<decision id=\"wanted\" name=\"Wanted\">" + requirements + "<decisionTable hitPolicy=\"" +
           policy + "\">" + columns + output + rules + "</decisionTable></decision></definitions>";
}

std::string found(const std::string& text)
{
    const auto model = Model::read(text);
    REQUIRE_MESSAGE(model, model.error().detail);
    std::string all;
    for (const auto& finding : check(*model))
        all += (all.empty() ? "" : "\n") +
               (finding.rule > 0 ? "rule " + std::to_string(finding.rule) + " " : "") + finding.sentence;
    return all;
}

Outcome decide(const std::string& text, const feel::Context& inputs, Explain explain = Explain::no)
{
    const auto model = Model::read(text);
    REQUIRE_MESSAGE(model, model.error().detail);
    auto evaluated = evaluate(*model, "Wanted", inputs, {}, explain);
    REQUIRE(evaluated);
    return *std::move(evaluated);
}

std::string result(const std::string& text, const feel::Context& inputs)
{
    return feel::to_feel(decide(text, inputs).value);
}

const std::vector<TestColumn> age{{"age", "number"}};

}  // namespace

TEST_CASE("a gap between numbers is found")
{
    CHECK(
        found(table("UNIQUE", age, {{"&lt; 18", "1"}, {"[18..65)", "2"}, {"&gt; 65", "3"}})) ==
        "no rule matches when age is 65"
    );
    CHECK(found(table("UNIQUE", age, {{"&lt; 18", "1"}, {"&gt;= 18", "2"}})).empty());
    CHECK(found(table("UNIQUE", age, {{"&lt; 18", "1"}, {"not(&lt; 18)", "2"}})).empty());
}

TEST_CASE("a gap between days, values of a list, or truth values is found")
{
    CHECK(found(table(
                    "UNIQUE",
                    {{"day", "date"}},
                    {{"&lt;= date(\"2026-01-01\")", "1"}, {"&gt;= date(\"2026-01-02\")", "2"}}
                )
    ).empty());
    CHECK(
        found(table(
            "UNIQUE", {{"day", "date"}}, {{"&lt; @\"2026-01-01\"", "1"}, {"&gt;= @\"2026-01-02\"", "2"}}
        )) == "no rule matches when day is @\"2026-01-01\""
    );
    CHECK(
        found(table(
            "UNIQUE",
            {{"risk", "string", "\"low\", \"high\", \"none\""}},
            {{"\"low\"", "1"}, {"\"high\"", "2"}}
        )) == "no rule matches when risk is \"none\""
    );
    CHECK(
        found(table(
            "UNIQUE", {{"is", "boolean"}, {"age", "number"}}, {{"true", "-", "1"}, {"false", "&gt; 3", "2"}}
        )) == "no rule matches when is is false, age is < 3"
    );
    CHECK(found(table("UNIQUE", {{"name", "string"}}, {{"\"a\"", "1"}, {"\"b\"", "2"}})).empty());
}

TEST_CASE("rules that match together although only one may are found")
{
    CHECK(
        found(table("UNIQUE", age, {{"&lt; 18", "1"}, {"&gt;= 17", "2"}})) ==
        "rule 2 matches together with rule 1 when age is 17, but only one may match"
    );
    CHECK(
        found(table("UNIQUE", age, {{"-", "1"}, {"[1..2]", "2"}})).find("rule 2 never matches alone") !=
        std::string::npos
    );
    CHECK(
        found(table("ANY", age, {{"&lt; 18", "1"}, {"&gt;= 17", "2"}})).find("their results differ") !=
        std::string::npos
    );
    CHECK(found(table("ANY", age, {{"&lt; 18", "1"}, {"&gt;= 17", "1"}})).empty());
}

TEST_CASE("rules that are never reached are found")
{
    CHECK(
        found(table("FIRST", age, {{"&gt;= 0", "1"}, {"&lt; 0", "2"}, {"[3..5]", "3"}})) ==
        "rule 3 never matches: rules before it take all that meets its conditions"
    );
    CHECK(
        found(table("UNIQUE", {{"age", "number", "[0..120]"}}, {{"[0..120]", "1"}, {"&gt; 130", "2"}})
        ).find("rule 2 never matches: no allowed value of age meets > 130") != std::string::npos
    );
    // A missing age gets past the first two.
    CHECK(found(table("FIRST", age, {{"&gt;= 0", "1"}, {"&lt; 0", "2"}, {"-", "3"}})).empty());
}

TEST_CASE("what must be evaluated is given the benefit of the doubt")
{
    CHECK(found(table(
                    "UNIQUE",
                    {{"age", "number"}, {"limit", "number"}},
                    {{"&lt; limit", "-", "1"}, {"&gt; limit", "-", "2"}}
                )
    ).empty());
}

TEST_CASE("an index finds the same rules as going through them")
{
    std::vector<std::vector<std::string>> rows{
        {"&lt; 10", "\"a\"", "1"},
        {"[10..20)", "-", "2"},
        {"15, 25", "not(\"b\")", "3"},
        {"null", "-", "4"},
        {"&gt;= 20", "? = name", "5"},
        {"not(5)", "\"c\", \"d\"", "6"},
        {"-", "null", "7"},
        {"&gt; age - 1", "\"e\"", "8"}};
    const auto text = table("COLLECT", {{"age", "number"}, {"name", "string"}}, rows);

    for (const feel::Value& years :
         {feel::Value(), feel::Value(5), feel::Value(10), feel::Value(15), feel::Value(25), feel::Value("x")})
        for (const feel::Value& name :
             {feel::Value(),
              feel::Value("a"),
              feel::Value("b"),
              feel::Value("c"),
              feel::Value("e"),
              feel::Value(1)}) {
            const feel::Context inputs{{"age", years}, {"name", name}};
            CHECK(
                feel::to_feel(decide(text, inputs).value) ==
                feel::to_feel(decide(text, inputs, Explain::yes).value)
            );
        }
}

TEST_CASE("each hit policy chooses as the standard says")
{
    const std::vector<std::vector<std::string>> rows{
        {"&gt; 1", "\"b\""}, {"&gt; 2", "\"a\""}, {"&gt; 3", "\"b\""}};
    const std::string ordered =
        "<output name=\"result\"><outputValues><text>\"a\", \"b\"</text></outputValues></output>";

    CHECK(result(table("FIRST", age, rows), {{"age", 5}}) == "\"b\"");
    CHECK(result(table("RULE ORDER", age, rows), {{"age", 5}}) == "[\"b\", \"a\", \"b\"]");
    CHECK(result(table("PRIORITY", age, rows, ordered), {{"age", 5}}) == "\"a\"");
    CHECK(result(table("OUTPUT ORDER", age, rows, ordered), {{"age", 5}}) == "[\"a\", \"b\", \"b\"]");
    CHECK(result(table("COLLECT", age, rows), {{"age", 3}}) == "[\"b\", \"a\"]");
    CHECK(result(table("ANY", age, rows), {{"age", 2}}) == "\"b\"");
    CHECK(result(table("COLLECT\" aggregation=\"COUNT", age, rows), {{"age", 5}}) == "3");
    CHECK(
        result(table("COLLECT\" aggregation=\"SUM", age, {{"&gt; 1", "1"}, {"&gt; 2", "2"}}), {{"age", 5}}) ==
        "3"
    );
    CHECK(
        result(table("COLLECT\" aggregation=\"MIN", age, {{"&gt; 1", "1"}, {"&gt; 2", "2"}}), {{"age", 5}}) ==
        "1"
    );
    CHECK(
        result(table("COLLECT\" aggregation=\"MAX", age, {{"&gt; 1", "1"}, {"&gt; 2", "2"}}), {{"age", 5}}) ==
        "2"
    );
    CHECK(result(table("COLLECT\" aggregation=\"COUNT", age, rows), {{"age", 0}}) == "0");
}

TEST_CASE("37: a table that two rules match although only one may yields null and names both")
{
    const auto refused = decide(table("UNIQUE", age, {{"&gt; 1", "1"}, {"&gt; 2", "2"}}), {{"age", 5}});

    CHECK(refused.value.is_null());
    REQUIRE(refused.problems.size() == 1);
    CHECK(refused.problems[0].reason == "rules 1, 2 match, but only one may (UNIQUE)");
}

TEST_CASE("35: a missing number meets only the rule for null")
{
    const auto text = table("UNIQUE", age, {{"&gt;= 1", "1"}, {"&lt; 1", "2"}, {"null", "3"}});

    CHECK(result(text, {{"age", feel::Value()}}) == "3");
    CHECK(decide(text, {{"age", feel::Value()}}).problems.empty());
}

TEST_CASE("the nearest miss is explained by the conditions that failed")
{
    const auto missed = decide(
        table(
            "UNIQUE",
            {{"age", "number"}, {"name", "string"}},
            {{"&gt; 10", "\"a\"", "1"}, {"&gt; 1", "\"b\"", "2"}}
        ),
        {{"age", 5}, {"name", "c"}},
        Explain::yes
    );

    REQUIRE(missed.tables.size() == 1);
    CHECK(missed.tables[0].matched.empty());
    REQUIRE(missed.tables[0].nearest.size() == 1);
    CHECK(missed.tables[0].nearest[0].rule == 2);
    CHECK(missed.tables[0].nearest[0].failed == std::vector<int>{2});
    CHECK(feel::to_feel(missed.tables[0].inputs[0].value) == "5");
}

TEST_CASE("a default output stands in when no rule matches")
{
    CHECK(
        result(
            table(
                "UNIQUE",
                age,
                {{"&gt; 10", "1"}},
                "<output name=\"r\"><defaultOutputEntry><text>7</text></defaultOutputEntry></output>"
            ),
            {{"age", 5}}
        ) == "7"
    );
}
