#include "kit/api/schema.hpp"
#include "kit/api/schema_text.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace api;

namespace {

const Schemas named{
    {"Person", object({required("name", text().at_least(1).at_most(5)), optional("born", date())})}};

// "/pointer rule" for each fault.
std::vector<std::string> faults(const Schema& schema, std::string_view document)
{
    std::vector<std::string> found;
    for (const auto& fault : check(json::parse(document).value(), schema, named))
        found.push_back(fault.pointer + " " + fault.rule);
    return found;
}

using Faults = std::vector<std::string>;

json::Value described(const Schema& schema, Members members = Members::may_grow)
{
    return schema_text(schema, members, [](const std::string& key) { return "text of " + key; });
}

json::Value parsed(std::string_view document)
{
    return json::parse(document).value();
}

}  // namespace

TEST_CASE("a value that fits has no faults")
{
    const auto schema = object({
        required("persons", list_of(reference("Person")).at_most(2)),
        required("state", one_of({"open", "closed"}).or_null()),
        optional("when", instant()),
        optional("amount", integer().at_least(0)),
        optional("others", map_of(boolean())),
        optional("place", number()),
    });

    CHECK(faults(schema, R"({"persons": [{"name": "Zoé", "born": "1990-02-28"}, {"name": "Ürsü!"}],
        "state": null, "when": "2026-11-25T12:00:00.5+01:00", "amount": 0, "others": {"a": true},
        "place": 47.39})") == Faults{});
}

TEST_CASE("everything that is wrong is said at once, each with its place")
{
    const auto schema = object({
        required("persons", list_of(reference("Person"))),
        required("state", one_of({"open", "closed"})),
        required("missing/here", boolean()),
    });

    CHECK(
        faults(
            schema,
            R"({"persons": [{"name": "Elisabeth", "born": "2026-02-30"}, 5, {}], "state": "ajar", "a~b": 1})"
        ) ==
        Faults{
            "/missing~1here required",
            "/persons/0/name too_long",
            "/persons/0/born format_date",
            "/persons/1 not_object",
            "/persons/2/name required",
            "/state not_one_of",
            "/a~0b unknown_member",
        }
    );
}

TEST_CASE("kinds, bounds and patterns are held to")
{
    CHECK(faults(text(), "5") == Faults{" not_text"});
    CHECK(faults(integer(), "1.5") == Faults{" not_integer"});
    CHECK(faults(integer(), "99999999999999999999") == Faults{" not_integer"});
    CHECK(faults(number(), "\"1\"") == Faults{" not_number"});
    CHECK(faults(boolean(), "\"true\"") == Faults{" not_boolean"});
    CHECK(faults(list_of(text()), "{}") == Faults{" not_list"});
    CHECK(faults(text(), "null") == Faults{" not_text"});
    CHECK(faults(integer().at_least(2).at_most(4), "1") == Faults{" too_small"});
    CHECK(faults(integer().at_least(2).at_most(4), "5") == Faults{" too_large"});
    CHECK(faults(list_of(text()).at_least(1), "[]") == Faults{" too_few"});
    CHECK(faults(list_of(text()).at_most(1), R"(["a", "b"])") == Faults{" too_many"});
    CHECK(faults(text().at_least(2), R"("a")") == Faults{" too_short"});
    CHECK(faults(text(), R"("a\u0007b")") == Faults{" characters"});
    CHECK(faults(text().matching("[a-z]+"), R"("abc1")") == Faults{" pattern"});
    CHECK(faults(instant(), R"("2026-11-25T12:00:00")") == Faults{" format_date-time"});
    CHECK(faults(email(), R"("anna@example")") == Faults{" format_email"});
    CHECK(faults(uri(), R"("//example.org")") == Faults{" format_uri"});
    CHECK(faults(anything(), R"([null])") == Faults{});
}

TEST_CASE("a document with a million faults is refused with some of them")
{
    json::Array wrong;
    for (int count = 0; count < 1000; ++count)
        wrong.emplace_back(count);

    CHECK(check(std::move(wrong), list_of(text()), named).size() == 100);
}

TEST_CASE("a schema that means nothing is our own bug")
{
    CHECK_THROWS_AS((void)check("x", reference("Nobody"), named), std::logic_error);
    CHECK_THROWS_AS((void)text().matching("[a-"), std::logic_error);
}

TEST_CASE("what checks is also what is described, as JSON Schema 2020-12")
{
    CHECK(
        described(text().at_least(1).at_most(9).matching("a|b").explained("k").like("a")) ==
        parsed(R"({"type": "string", "pattern": "^(?:a|b)$", "minLength": 1, "maxLength": 9,
                   "description": "text of k", "examples": ["a"]})")
    );
    CHECK(
        described(one_of({"open", "closed"}).or_null()) ==
        parsed(R"({"type": ["string", "null"], "enum": ["open", "closed", null]})")
    );
    CHECK(
        described(list_of(integer().at_least(0)).at_most(3)) ==
        parsed(R"({"type": "array", "maxItems": 3, "items": {"type": "integer", "minimum": 0}})")
    );
    CHECK(
        described(reference("Person").or_null()) ==
        parsed(R"({"anyOf": [{"$ref": "#/components/schemas/Person"}, {"type": "null"}]})")
    );
    CHECK(described(date()) == parsed(R"({"type": "string", "format": "date"})"));
    CHECK(
        described(map_of(boolean())) ==
        parsed(R"({"type": "object", "additionalProperties": {"type": "boolean"}})")
    );
    CHECK(described(anything()) == parsed("{}"));
}

TEST_CASE("what we answer may grow, what we take is all there is")
{
    const auto schema = object({required("a", text()), optional("b", number())});

    CHECK(described(schema).find("additionalProperties") == nullptr);
    CHECK(
        described(schema, Members::are_all) ==
        parsed(R"({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}},
                   "required": ["a"], "additionalProperties": false})")
    );
}
