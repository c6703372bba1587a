#include "process/feel/evaluate.hpp"
#include "process/feel/pattern.hpp"

#include <doctest/doctest.h>

using namespace feel;

namespace {

std::string shown(const std::string& text)
{
    const auto expression = parse_expression(text);
    REQUIRE_MESSAGE(expression, expression.error().detail);
    return to_feel(evaluate(*expression, Context{}).value);
}

bool is_found(std::string_view pattern, std::string_view text, std::string_view flags = "")
{
    const auto compiled = Pattern::compile(pattern, flags, 50);
    REQUIRE_MESSAGE(compiled, compiled.error().detail);
    return *compiled->is_found_in(text);
}

bool is_refused(std::string_view pattern)
{
    return !Pattern::compile(pattern, "", 50);
}

}  // namespace

TEST_CASE("a dot matches every sign but the ends of lines")
{
    CHECK(is_found("a.b", "a-b"));
    CHECK_FALSE(is_found("a.b", "a\nb"));
    CHECK_FALSE(is_found("a.b", "a\rb"));
    CHECK(is_found("a.b", "a\rb", "s"));
    CHECK(is_found("a[.]b", "a.b"));
    CHECK_FALSE(is_found("a[.]b", "a-b"));
}

TEST_CASE("with the flag x white space in a pattern does not count, except in classes")
{
    CHECK(is_found("hello\\ sworld", "hello world", "x"));
    CHECK(is_found("\\p{ Is BasicLatin }+", "hello", "x"));
    CHECK(is_found("a[ ]b", "a b", "x"));
    CHECK_FALSE(is_found("a b", "a b", "x"));
}

TEST_CASE("letters of words, space and names are those of XPath")
{
    CHECK(is_found("^\\w+$", "Zürich8000"));
    CHECK_FALSE(is_found("\\w", "-_ ,"));
    CHECK(is_found("^\\s$", "\t"));
    CHECK_FALSE(is_found("\\s", "\xC2\xA0"));
    CHECK(is_found("^\\i\\c*$", "xml:name-1"));
    CHECK(is_found("^[a-z-[aeiou]]+$", "rhythm"));
    CHECK_FALSE(is_found("^[a-z-[aeiou]]+$", "rhyme"));
}

TEST_CASE("a pattern that XPath does not know is refused")
{
    CHECK(is_refused("(asd)[\\1]"));
    CHECK(is_refused("\\1(a)"));
    CHECK(is_refused("(a\\1)"));
    CHECK(is_refused("\\b"));
    CHECK(is_refused("(?=a)"));
    CHECK(is_refused("a++"));
    CHECK(is_refused("[[a]"));
    CHECK(is_refused("a\\"));
    CHECK_FALSE(is_refused("(a)\\1"));
    CHECK_FALSE(is_refused("(?:a)\\p{Lu}+\\\\"));
}

TEST_CASE("a pattern that would run for ever is cut off and names the limit")
{
    const auto hopeless = parse_expression("matches(text, \"(a+)+b\")");
    REQUIRE(hopeless);

    const auto ended = evaluate(*hopeless, Context{{"text", std::string(60, 'a')}});

    CHECK(ended.value.is_null());
    REQUIRE_FALSE(ended.problems.empty());
    CHECK(ended.problems[0].reason.find("regular_expression") != std::string::npos);
}

TEST_CASE("texts are replaced and split by patterns")
{
    CHECK(shown("replace(\"banana\", \"a\", \"o\")") == "\"bonono\"");
    CHECK(shown("replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")") == "\"[1=ab][2=]cd\"");
    CHECK(shown("split(\"John Doe\", \"\\s\")") == "[\"John\", \"Doe\"]");
}
