#include "base/random.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"
#include "kit/sql/database.hpp"
#include "platform/clients/clients.hpp"
#include "platform/clients/resources.hpp"
#include "platform/clients/token_api.hpp"
#include "testing/clock.hpp"
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

using namespace clients;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    explicit Fixture(sql::Database& database) : clients(database, clock, random) {}

    testing::TestClock clock;
    base::SystemRandom random;
    Clients clients;
    Credentials dialog = clients.add({{"4021"}, "Dialog G6, Baden", {"processes", "jobs:fetch-person"}});

    http::Response ask(http::Fields form, http::Fields headers = {}, bool may_try = true)
    {
        http::Router router(token_routes(clients, [=](std::string_view) { return may_try; }));
        headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        http::Request request;
        request.method = http::Method::post;
        request.path = "/oauth/token";
        request.headers = std::move(headers);
        request.body = http::write_form(form);
        return router.handle(request);
    }

    std::optional<Client> client_with(const std::string& authorization)
    {
        http::Request request;
        request.headers.emplace_back("authorization", authorization);
        return client_of(clients, request);
    }
};

void for_each_fixture(const std::function<void(Fixture&)>& test)
{
    testing::for_each_database({resources::migrations()}, [&](sql::Database& database) {
        Fixture fixture(database);
        test(fixture);
    });
}

json::Value body_of(const http::Response& response)
{
    const auto parsed = json::parse(response.body);
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

TEST_CASE("a client gets a token for its secret, and is known by it for an hour")
{
    for_each_fixture([](Fixture& fixture) {
        const auto token =
            fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret);
        REQUIRE(token);
        const auto client = fixture.clients.find(token->text);
        REQUIRE(client);
        CHECK(client->tenant.text == "4021");
        CHECK(client->may("processes"));
        CHECK_FALSE(client->may("deploy"));
        CHECK(client->may_work_on("fetch-person"));
        CHECK_FALSE(client->may_work_on("send-mail"));
        CHECK(client->serves({"4021"}));
        CHECK_FALSE(client->serves({"4001"}));

        fixture.clock.advance(61min);
        CHECK_FALSE(fixture.clients.find(token->text));
        CHECK_FALSE(fixture.clients.find("nonsense"));

        // In the shape of a JSON Web Token: clients read in it until when it is good.
        const auto parts = std::ranges::count(token->text, '.') + 1;
        CHECK(parts == 3);
    });
}

TEST_CASE("an unknown client, a wrong secret and a client that was switched off are told the same")
{
    for_each_fixture([](Fixture& fixture) {
        CHECK(fixture.clients.issue_token("nobody", "x").error().message_key == "clients.wrong_secret");
        CHECK(
            fixture.clients.issue_token(fixture.dialog.client_id, "x").error().message_key ==
            "clients.wrong_secret"
        );
        CHECK(
            fixture.clients.issue_token(fixture.dialog.client_id, "").error().message_key ==
            "clients.wrong_secret"
        );

        const auto token =
            fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret);
        REQUIRE(fixture.clients.switch_off(fixture.dialog.client_id));
        CHECK_FALSE(fixture.clients.find(token->text));
        CHECK(
            fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret)
                .error()
                .message_key == "clients.wrong_secret"
        );
    });
}

TEST_CASE("after its secret was changed the former one is taken for another day, so that nothing stops")
{
    for_each_fixture([](Fixture& fixture) {
        const auto fresh = fixture.clients.rotate(fixture.dialog.client_id);
        REQUIRE(fresh);
        CHECK(fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret));
        CHECK(fixture.clients.issue_token(fresh->client_id, fresh->client_secret));

        fixture.clock.advance(25h);
        CHECK_FALSE(fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret));
        CHECK(fixture.clients.issue_token(fresh->client_id, fresh->client_secret));
    });
}

TEST_CASE("the list says when a client was last used")
{
    for_each_fixture([](Fixture& fixture) {
        CHECK_FALSE(fixture.clients.list().at(0).last_used_at);
        REQUIRE(fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret));
        CHECK(fixture.clients.list().at(0).last_used_at == fixture.clock.now());
    });
}

TEST_CASE("tokens that have run out are swept away, others stay")
{
    for_each_fixture([](Fixture& fixture) {
        const auto old = fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret);
        fixture.clock.advance(50min);
        const auto fresh =
            fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret);
        fixture.clock.advance(20min);
        fixture.clients.purge();
        fixture.clients.purge();
        CHECK_FALSE(fixture.clients.find(old->text));
        CHECK(fixture.clients.find(fresh->text));
    });
}

TEST_CASE("a token may be asked for with fewer scopes, never with more")
{
    for_each_fixture([](Fixture& fixture) {
        const auto fewer =
            fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret, "processes");
        REQUIRE(fewer);
        CHECK_FALSE(fixture.clients.find(fewer->text)->may_work_on("fetch-person"));
        for (const auto* more : {"deploy", "jobs", "jobs:other"})
            CHECK(
                fixture.clients.issue_token(fixture.dialog.client_id, fixture.dialog.client_secret, more)
                    .error()
                    .message_key == "clients.missing_scope"
            );
        CHECK(parse_scopes("deploy  tasks deploy").value() == Scopes{"deploy", "tasks"});
        CHECK(parse_scopes("cases:read cases:write orders:write").value().size() == 3);
        CHECK(parse_scopes("everything").error().detail == "everything");
        CHECK_FALSE(parse_scopes("jobs:"));
    });
}

TEST_CASE("the token address speaks RFC 6749, with the secret in the form or in the header")
{
    for_each_fixture([](Fixture& fixture) {
        const http::Fields grant{{"grant_type", "client_credentials"}};
        auto form = grant;
        form.emplace_back("client_id", fixture.dialog.client_id);
        form.emplace_back("client_secret", fixture.dialog.client_secret);
        const auto given = fixture.ask(form);
        CHECK(given.status == 200);
        const auto body = body_of(given);
        CHECK(body.text_of("token_type") == "Bearer");
        CHECK(body.find("expires_in")->integer() == 3600);
        CHECK(body.text_of("scope") == "processes jobs:fetch-person");
        CHECK(fixture.client_with("Bearer " + std::string(body.text_of("access_token"))));
        CHECK_FALSE(fixture.client_with("Basic " + std::string(body.text_of("access_token"))));

        const auto basic =
            "Basic " + crypto::base64(fixture.dialog.client_id + ":" + fixture.dialog.client_secret);
        CHECK(fixture.ask(grant, {{"authorization", basic}}).status == 200);
        CHECK(fixture.ask(grant, {{"authorization", "Basic !"}}).status == 401);
        const auto wrong = fixture.ask(grant, {{"authorization", "Basic " + crypto::base64("a:b")}});
        CHECK(wrong.status == 401);
        CHECK(body_of(wrong).text_of("error") == "invalid_client");

        CHECK(
            body_of(fixture.ask({{"grant_type", "password"}})).text_of("error") == "unsupported_grant_type"
        );
        auto other_scope = form;
        other_scope.emplace_back("scope", "deploy");
        CHECK(body_of(fixture.ask(other_scope)).text_of("error") == "invalid_scope");
        CHECK(fixture.ask(form, {}, false).status == 429);
    });
}
