#include "kit/json/json.hpp"

#include <doctest/doctest.h>

#include <limits>

using json::parse;
using json::Value;
using namespace std::string_literals;  // NOLINT(google-build-using-namespace)

namespace {

std::string refusal(std::string_view text, const json::Limits& limits = {})
{
    const auto value = parse(text, limits);
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == base::ErrorKind::invalid);
    return value.error().detail;
}

std::string rewritten(std::string_view text)
{
    const auto value = parse(text);
    REQUIRE(value);
    return json::write(*value);
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a number keeps every digit that was written")
{
    for (const auto* text :
         {"25.10",
          "1E+2",
          "-0",
          "0.10000000000000000000000000000000000001",
          "1e400",
          "123456789012345678901234567890",
          "18446744073709551615"})
        CHECK(rewritten(text) == text);
}

TEST_CASE("whole numbers are read as integers when they fit, other numbers are not")
{
    CHECK(parse("9223372036854775807")->integer() == std::numeric_limits<std::int64_t>::max());
    CHECK(parse("-42")->integer() == -42);
    CHECK_FALSE(parse("9223372036854775808")->integer());
    CHECK_FALSE(parse("2.5")->integer());
    CHECK_FALSE(parse("\"2\"")->integer());
}

TEST_CASE("members keep the order in which they were written")
{
    CHECK(
        rewritten(R"( {"b" : 1, "a": [true, false, null, {}, []]} )") ==
        R"({"b":1,"a":[true,false,null,{},[]]})"
    );
}

TEST_CASE("text with quotes, control characters and any alphabet survives")
{
    const auto text = "\"\\/\b\f\n\r\t\x01\x1F\0Zürich 😀"s;

    const auto written = json::write(Value(text));

    CHECK(contains(written, "\\u0000"));
    CHECK(contains(written, "\\u001f"));
    CHECK(parse(written)->string_or() == text);
    CHECK(parse(R"("\u00fc\ud83d\ude00\/")")->string_or() == "ü😀/");
}

TEST_CASE("long texts and numbers that the parser hands over in parts arrive whole")
{
    std::string long_text;
    for (int index = 0; index < 5000; ++index)
        long_text += index % 7 == 0 ? "\\n" : "x";
    const std::string document = R"({")" + long_text + R"(":")" + long_text + R"("})";

    CHECK(rewritten(document) == document);
}

TEST_CASE("what RFC 8259 does not allow is refused")
{
    for (const auto* text :
         {"",        " ",        "{",       "[1,]",        "{\"a\":1,}",   "{a:1}",    "'a'",
          "01",      "1.",       ".5",      "+1",          "NaN",          "tru",      "[1] 2",
          "// c\n1", "\"a\nb\"", "\"\\x\"", "\"\\ud800\"", "\"\\udc00 \"", "\"\xFF\"", "\xEF\xBB\xBF{}",
          "[1 2]",   "\"open"})
        CHECK_FALSE_MESSAGE(parse(text), text);
}

TEST_CASE("a member that stands twice is refused, in small and in large objects")
{
    CHECK(contains(refusal("{\"a\": 1,\n \"\\u0061\": 2}"), "line 2"));
    CHECK(contains(refusal(R"({"a": 1, "a": 2})"), "\"a\""));
    CHECK_FALSE(parse(R"({"": 1, "": 2})"));
    CHECK(parse(R"({"a": {"a": 1}, "b": {"a": 1}})"));

    std::string large = "{";
    for (int index = 0; index < 100; ++index)
        large += "\"n" + std::to_string(index) + "\":0,";
    CHECK(parse(large + R"("n100":0})"));
    CHECK_FALSE(parse(large + R"("n5":0})"));
    CHECK_FALSE(parse(large + R"("n100":0,"n100":1})"));
}

TEST_CASE("a refusal names line and column")
{
    CHECK(contains(refusal("{\n  \"fee\": 12,\n  \"ü\": ?\n}"), "line 3, column 8"));
    CHECK(contains(refusal("[1]\nx"), "line 2, column 1"));
}

TEST_CASE("documents that are too deep or too large are refused")
{
    const json::Limits limits{.bytes = 100, .depth = 3};

    CHECK(parse("[[[1]]]", limits));
    CHECK_FALSE(parse("[[[[1]]]]", limits));
    CHECK_FALSE(parse(std::string(100'000, '[')));
    CHECK(contains(refusal(std::string(101, ' '), limits), "100 bytes"));
}

TEST_CASE("looking for what is not there finds nothing")
{
    const auto value = *parse(R"({"name": "Muster", "age": 34})");

    CHECK(value.text_of("name") == "Muster");
    CHECK(value.text_of("age", "unknown") == "unknown");
    CHECK(value.text_of("absent", "unknown") == "unknown");
    CHECK(value.find("age")->integer() == 34);
    CHECK(value.find("absent") == nullptr);
    CHECK(Value(3).find("age") == nullptr);
}

TEST_CASE("an object is changed member by member")
{
    json::Object object{{"a", 1}, {"b", "two"}};

    object["c"] = json::Array{1, "x", nullptr};
    object["a"] = true;
    object.erase("b");
    object.erase("absent");

    CHECK(json::write(object) == R"({"a":true,"c":[1,"x",null]})");
    CHECK_THROWS_AS((json::Object{{"a", 1}, {"a", 2}}), std::logic_error);
}

TEST_CASE("files for people are indented by two spaces")
{
    const auto value = *parse(R"({"a":[1,{"b":"c"}],"empty":{},"none":[]})");

    CHECK(json::write_pretty(value) == R"({
  "a": [
    1,
    {
      "b": "c"
    }
  ],
  "empty": {},
  "none": []
}
)");
}
