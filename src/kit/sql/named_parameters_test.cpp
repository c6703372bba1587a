#include "kit/sql/named_parameters.hpp"

#include <doctest/doctest.h>

using sql::Marker;
using sql::number_parameters;

TEST_CASE("a named parameter gets a number, and the same name the same number")
{
    const auto numbered =
        number_parameters("UPDATE a SET x = :new WHERE t = :t AND x <> :new", Marker::dollar);

    CHECK(numbered.text == "UPDATE a SET x = $1 WHERE t = $2 AND x <> $1");
    CHECK(numbered.names == std::vector<std::string>{"new", "t"});
}

TEST_CASE("a colon in a literal, a quoted name or a comment is no parameter")
{
    const auto numbered = number_parameters(
        "SELECT ':a', 'it''s :b', \"c:c\" /* :d */ -- :e\n, x FROM t WHERE y = :f -- :g", Marker::question
    );

    CHECK(numbered.text == "SELECT ':a', 'it''s :b', \"c:c\" /* :d */ -- :e\n, x FROM t WHERE y = ?1 -- :g");
    CHECK(numbered.names == std::vector<std::string>{"f"});
}

TEST_CASE("an unclosed literal and a lonely colon are left for the database to refuse")
{
    CHECK(number_parameters("SELECT 'open :a", Marker::dollar).text == "SELECT 'open :a");
    CHECK(number_parameters("SELECT /* open :a", Marker::dollar).text == "SELECT /* open :a");
    CHECK(number_parameters("SELECT : a", Marker::dollar).text == "SELECT : a");
    CHECK(number_parameters("SELECT :", Marker::dollar).text == "SELECT :");
}
