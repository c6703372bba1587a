#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"
#include "sandbox/payrexx.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

// Takes webhooks in the portal's place.
class Portal final : public http::Client {
public:
    base::Result<http::Response> send(const http::ClientRequest& request) override
    {
        taken.push_back(request);
        return http::empty(status);
    }

    std::vector<http::ClientRequest> taken;
    int status = 204;
};

struct Till {
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    Pages pages;
    Payrexx payrexx{clock, random, pages, "http://portal"};
    Portal portal;

    http::Response call(http::Method method, const std::string& path, const std::string& body = {})
    {
        http::Request request;
        request.method = method;
        request.path = path;
        request.target = path + "?instance=gemeinde-4001";
        request.query = {{"instance", "gemeinde-4001"}};
        request.headers = {
            {"x-api-key", "demo-api-4001"},
            {"host", "pay.example"},
            {"content-type", "application/x-www-form-urlencoded"},
        };
        request.body = body;
        return payrexx.handle(request);
    }

    json::Value data(const http::Response& response) const
    {
        const auto body = json::parse(response.body).value();
        REQUIRE(body.text_of("status") == "success");
        return body.find("data")->if_array()->front();
    }

    json::Value order(const std::string& form = "amount=3000&currency=CHF&referenceId=AG-1&pm%5B0%5D=twint")
    {
        return data(call(http::Method::post, "/v1.16/Gateway/", form));
    }

    http::Response
    press(const json::Value& gateway, const std::string& action, const std::string& method = "twint")
    {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/bezahlen";
        request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
        request.body =
            "payment=" + std::string(gateway.text_of("hash")) + "&method=" + method + "&action=" + action;
        return payrexx.handle(request);
    }

    PayrexxSwitches& switches()
    {
        return payrexx.with_books([](PayrexxBooks& books) -> PayrexxSwitches* {
            return &books.find_instance("gemeinde-4001")->switches;
        })[0];
    }
};

std::string status_in(const http::ClientRequest& webhook)
{
    return std::string(json::parse(webhook.body).value().find("transaction")->text_of("status"));
}

}  // namespace

TEST_CASE_FIXTURE(Till, "a gateway is made, and echoes what was understood")
{
    const auto gateway = order();

    CHECK(gateway.text_of("status") == "waiting");
    CHECK(gateway.text_of("link").starts_with("http://pay.example/?payment="));
    CHECK(gateway.find("amount")->integer() == 3000);
    CHECK(*gateway.find("pm") == json::Value(json::Array{"twint"}));
}

TEST_CASE_FIXTURE(Till, "a list without indices is dropped without a word")
{
    CHECK(*order("amount=1&currency=CHF&pm=twint").find("pm") == json::Value(json::Array{}));
    CHECK(*order("amount=1&currency=CHF&pm%5B%5D=twint").find("pm") == json::Value(json::Array{}));
}

TEST_CASE_FIXTURE(Till, "a basket must add up to the amount")
{
    const std::string basket = "&currency=CHF&basket%5B0%5D%5Bamount%5D=1000&basket%5B0%5D%5Bquantity%5D=3";

    CHECK(call(http::Method::post, "/v1.16/Gateway/", "amount=3000" + basket).status == 200);
    CHECK(call(http::Method::post, "/v1.16/Gateway/", "amount=2999" + basket).status == 400);
}

TEST_CASE_FIXTURE(Till, "errors have their own status since version 1.15, and are 200 before")
{
    CHECK(call(http::Method::get, "/v1.16/Gateway/7/").status == 404);
    CHECK(call(http::Method::get, "/v1.14/Gateway/7/").status == 200);
    CHECK(call(http::Method::get, "/v1.17/Gateway/7/").status == 404);
    CHECK(call(http::Method::get, "/v1.17/Gateway/7/").body.find("Version not found.") != std::string::npos);
}

TEST_CASE_FIXTURE(Till, "a call without an instance, or with a wrong key, is refused")
{
    http::Request request;
    request.path = "/v1.16/SignatureCheck/0/";
    CHECK(payrexx.handle(request).status == 422);

    request.query = {{"instance", "gemeinde-4001"}};
    request.headers = {{"x-api-key", "guessed"}};
    CHECK(payrexx.handle(request).status == 403);
}

TEST_CASE_FIXTURE(Till, "the older signature over all parameters opens too")
{
    http::Request request;
    request.method = http::Method::post;
    request.path = "/v1.0/SignatureCheck/0/";
    request.query = {{"instance", "gemeinde-4001"}};
    const std::string parameters = "amount=3000&pm%5B0%5D=twint";
    const auto signature = crypto::hmac_sha256_base64("demo-api-4001", parameters);
    request.body = parameters + "&ApiSignature=" + http::percent_encode(signature);
    CHECK(payrexx.handle(request).body.find("success") != std::string::npos);

    request.body += "&amount=1";
    CHECK(payrexx.handle(request).body.find("success") == std::string::npos);
}

TEST_CASE_FIXTURE(Till, "the firewall stops the 601st call in five minutes with 405, later ones with 403")
{
    for (int count = 0; count < 600; ++count)
        call(http::Method::get, "/v1.16/SignatureCheck/0/");

    CHECK(call(http::Method::get, "/v1.16/SignatureCheck/0/").status == 405);
    for (int count = 0; count < 20; ++count)
        call(http::Method::get, "/v1.16/SignatureCheck/0/");
    CHECK(call(http::Method::get, "/v1.16/SignatureCheck/0/").status == 403);
    clock.advance(5min);
    CHECK(call(http::Method::get, "/v1.16/SignatureCheck/0/").status == 200);
}

TEST_CASE_FIXTURE(Till, "who pays is sent back, and the merchant hears of it with a signed message")
{
    const auto gateway =
        order("amount=3000&currency=CHF&referenceId=AG-1&successRedirectUrl=http%3A%2F%2Fok");

    const auto answer = press(gateway, "pay");
    payrexx.deliver_due(portal);

    CHECK(answer.status == 303);
    REQUIRE(portal.taken.size() == 2);
    CHECK(status_in(portal.taken[0]) == "waiting");
    CHECK(status_in(portal.taken[1]) == "confirmed");
    CHECK(portal.taken[1].url == "http://portal/zahlung/payrexx/4001");
    CHECK(
        http::find_field(portal.taken[1].headers, "X-Webhook-Signature") ==
        crypto::hmac_sha256_hex("demo-signing-4001", portal.taken[1].body)
    );
}

TEST_CASE_FIXTURE(Till, "after a declined payment one can pay on the same page")
{
    const auto gateway = order();

    press(gateway, "decline");
    press(gateway, "pay");
    payrexx.deliver_due(portal);

    CHECK(status_in(portal.taken.back()) == "confirmed");
    CHECK(press(gateway, "pay").body.find("erledigt") != std::string::npos);
}

TEST_CASE_FIXTURE(Till, "a page that has run out takes no money")
{
    const auto gateway = order("amount=3000&currency=CHF&validity=15");

    clock.advance(16min);

    CHECK(press(gateway, "pay").status == 410);
}

TEST_CASE_FIXTURE(Till, "what the merchant does not take comes again after a minute")
{
    portal.status = 500;
    press(order(), "pay");
    payrexx.deliver_due(portal);
    CHECK(payrexx.deliver_due(portal) == 0);

    clock.advance(1min);
    portal.status = 204;

    CHECK(payrexx.deliver_due(portal) == 2);
    clock.advance(24h);
    CHECK(payrexx.deliver_due(portal) == 0);
}

TEST_CASE_FIXTURE(Till, "messages can be doubled, swapped, held back, lost and tampered with")
{
    switches().reorder = true;
    switches().duplicates = 1;
    press(order(), "pay");
    payrexx.deliver_due(portal);
    REQUIRE(portal.taken.size() == 2);
    CHECK(status_in(portal.taken[0]) == "confirmed");
    clock.advance(2s);
    payrexx.deliver_due(portal);
    REQUIRE(portal.taken.size() == 4);
    CHECK(status_in(portal.taken[2]) == "waiting");

    switches() = {};
    switches().delay = 30s;
    press(order(), "pay");
    CHECK(payrexx.deliver_due(portal) == 0);
    clock.advance(30s);
    CHECK(payrexx.deliver_due(portal) == 2);

    switches() = {};
    switches().lose = true;
    press(order(), "pay");
    CHECK(payrexx.deliver_due(portal) == 0);

    switches() = {};
    switches().tamper = true;
    press(order(), "pay");
    payrexx.deliver_due(portal);
    CHECK(
        http::find_field(portal.taken.back().headers, "X-Webhook-Signature") !=
        crypto::hmac_sha256_hex("demo-signing-4001", portal.taken.back().body)
    );
}

TEST_CASE_FIXTURE(Till, "refunds add up and cannot exceed what was paid")
{
    const auto gateway = order();
    press(gateway, "pay");
    const auto shown = data(call(http::Method::get, "/v1.16/Transaction/0/"));
    const std::string id = shown.find("id")->if_number()->text;

    CHECK(call(http::Method::post, "/v1.16/Transaction/" + id + "/refund", "amount=1000").status == 200);
    CHECK(call(http::Method::post, "/v1.16/Transaction/" + id + "/refund", "amount=2001").status == 400);
    CHECK(call(http::Method::post, "/v1.16/Transaction/" + id + "/refund").status == 200);

    const auto refunded = data(call(http::Method::get, "/v1.16/Transaction/" + id + "/"));
    CHECK(refunded.text_of("status") == "refunded");
    CHECK(refunded.find("invoice")->find("refundedAmount")->integer() == 3000);
}
