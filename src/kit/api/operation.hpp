#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "kit/api/problem.hpp"
#include "kit/api/schema.hpp"
#include "kit/html/texts.hpp"
#include "kit/http/router.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace api {

// Where a parameter stands.
enum class In { path, query, header };

struct Parameter {
    In in = In::query;
    std::string name;  // of a header in lower case
    Schema schema;     // of a text, an integer or a boolean; its sentence explains the parameter
    bool is_required = false;
    json::Value otherwise = {};  // what stands for a parameter that was not sent; null: nothing
};

Parameter in_path(std::string_view name, Schema schema);
Parameter in_query(std::string_view name, Schema schema, json::Value otherwise = {});

// A program of somebody else that shows a good token.
struct Caller {
    std::string id;
    std::string name;  // for people
    base::TenantId tenant;
    bool serves_every_tenant = false;
    std::vector<std::string> scopes;

    bool may(std::string_view scope) const;
    bool serves(const base::TenantId& other) const { return serves_every_tenant || tenant == other; }
};

// One call as an operation sees it: everything in it fits what the operation declares.
struct Call {
    const http::Request& request;
    html::Language language = html::Language::de;
    std::optional<Caller> caller;  // of an operation that needs a scope: always there
    json::Object parameters;       // by name; those that were not sent only when they have an `otherwise`
    json::Value body;

    std::string_view text(std::string_view parameter) const;  // empty when it was not sent
    std::optional<std::int64_t> integer(std::string_view parameter) const;
    bool is_true(std::string_view parameter) const;
};

struct Answer {
    json::Value body;
    int status = 200;
    http::Fields headers = {};
};

// What an operation says. An error becomes the problem of its kind, with the text of its message key.
using Outcome = std::variant<Answer, Refusal, base::Error>;

// An answer that may come: its status, the key of the sentence that says when, and what its body is like.
struct Declared {
    int status = 200;
    std::string sentence;
    Schema schema;
};

enum class Caching {
    none,    // about somebody, or true for this moment only
    by_all,  // the same for everybody of a language: with ETag, asked for again each time
};

// One operation, declared once: it is routed, guarded, checked and described by this.
struct Operation {
    http::Method method = http::Method::get;
    std::string pattern;   // below the interface's address: "/cases/{reference}"
    std::string id;        // "readCase": what generated clients call it
    std::string tag;       // "cases": its text is "api.tag_cases"
    std::string sentence;  // key of the text that says what it does
    std::vector<Parameter> parameters = {};
    std::optional<Schema> body = {};
    std::vector<Declared> answers = {};
    std::vector<Problem> problems = {};  // besides those that every operation of its shape may answer
    std::string scope = {};              // that the caller needs; empty: for everybody, without a token
    Caching caching = Caching::none;
    std::function<Outcome(const Call&)> work = {};
};

// What one room adds to the interface.
struct Slice {
    std::vector<Operation> operations;
    Schemas schemas = {};
};

// Every problem that the operation may answer, in the order of their statuses.
std::vector<Problem> problems_of(const Operation& operation);

}  // namespace api
