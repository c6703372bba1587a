#include "process/feel/evaluate.hpp"
#include "process/feel/expression.hpp"
#include "process/feel/value.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace feel;

namespace {

Evaluation outcome(std::string_view text, const Context& context = {})
{
    Names names;
    for (const auto& [name, value] : context)
        names.add(name, type_of(value));
    const auto expression = parse_expression(text, names);
    REQUIRE_MESSAGE(expression, expression.error().detail);
    return evaluate(*expression, context);
}

std::string shown(std::string_view text, const Context& context = {})
{
    return to_feel(outcome(text, context).value);
}

}  // namespace

TEST_CASE("amounts are added exactly")
{
    CHECK(shown("0.1 + 0.2 = 0.3") == "true");
    CHECK(shown("25.10 * 3") == "75.30");
    CHECK(shown("1 / 3") == "0.3333333333333333333333333333333333");
    CHECK(shown("9999999999999999999 + 1") == "10000000000000000000");
    CHECK(shown("2 ** 0.5 > 1.41") == "true");
    CHECK(shown("decimal(2.5, 0)") == "2");
    CHECK(shown("modulo(-12, 5)") == "3");
}

TEST_CASE("dividing by zero is null and says where")
{
    const auto divided = outcome("1 +\n 1 / 0");

    CHECK(divided.value.is_null());
    REQUIRE(divided.problems.size() == 2);
    CHECK(divided.problems[0].place == Place{2, 4});
}

TEST_CASE("names with spaces are found by scope")
{
    CHECK(shown("Monthly Salary * 12", {{"Monthly Salary", 1000}}) == "12000");
    CHECK(shown("a-b", {{"a-b", 7}}) == "7");
    CHECK(shown("a-b", {{"a", 7}, {"b", 2}}) == "5");
    CHECK(shown("{first name: \"Ada\"}.first name") == "\"Ada\"");
    CHECK(shown("`a b` + 1", {{"a b", 1}}) == "2");
}

TEST_CASE("lists are filtered by position and by condition")
{
    CHECK(shown("[1, 2, 3][-1]") == "3");
    CHECK(shown("[1, 2, 3][item > 1]") == "[2, 3]");
    CHECK(shown("[{x: 1, y: 2}, {x: 2, y: 3}][x = 2].y") == "[3]");
    CHECK(shown("for i in 1..3 return i * 2") == "[2, 4, 6]");
    CHECK(shown("for i in 0..4 return if i = 0 then 1 else i * partial[-1]") == "[1, 1, 2, 6, 24]");
    CHECK(shown("some x in [1, 2] satisfies x > 1") == "true");
}

TEST_CASE("functions see what was there when they were made, and themselves")
{
    CHECK(shown("{y: 2, f: function(x) x * y}.f(4)") == "8");
    CHECK(shown("{f: function(n) if n < 2 then 1 else n * f(n - 1)}.f(5)") == "120");
    CHECK(shown("sort([3, 1, 2], function(x, y) x < y)") == "[1, 2, 3]");
    CHECK(shown("substring(start position: 2, string: \"abc\")") == "\"bc\"");
}

TEST_CASE("true, false and unknown are three")
{
    CHECK(shown("false and null") == "false");
    CHECK(shown("true and null") == "null");
    CHECK(shown("true or null") == "true");
    CHECK(shown("null = null") == "true");
    CHECK(shown("1 < null") == "null");
}

TEST_CASE("summer time counts in Zurich")
{
    CHECK(
        shown("@\"2026-03-29T01:30:00@Europe/Zurich\" + @\"PT1H\"") ==
        "@\"2026-03-29T03:30:00@Europe/Zurich\""
    );
    CHECK(shown("@\"2026-07-01T12:00:00@Europe/Zurich\" = @\"2026-07-01T10:00:00Z\"") == "true");
    CHECK(shown("@\"2024-02-29\" + @\"P1Y\"") == "@\"2025-02-28\"");
    CHECK(shown("@\"2026-03-01\" - @\"2026-02-01\"") == "@\"P28D\"");
}

TEST_CASE("unary tests ask about the input")
{
    const auto met = [](std::string_view text, const Value& input) {
        const auto tests = parse_unary_tests(text);
        REQUIRE(tests);
        return to_feel(test(*tests, input, ContextScope(Context{})).value);
    };

    CHECK(met("-", 5) == "true");
    CHECK(met("[1..5)", 5) == "false");
    CHECK(met("1, > 4", 5) == "true");
    CHECK(met("not(1, 5)", 5) == "false");
    CHECK(met("? > 3 and ? < 6", 5) == "true");
    CHECK(met("null", {}) == "true");
    CHECK(met(">= 1", {}) == "null");
}

TEST_CASE("an evaluation that would not end is ended and names the limit")
{
    Environment environment;
    environment.limits.steps = 1'000;
    const auto endless = parse_expression("{f: function(n) f(n + 1)}.f(1)");
    REQUIRE(endless);

    const auto ended = evaluate(*endless, Context{}, environment);

    REQUIRE(ended.problems.size() == 1);
    CHECK(ended.problems[0].kind == Problem::Kind::limit);
    CHECK(ended.problems[0].reason.find("steps") != std::string::npos);
}

TEST_CASE("what does not fit the grammar is refused with its place")
{
    const auto refused = parse_expression("1 +\n  ) 2");

    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail == "line 2, column 3: expected an expression, found \")\"");
}

TEST_CASE("a range written with an end that is not known holds nothing that is known")
{
    CHECK(shown("5 in [1..null]") == "null");
    CHECK(shown("5 in (null..10]") == "null");
    CHECK(shown("5 in (>= 1)") == "true");
}

TEST_CASE("a range that ends before it starts is null, but one may count down")
{
    CHECK(shown("[2..1]") == "null");
    CHECK(shown("for i in [2..1] return i") == "null");
    CHECK(shown("for i in 2..1 return i") == "[2, 1]");
}

TEST_CASE("the range of what equals a value begins and ends there")
{
    CHECK(shown("(=10).start") == "10");
    CHECK(shown("(=10).end") == "10");
    CHECK(shown("10 in (=10)") == "true");
}

TEST_CASE("a function that does not say what it returns fits where a result is wanted")
{
    const std::string twice = "{twice: function(f: function<number> -> number, n: number) f(f(n))";

    CHECK(shown(twice + ", r: twice(function(a: number) a * 3, 2)}.r") == "18");
    CHECK(shown(twice + ", r: twice(sqrt, 16)}.r") == "2");
    CHECK(shown(twice + ", r: twice(function(a: number) \"x\", 2)}.r") == "null");
    CHECK(shown("(function(a: number) a) instance of function<number> -> number") == "false");
}

TEST_CASE("a date less a moment counts from midnight UTC, so the moment needs a zone")
{
    CHECK(shown("@\"2021-01-02\" - @\"2021-01-01T00:00:00Z\"") == "@\"P1D\"");
    CHECK(shown("@\"2021-01-02\" - @\"2021-01-01T00:00:00\"") == "null");
    CHECK(shown("@\"2021-01-02\" - @\"2021-01-01\"") == "@\"P1D\"");
}

TEST_CASE("an argument that is null is not the same as one left out")
{
    CHECK(shown("floor(1.56)") == "1");
    CHECK(shown("floor(1.56, 1)") == "1.5");
    CHECK(shown("floor(1.56, null)") == "null");
    CHECK(shown("is(value1: 1)") == "false");
}

TEST_CASE("positions in lists lose their fractions")
{
    CHECK(shown("list replace([1, 2, 3], 2.5, 4)") == "[1, 4, 3]");
    CHECK(shown("list replace([1, 2, 3], -1.5, 4)") == "[1, 2, 4]");
    CHECK(shown("list replace([1, 2, 3], 0.5, 4)") == "null");
}

TEST_CASE("33: a negated question about something else than the input is asked as it stands")
{
    Names names;
    names.add("xs");
    const auto tests = parse_unary_tests("not(list contains(xs, \"T\"))", names);
    REQUIRE(tests);
    const Context context{{"xs", List{"A", "B"}}};

    CHECK(test(*tests, "anything", ContextScope(context)).value.is_true());
}

TEST_CASE("the expressions that the fuzzer starts from are FEEL, and end")
{
    Names names;
    for (const std::string name : {"a", "a-b", "Full Name", "list"})
        names.add(name);
    int expressions = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(testing::source_path("tests/fuzz/process/feel"))) {
        std::ifstream file(entry.path());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const auto expression = parse_expression(text, names);
        CHECK_MESSAGE((expression || parse_unary_tests(text, names)), text);
        if (expression)
            for (const auto& problem :
                 evaluate(*expression, Context{{"a", 7}, {"list", List{1, 2}}}).problems)
                CHECK_MESSAGE(problem.kind == Problem::Kind::error, text, problem.reason);
        ++expressions;
    }
    CHECK(expressions > 20);
}
