#include "kit/api/interface.hpp"
#include "kit/api/resources.hpp"
#include "kit/api/values.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

using namespace api;

namespace {

// A small library: everybody may look for books, members with a card may lend and keep them.
Slice library()
{
    Slice slice;
    slice.schemas = {{"Book", object({required("title", text())})}};
    auto parameters = page_parameters();
    parameters.push_back(in_query("on_loan", boolean().explained("api.parameter_limit")));
    slice.operations.push_back({
        .pattern = "/books",
        .id = "listBooks",
        .tag = "description",
        .sentence = "api.title",
        .parameters = std::move(parameters),
        .answers = {{200, "api.title", page_of("Book")}},
        .caching = Caching::by_all,
        .work = [](const Call& call) -> Outcome {
            json::Array items;
            items.emplace_back(json::Object{{"title", "limit " + std::to_string(page_of(call).limit)}});
            return page_answer(std::move(items), call.is_true("on_loan") ? "more" : "");
        },
    });
    slice.operations.push_back({
        .method = http::Method::post,
        .pattern = "/books/{book}/loan",
        .id = "lendBook",
        .tag = "description",
        .sentence = "api.title",
        .parameters = {in_path("book", integer().at_least(1).explained("api.parameter_limit"))},
        .body = object({required("until", date()), optional("note", text().at_most(5))}),
        .answers = {{201, "api.title", reference("Book")}},
        .problems = {Problem::conflict},
        .scope = "cases:write",
        .work = [](const Call& call) -> Outcome {
            if (call.integer("book") == 2)
                return base::fail(base::ErrorKind::conflict, "api.rule_required");
            if (call.integer("book") == 3)
                return Refusal{.problem = Problem::too_many, .retry_after = std::chrono::seconds(30)};
            return Answer{json::Object{{"title", call.caller->name}}, 201};
        },
    });
    return slice;
}

struct Fixture {
    html::Texts texts{
        std::vector<html::LocaleSource>(resources::locale().begin(), resources::locale().end())};
    Interface interface {
        Parts{
            texts,
            "https://portal.example",
            [](const http::Request& request) {
                return request.header("accept-language") == "fr" ? html::Language::fr : html::Language::de;
            },
            [](const http::Request& request) -> std::optional<Caller> {
                const auto token = request.header("authorization").value_or("");
                if (token == "Bearer member")
                    return Caller{"7", "Anna", {"4001"}, false, {"cases:write"}};
                return token == "Bearer guest" ? std::optional(Caller{"8", "Gast", {"4001"}, false, {}})
                                               : std::nullopt;
            }},
        {
            library()
        }
    };
    http::Router router{interface.routes()};

    http::Response ask(const std::string& path, http::Fields query = {}, http::Fields headers = {})
    {
        http::Request request;
        request.path = "/api/v1" + path;
        request.query = std::move(query);
        request.headers = std::move(headers);
        return router.handle(request);
    }

    http::Response lend(
        const std::string& book,
        std::string body,
        const std::string& token = "Bearer member",
        const std::string& type = "application/json; charset=utf-8"
    )
    {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/books/" + book + "/loan";
        request.headers = {{"authorization", token}, {"content-type", type}};
        request.body = std::move(body);
        return router.handle(request);
    }
};

json::Value body_of(const http::Response& response)
{
    const auto body = json::parse(response.body);
    REQUIRE(body);
    return *body;
}

std::string header_of(const http::Response& response, std::string_view name)
{
    return std::string(http::find_field(response.headers, name).value_or("none"));
}

// "place code" for each error of a problem.
std::vector<std::string> errors_of(const http::Response& response)
{
    CHECK(header_of(response, "content-type") == "application/problem+json");
    const auto body = body_of(response);
    std::vector<std::string> found;
    REQUIRE(body.find("errors"));
    for (const auto& error : *body.find("errors")->if_array()) {
        CHECK_FALSE(error.text_of("detail").empty());
        found.push_back(
            std::string(error.text_of("parameter", error.text_of("pointer"))) + " " +
            std::string(error.text_of("code"))
        );
    }
    return found;
}

const std::string good_body = R"({"until": "2026-12-24"})";

}  // namespace

TEST_CASE_FIXTURE(Fixture, "everybody may ask what is public, and keep the answer")
{
    const auto found = ask("/books", {{"limit", "2"}, {"on_loan", "true"}});

    CHECK(found.status == 200);
    CHECK(found.body == R"({"items":[{"title":"limit 2"}],"next":"more"})");
    CHECK(header_of(found, "cache-control") == "public, no-cache");
    CHECK(header_of(found, "vary") == "cookie, accept-language");
    CHECK(ask("/books").body == R"({"items":[{"title":"limit 50"}],"next":null})");
}

TEST_CASE_FIXTURE(Fixture, "parameters that are wrong, unknown or given twice are refused, all at once")
{
    const auto refused =
        ask("/books",
            {{"limit", "0"}, {"on_loan", "maybe"}, {"page", "2"}, {"limit", "1"}, {"cursor", "\xff"}});

    CHECK(refused.status == 422);
    CHECK(
        errors_of(refused) ==
        std::vector<std::string>{
            "limit too_small",
            "cursor characters",
            "on_loan not_boolean",
            "page unknown_parameter",
            "limit given_twice"}
    );
    CHECK(errors_of(ask("/books", {{"limit", "1.0"}})).front() == "limit not_integer");
}

TEST_CASE_FIXTURE(Fixture, "who shows no good token is told how to get one, who lacks a scope which")
{
    const auto stranger = lend("1", good_body, "Bearer wrong");
    const auto guest = lend("1", good_body, "Bearer guest");

    CHECK(stranger.status == 401);
    CHECK(header_of(stranger, "www-authenticate") == "Bearer");
    CHECK(guest.status == 403);
    CHECK(
        header_of(guest, "www-authenticate") == R"(Bearer error="insufficient_scope", scope="cases:write")"
    );
    CHECK(body_of(guest).text_of("detail").find("cases:write") != std::string_view::npos);
}

TEST_CASE_FIXTURE(Fixture, "a body is checked before the work begins")
{
    CHECK(lend("1", good_body).status == 201);
    CHECK(lend("1", good_body).body == R"({"title":"Anna"})");
    CHECK(header_of(lend("1", good_body), "cache-control") == "no-store");
    CHECK(lend("1", good_body, "Bearer member", "text/plain").status == 415);
    CHECK(lend("1", "{").status == 400);
    CHECK(lend("1", "").status == 400);
    CHECK(
        errors_of(lend("0", R"({"note": "a long note", "til": 1})")) ==
        std::vector<std::string>{"book too_small", "/until required", "/note too_long", "/til unknown_member"}
    );
}

TEST_CASE_FIXTURE(
    Fixture, "what an operation refuses is a problem with a stable type, in the caller's language"
)
{
    const auto taken = lend("2", good_body);
    const auto busy = lend("3", good_body);

    CHECK(taken.status == 409);
    CHECK(body_of(taken).text_of("type") == "/api/v1/problems/conflict");
    CHECK(body_of(taken).text_of("title") == "Das geht im jetzigen Zustand nicht");
    CHECK(body_of(taken).text_of("detail") == "Das fehlt.");
    CHECK(busy.status == 429);
    CHECK(header_of(busy, "retry-after") == "30");
    const auto french = ask("/books", {{"x", "1"}}, {{"accept-language", "fr"}});
    CHECK(body_of(french).text_of("title") == "Les indications ne sont pas correctes");
    CHECK(header_of(french, "content-language") == "fr");
}

TEST_CASE_FIXTURE(Fixture, "each type of problem is explained at its own address")
{
    for (const auto& type : problem_types()) {
        const auto explained = ask("/problems/" + std::string(type.name));

        CHECK(explained.status == 200);
        CHECK(body_of(explained).find("status")->integer() == type.status);
        CHECK(body_of(explained).text_of("detail").size() > 10);
    }
    CHECK(ask("/problems/none").status == 422);
}

TEST_CASE_FIXTURE(Fixture, "the description names every operation with its parameters, answers and problems")
{
    const auto document = body_of(ask("/openapi.json"));

    CHECK(document.text_of("openapi") == "3.1.0");
    const auto& loan = *document.find("paths")->find("/books/{book}/loan")->find("post");
    CHECK(loan.text_of("operationId") == "lendBook");
    CHECK(json::write(*loan.find("security")) == R"([{"client":["cases:write"]}])");
    std::string statuses;
    for (const auto& [status, response] : *loan.find("responses")->if_object())
        statuses += status + " ";
    CHECK(statuses == "201 400 401 403 409 415 422 500 ");
    const auto& books = *document.find("paths")->find("/books")->find("get");
    CHECK(json::write(*books.find("security")) == "[]");
    CHECK(books.find("responses")->find("304") != nullptr);
    const auto& scheme = *document.find("components")->find("securitySchemes")->find("client");
    CHECK(
        scheme.find("flows")->find("clientCredentials")->text_of("tokenUrl") ==
        "https://portal.example/oauth/token"
    );
    CHECK(document.find("components")->find("schemas")->find("Book") != nullptr);
}

TEST_CASE_FIXTURE(Fixture, "a description that is not whole is our own bug")
{
    const auto make = [this](const std::function<void(Slice&)>& spoil) {
        std::vector<Slice> slices{library()};
        spoil(slices.front());
        Interface(
            Parts{
                texts,
                {},
                [](const auto&) { return html::Language::de; },
                [](const auto&) { return std::optional<Caller>(); }},
            std::move(slices)
        );
    };

    CHECK_NOTHROW(make([](Slice&) {}));
    CHECK_THROWS_AS(make([](Slice& slice) { slice.operations[1].id = "listBooks"; }), std::logic_error);
    CHECK_THROWS_AS(make([](Slice& slice) { slice.operations[0].sentence = "api.no"; }), std::logic_error);
    CHECK_THROWS_AS(make([](Slice& slice) { slice.schemas.clear(); }), std::logic_error);
    CHECK_THROWS_AS(make([](Slice& slice) { slice.schemas.emplace("Money", text()); }), std::logic_error);
}
