#include "kit/http/structured_field.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

// As it is written again; "refused" where it was not read.
std::string again(std::string_view text)
{
    const auto read = parse_dictionary(text);
    return read ? write(*read) : "refused";
}

}  // namespace

TEST_CASE("a dictionary is read and written in one spelling")
{
    CHECK(again("") == "");
    CHECK(again("  a=1 ,\tb ;x= 2  ") == "refused");
    CHECK(again("a=1 ,\tb; x=2") == "a=1, b;x=2");
    CHECK(
        again(R"(sig1=("@method"   "date";sf );created=1618884473;alg="ed25519";tag=a/b)") ==
        R"(sig1=("@method" "date";sf);created=1618884473;alg="ed25519";tag=a/b)"
    );
    CHECK(
        again("a=?1, b=?0, c=:aGVsbG8=:, d=-1.50, e=\"q\\\"\\\\\"") ==
        "a, b=?0, c=:aGVsbG8=:, d=-1.5, e=\"q\\\"\\\\\""
    );
    CHECK(again("a=(), b=( 1 ), c=100000000000.0") == "a=(), b=(1), c=100000000000.0");
}

TEST_CASE("of a name that is repeated the last value counts, at the first one's place")
{
    CHECK(again("a=1, b=2, a=3") == "a=3, b=2");
    CHECK(again("a;x=1;y;x=2") == "a;x=2;y");
}

TEST_CASE("what the standard does not allow is refused")
{
    for (const std::string text :
         {"a=1,",
          "a=1 b=2",
          ",a",
          "A=1",
          "=1",
          "a=",
          "a=(1",
          "a=(1,2)",
          "a=(1\"x\")",
          "a=\"x",
          "a=\"\\x\"",
          "a=\"\x7F\"",
          "a=\"\xC3\xBC\"",
          "a=:####:",
          "a=:aGVsbG8",
          "a=?2",
          "a=1.",
          "a=1.2345",
          "a=1234567890123456",
          "a=1234567890123.1",
          "a=-",
          "a=--1",
          "a;=1",
          "a;x=",
          "a;X",
          "a=(1);",
          "\ta=1",
          "a=@x"}) {
        INFO(text);
        CHECK(again(text) == "refused");
    }
}

TEST_CASE("members and parameters are found by name and kind")
{
    const auto read = parse_dictionary("a=(\"x\");created=5;nonce=\"n\", b=7").value();

    const auto* list = find_member<InnerList>(read, "a");
    REQUIRE(list != nullptr);
    REQUIRE(find_parameter<std::int64_t>(list->parameters, "created") != nullptr);
    CHECK(*find_parameter<std::int64_t>(list->parameters, "created") == 5);
    CHECK(find_parameter<std::string>(list->parameters, "created") == nullptr);
    CHECK(find_member<InnerList>(read, "b") == nullptr);
    CHECK(find_member<Item>(read, "c") == nullptr);
}
