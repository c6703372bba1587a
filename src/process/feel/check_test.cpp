#include "process/feel/check.hpp"

#include <doctest/doctest.h>

using namespace feel;

namespace {

Names town()
{
    Names names;
    names.add("age", Type::of(Kind::number));
    names.add("Full Name", Type::of(Kind::string));
    names.add("born", Type::of(Kind::date));
    names.add(
        "person", Type::context_of({{"name", Type::of(Kind::string)}, {"age", Type::of(Kind::number)}})
    );
    names.add("people", Type::list_of(*names.find("person")));
    names.add("anything");
    return names;
}

std::string found(const std::string& text, Knowledge knowledge = Knowledge::complete)
{
    const Names names = town();
    const auto expression = parse_expression(text, names);
    REQUIRE_MESSAGE(expression, expression.error().detail);
    std::string all;
    for (const auto& finding : check(*expression, names, knowledge))
        all += (all.empty() ? "" : "\n") + to_text(finding);
    return all;
}

}  // namespace

TEST_CASE("an unknown name is found with its place and the nearest known name")
{
    CHECK(found("1 +\n  agee") == "line 2, column 3: there is no \"agee\"; is it \"age\"?");
    CHECK(found("cuont([1])") == "line 1, column 1: there is no \"cuont\"; is it \"count\"?");
    CHECK(found("agee", Knowledge::partial).empty());
    CHECK(found("agee(1)", Knowledge::partial).empty());
    CHECK(found("agee + 1", Knowledge::data).empty());
    CHECK(found("count > 2", Knowledge::data).empty());
    CHECK(found("agee(1)", Knowledge::data) == "line 1, column 1: there is no \"agee\"; is it \"age\"?");
    CHECK(found("is defined(agee)").empty());
    CHECK(found("person.nmae").find("is it \"name\"?") != std::string::npos);
}

TEST_CASE("names that the expression makes itself are known")
{
    CHECK(found("for x in people return x.name").empty());
    CHECK(found("some x in [1, 2] satisfies x > age").empty());
    CHECK(found("{a: 1, b: a + 1, f: function(n) if n < 2 then 1 else f(n - 1)}.b").empty());
    CHECK(found("people[name = \"Ada\"].age").empty());
    CHECK(found("anything[whatever = 1]").empty());
    CHECK_FALSE(found("[1, 2][whatever = 1]").empty());
    CHECK(found("for i in 1..3 return if i = 1 then 1 else partial[-1] * i").empty());
}

TEST_CASE("a function called with too many or misnamed arguments is found")
{
    CHECK(
        found("floor(1, 2, 3)") ==
        "line 1, column 1: floor() takes (n: number) or (n: number, scale: number), found 3 arguments"
    );
    CHECK(
        found("substring(sting: \"a\", start position: 1)") ==
        "line 1, column 1: substring() has no parameter \"sting\"; is it \"string\"?"
    );
    CHECK(found("upper case(12)") == "line 1, column 1: upper case() does not take (number)");
    CHECK(
        found("(function(x: number) x)(\"a\")").find("argument 1 is string, not number") != std::string::npos
    );
    CHECK(found("(function(x) x)(1, 2)").find("takes 1 arguments, found 2") != std::string::npos);
    CHECK(found("age(1)").find("number cannot be called") != std::string::npos);
}

TEST_CASE("obvious type errors are found where they stand")
{
    CHECK(found("age + Full Name") == "line 1, column 5: \"+\" has no result for number and string");
    CHECK(found("age = \"12\"").find("number and string cannot be compared") != std::string::npos);
    CHECK(found("if age then 1 else 2").find("the condition is number") != std::string::npos);
    CHECK(found("-Full Name").find("no negative of string") != std::string::npos);
    CHECK(found("age.year").find("number has no \"year\"") != std::string::npos);
    CHECK(found("age in (\"a\", \"b\")").find("number is never string") != std::string::npos);
    CHECK(found("age between \"a\" and 3").find("cannot be compared") != std::string::npos);
    CHECK(found("people[\"x\"]").find("a filter must be") != std::string::npos);
}

TEST_CASE("what is correct, or cannot be told, is no finding")
{
    for (const char* text :
         {"born + @\"P1Y\" > @\"2020-01-01\"",
          "born.year + 1",
          "age in [18..65]",
          "age in (< 18, > 65)",
          "age = null",
          "sum(people.age) / count(people)",
          "min(1, age, 3)",
          "sort(people, function(x, y) x.age < y.age)",
          "date and time(born, @\"12:00:00\")",
          "anything.whatever + 1",
          "if anything then 1 else \"a\"",
          "count(age)",
          "string join(people.name, \", \")",
          "[1..5].start + 1",
          "not(age > 3)",
          "abs",
          "(born - @\"2020-01-01\").days > 3"})
        CHECK_MESSAGE(found(text).empty(), text);
}

TEST_CASE("tests of an input know its type when it is given")
{
    Names names;
    names.add("?", Type::of(Kind::number));
    const auto tests = parse_unary_tests("> 3, \"a\"", names);
    REQUIRE(tests);

    const auto findings = check(*tests, names, Knowledge::complete);

    REQUIRE(findings.size() == 1);
    CHECK(findings[0].sentence == "number is never string");
}
