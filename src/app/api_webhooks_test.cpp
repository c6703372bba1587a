// A program's own subscriptions at /api/v1, through the whole portal.
#include "app/program_fixture.hpp"

using namespace app;

namespace {

// An address of documentation, for which no name has to be looked up.
const std::string hooks = "https://203.0.113.7/hooks";

json::Value wanted(const std::string& address = hooks, const json::Array& kinds = {"order.submitted"})
{
    return json::Object{{"address", address}, {"kinds", kinds}};
}

}  // namespace

TEST_CASE("a program subscribes to what happens, reads how it goes, has it again, and ends it")
{
    with_town([](Town& town) {
        Program dialog(town, "4001", "webhooks");

        const auto added = dialog.post("/webhooks", wanted());
        REQUIRE(added.status == 201);
        const auto id = added.text("id");
        Browser anna(town);
        const auto reference = order(town, anna);

        CHECK(dialog.get("/webhooks").items().size() == 1);
        CHECK(dialog.get("/webhooks/" + id).at("waiting").integer() == 1);
        const auto events = dialog.get("/events");
        REQUIRE(events.items().size() >= 1);
        const auto& first = events.items().front();
        CHECK(first.text_of("kind") == "order.submitted");
        CHECK(first.text_of("subject") == reference);
        const auto first_id = std::string(first.text_of("id"));
        CHECK(dialog.get("/events?after=" + first_id).items().size() == events.items().size() - 1);
        CHECK(dialog.get("/events?limit=1").items().size() == 1);

        town.wire.receivers["https://203.0.113.7"] = [](const http::Request&) { return http::empty(204); };
        town.work();
        CHECK(dialog.get("/webhooks/" + id).at("waiting").integer() == 0);
        const json::Value from{json::Object{{"from", first_id}}};
        CHECK(dialog.post("/webhooks/" + id + "/replays", from).at("events").integer() == 1);
        CHECK(dialog.post("/webhooks/" + id + "/replays", json::Object{{"from", "none"}}).status == 404);

        CHECK(dialog.call("DELETE", "/webhooks/" + id, {}, {}).text("id") == id);
        CHECK(dialog.get("/webhooks").items().empty());
        CHECK(dialog.get("/webhooks/" + id).status == 404);
    });
}

TEST_CASE("a program neither sees nor ends another's subscriptions, in its own authority or elsewhere")
{
    with_town([](Town& town) {
        Program dialog(town, "4001", "webhooks");
        Program colleague(town, "4001", "webhooks");
        Program neighbour(town, "4021", "webhooks");
        const auto id = dialog.post("/webhooks", wanted()).text("id");
        Browser anna(town);
        (void)order(town, anna);

        for (auto* other : {&colleague, &neighbour}) {
            CHECK(other->get("/webhooks").items().empty());
            CHECK(other->get("/webhooks/" + id).status == 404);
            CHECK(other->call("DELETE", "/webhooks/" + id, {}, {}).status == 404);
            CHECK(other->post("/webhooks/" + id + "/replays", json::Object{{"from", "x"}}).status == 404);
        }
        CHECK(neighbour.get("/events").items().empty());
        CHECK(Program(town, "4001", "cases:read").get("/webhooks").status == 403);
        CHECK(Program(town).get("/events").status == 401);
        CHECK(dialog.get("/webhooks").items().size() == 1);
    });
}

TEST_CASE("a subscription that cannot be is refused with what is wrong")
{
    with_town([](Town& town) {
        Program dialog(town, "4001", "webhooks");

        CHECK(dialog.post("/webhooks", wanted("ftp://203.0.113.7/hooks")).status == 422);
        CHECK(errors_of(dialog.post("/webhooks", wanted("hooks"))) == Errors{"/address format_uri"});
        CHECK(
            errors_of(dialog.post("/webhooks", wanted(hooks, {"order.eaten"}))) ==
            Errors{"/kinds/0 not_one_of"}
        );
        CHECK(dialog.post("/webhooks", wanted(hooks, {})).status == 422);
        CHECK(dialog.get("/webhooks").items().empty());
    });
}
