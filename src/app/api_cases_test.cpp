// Cases and orders at /api/v1, as programs of authorities use them, through the whole portal.
#include "app/program_fixture.hpp"

using namespace app;

TEST_CASE("an authority's program reads its cases with all that belongs to them, and no others")
{
    with_town([](Town& town) {
        const auto reference = open_case_with_clerk(town);
        Program dialog(town, "4001", "cases:read");
        Program neighbour(town, "4021", "cases:read");
        Program canton(town, "canton", "cases:read");

        const auto listed = dialog.get("/cases?state=with_clerk");
        REQUIRE(listed.items().size() == 1);
        CHECK(listed.items().front().text_of("applicant") == "Petrovic Neda");
        CHECK(dialog.get("/cases?state=completed").items().empty());
        CHECK(dialog.get("/cases?changedSince=2099-01-01T00:00:00Z").items().empty());
        const auto read = dialog.get("/cases/" + reference);
        CHECK(read.at("task").text_of("reason") == "not_found");
        CHECK(read.at("payment").text_of("state") == "paid");
        CHECK(read.at("answers").text_of("person.last_name") == "Petrovic");
        CHECK(read.at("history").if_array()->front().text_of("kind") == "received");
        CHECK(canton.get("/cases?municipality=4001").items().size() == 1);
        CHECK(canton.get("/cases/" + reference).status == 200);

        CHECK(errors_of(canton.get("/cases")) == Errors{"municipality required"});
        CHECK(neighbour.get("/cases").items().empty());
        CHECK(neighbour.get("/cases?municipality=4001").status == 403);
        CHECK(neighbour.get("/cases/" + reference).status == 404);
        CHECK(dialog.get("/cases/AG-4001-AAAA-AAAA").status == 404);
        CHECK(errors_of(dialog.get("/cases?cursor=x")) == Errors{"cursor unknown_cursor"});
        CHECK(
            errors_of(dialog.get("/cases?changedSince=gestern")) == Errors{"changedSince format_date-time"}
        );
        CHECK(Program(town).get("/cases").status == 401);
        CHECK(Program(town, "4001", "tasks").get("/cases").status == 403);
    });
}

TEST_CASE("cases come page by page, each once")
{
    with_town([](Town& town) {
        std::set<std::string> expected;
        for (int count = 0; count < 3; ++count) {
            Browser browser(town);
            expected.insert(order(town, browser));
        }
        town.work();
        Program dialog(town, "4001", "cases:read");

        std::set<std::string> seen;
        std::string cursor;
        for (int page = 0; page < 3; ++page) {
            const auto listed = dialog.get("/cases?limit=1" + (cursor.empty() ? "" : "&cursor=" + cursor));
            REQUIRE(listed.items().size() == 1);
            seen.emplace(listed.items().front().text_of("reference"));
            cursor = listed.text("next");
            CHECK(cursor.empty() == (page == 2));
        }

        CHECK(seen == expected);
    });
}

TEST_CASE("an authority's program corrects and decides as a clerk does, once")
{
    with_town([](Town& town) {
        const auto reference = open_case_with_clerk(town);
        Program dialog(town, "4001", "cases:read cases:write");
        const auto task = std::string(dialog.get("/cases/" + reference).at("task").text_of("id"));
        const auto address = "/cases/" + reference + "/tasks/" + task + "/decision";
        const auto correct = [&](json::Object answers) {
            return dialog.post(
                address, json::Object{{"decision", "correct"}, {"answers", std::move(answers)}}
            );
        };

        CHECK(
            errors_of(dialog.post(address, json::Object{{"decision", "refuse"}})) ==
            Errors{"/text text_missing"}
        );
        CHECK(errors_of(correct({})) == Errors{"/answers correction_missing"});
        CHECK(
            errors_of(correct({{"person.last_name", ""}, {"delivery.copies", 2}, {"shoe_size", 38}})) ==
            Errors{"/answers/shoe_size unknown", "/answers/delivery.copies not_correctable"}
        );
        CHECK(errors_of(correct({{"person.last_name", ""}})) == Errors{"/answers/person.last_name required"});
        CHECK(dialog.get("/cases/" + reference).at("answers").text_of("person.last_name") == "Petrovic");
        const auto decided = correct({{"person.last_name", "Petrović"}});
        CHECK(decided.status == 200);
        CHECK(decided.at("answers").text_of("person.last_name") == "Petrović");
        town.work();
        CHECK(dialog.get("/cases/" + reference).text("state") == "completed");
        CHECK(dialog.get("/cases/" + reference).at("documents").if_array()->size() == 1);

        const auto again = correct({{"person.last_name", "Petrović"}});
        CHECK(again.status == 409);
        CHECK(again.text("detail").find("Dialog") != std::string::npos);
        CHECK(
            Program(town, "4021", "cases:write")
                .post(address, json::Object{{"decision", "approve"}})
                .status == 404
        );
        CHECK(
            Program(town, "4001", "cases:read").post(address, json::Object{{"decision", "approve"}}).status ==
            403
        );
        CHECK(dialog.call("POST", address, "decision=approve", {}).status == 415);
        CHECK(dialog.call("POST", address, "{", {{"Content-Type", "application/json"}}).status == 400);
    });
}

TEST_CASE("a program orders for somebody, who pays and gets the document")
{
    with_town([](Town& town) {
        Program shop(town, "4001", "orders:write cases:read");

        const auto ordered = shop.post("/orders", order_of(anna_answers()), first_key);
        CHECK(ordered.status == 201);
        CHECK(ordered.at("payment").find("amount")->find("minorUnits")->integer() == 2500);
        const auto reference = ordered.text("reference");
        CHECK(ordered.header("location") == "/api/v1/cases/" + reference);
        Browser anna(town);
        anna.open(ordered.text("url").substr(std::string_view("http://portal").size()));
        const auto page = anna.place;
        anna.send(
            page, {{"geburtsdatum-day", "12"}, {"geburtsdatum-month", "3"}, {"geburtsdatum-year", "1984"}}
        );
        anna.send(page + "/bezahlen");
        press(town, anna, anna.place, "pay");
        town.work();

        CHECK(shop.get("/cases/" + reference).text("state") == "completed");
        const auto history = json::write(shop.get("/cases/" + reference).at("history"));
        CHECK(history.find("\"who\":\"Dialog\"") != std::string::npos);
    });
}

TEST_CASE("the same key never orders twice, and never something else")
{
    with_town([](Town& town) {
        Program shop(town, "4001", "orders:write cases:read");
        Program other(town, "canton", "orders:write");
        const auto first = shop.post("/orders", order_of(anna_answers()), first_key);
        auto changed = anna_answers();
        changed["person.first_name"] = "Hanna";

        const auto again = shop.post("/orders", order_of(anna_answers()), first_key);

        CHECK(again.status == 200);
        CHECK(again.text("reference") == first.text("reference"));
        CHECK(shop.post("/orders", order_of(changed), first_key).status == 409);
        CHECK(shop.get("/cases").items().size() == 1);
        CHECK(other.post("/orders", order_of(anna_answers()), first_key).status == 201);
        CHECK(
            errors_of(shop.post("/orders", order_of(anna_answers()))) == Errors{"idempotency-key required"}
        );
    });
}

TEST_CASE("an order that cannot be placed says why, and leaves nothing behind")
{
    with_town([](Town& town) {
        Program shop(town, "4001", "orders:write cases:read");
        auto answers = anna_answers();
        answers["person.last_name"] = "";
        answers["contact.email"] = "anna";
        auto elsewhere = order_of(anna_answers());
        elsewhere["municipality"] = 9998;
        elsewhere["service"] = "none";
        auto neighbour = order_of(anna_answers());
        neighbour["municipality"] = 4021;

        CHECK(
            errors_of(shop.post("/orders", order_of(answers), first_key)) ==
            Errors{"/answers/person.last_name required", "/answers/contact.email format"}
        );
        CHECK(
            errors_of(shop.post("/orders", elsewhere, first_key)) ==
            Errors{"/municipality unknown_municipality", "/service unknown_service"}
        );
        CHECK(shop.post("/orders", neighbour, first_key).status == 403);
        CHECK(
            errors_of(shop.post("/orders", json::Object{{"answers", 5}, {"price", 0}}, first_key)) ==
            Errors{
                "/municipality required", "/service required", "/answers not_object", "/price unknown_member"}
        );
        CHECK(shop.get("/cases").items().empty());
    });
}
