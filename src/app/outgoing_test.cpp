// What business systems see of us, through the whole portal.
#include "app/browser_fixture.hpp"

using namespace app;

namespace {

http::Response ask_register(Town& town, const http::Fields& more = {})
{
    http::Fields headers{{"Host", "registers"}, {"Authorization", "Bearer demo-connector-4001"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return town.registers.handle(request_of("POST", "/4001/persons/search", headers, R"({"person": {}})"));
}

std::string figure(const Town& town, const std::string& name)
{
    const auto text = town.portal->metrics().body;
    const auto start = text.find("\n" + name + " ") + name.size() + 2;
    return text.substr(start, text.find('\n', start) - start);
}

}  // namespace

TEST_CASE("a register takes our requests by their signature, and nobody else's")
{
    with_town([](Town& town) {
        Browser anna(town);
        order(town, anna);
        town.work();

        const auto calls = town.registers.calls(4001);

        REQUIRE(calls.size() == 1);
        CHECK(calls.front().status == 200);
        CHECK(ask_register(town).status == 401);
        CHECK(ask_register(town, {{"Signature-Input", "a=(\"@method\");created=1"}}).status == 401);
    });
}

TEST_CASE("a register that cannot fetch our keys asks us to come again")
{
    with_town([](Town& town) {
        auto& receiver = town.wire.receivers["http://portal"];
        receiver = [portal = receiver](const http::Request& asked) {
            return asked.path.starts_with("/.well-known/") ? http::empty(503) : portal(asked);
        };
        Browser anna(town);
        order(town, anna);
        town.work();

        const auto calls = town.registers.calls(4001);
        REQUIRE(calls.size() == 1);
        CHECK(calls.front().status == 503);
    });
}

TEST_CASE("our public keys are there for everybody")
{
    with_town([](Town& town) {
        Browser anybody(town);

        anybody.open("/.well-known/schalter-keys");

        CHECK(anybody.page.status == 200);
        CHECK(http::find_field(anybody.page.headers, "content-type") == "application/jwk-set+json");
        const auto keys = json::parse(anybody.page.body).value();
        const auto& key = keys.find("keys")->if_array()->front();
        CHECK(key.text_of("kty") == "OKP");
        CHECK(key.text_of("kid").size() == 43);
    });
}

TEST_CASE("a business system that fails again and again is left alone, and the operator sees it")
{
    with_town([](Town& town) {
        town.registers.set_mode(4001, sandbox::RegisterMode::down);
        for (int orders = 0; orders < 7; ++orders) {
            Browser anna(town);
            order(town, anna);
            town.work();
        }

        CHECK(town.registers.calls(4001).size() == 5);
        CHECK(figure(town, "schalter_open_circuits") == "1");

        town.registers.set_mode(4001, sandbox::RegisterMode::ok);
        for (int minutes = 0; minutes < 5; ++minutes)
            town.pass(1min);
        CHECK(figure(town, "schalter_open_circuits") == "0");
    });
}
