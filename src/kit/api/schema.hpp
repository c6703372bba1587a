#pragma once

#include "kit/json/json.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace api {

struct Member;
class Pattern;

// What a JSON value is like: the part of JSON Schema 2020-12 that our interface needs, as a value. One schema
// checks what comes in, is written into the description, and holds the answers of our tests to it.
struct Schema {
    enum class Kind { anything, text, integer, number, boolean, list, object, reference };

    Kind kind = Kind::anything;
    std::string name = {};                        // of the schema that a reference means
    std::string format = {};                      // "date", "date-time", "email", "uri"
    std::shared_ptr<const Pattern> pattern = {};  // shared by the copies of a schema; never changes
    std::vector<std::string> words = {};          // the only texts there are; empty: any
    std::optional<std::int64_t> least = {};       // of an integer; of a text its letters, of a list its items
    std::optional<std::int64_t> most = {};
    std::vector<Schema> item = {};     // of a list: one
    std::vector<Member> members = {};  // of an object, in order
    std::vector<Schema> others = {};   // of an object: what members of any other name are like, if
                                       // there may be some
    bool may_be_null = false;
    std::string sentence = {};  // key of the text that explains it
    json::Value example = {};

    Schema at_least(std::int64_t bound) const;
    Schema at_most(std::int64_t bound) const;
    Schema matching(std::string_view regular_expression) const;
    Schema or_null() const;
    Schema explained(std::string_view key) const;
    Schema like(json::Value shown) const;  // an example
};

struct Member {
    std::string name;
    Schema schema;
    bool is_required = true;
};

using Schemas = std::map<std::string, Schema, std::less<>>;  // by the name that references mean

Schema anything();
Schema text();
Schema integer();
Schema number();
Schema boolean();
Schema date();     // "2026-11-25"
Schema instant();  // "2026-11-25T12:05:32Z"
Schema email();
Schema uri();
Schema one_of(std::vector<std::string> words);
Schema list_of(Schema item);
Schema object(std::vector<Member> members);
Schema map_of(Schema value);  // an object whose members have any name
Schema reference(std::string_view name);

Member required(std::string_view name, Schema schema);
Member optional(std::string_view name, Schema schema);

// A regular expression that both RE2 and browsers understand; it has to fit the whole text.
class Pattern {
public:
    // std::logic_error for an expression that is none.
    explicit Pattern(std::string_view expression);
    ~Pattern();

    bool fits(std::string_view text) const;
    const std::string& expression() const { return expression_; }

private:
    struct Compiled;
    std::string expression_;
    std::unique_ptr<Compiled> compiled_;
};

// What is wrong with a value, and where.
struct Fault {
    std::string pointer;  // RFC 6901; empty: the value itself
    std::string rule;     // its text is "api.rule_<rule>"
    std::vector<std::pair<std::string, std::string>> arguments = {};
};

// Everything that is wrong, up to a hundred faults. Members that the schema does not name are faults, too. A
// reference to a schema that `named` does not have is std::logic_error.
std::vector<Fault> check(const json::Value& value, const Schema& schema, const Schemas& named);

}  // namespace api
