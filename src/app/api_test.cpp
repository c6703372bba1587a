// What is public at /api/v1, and what the interface says about itself, through the whole portal.
#include "app/program_fixture.hpp"

using namespace app;

TEST_CASE("anybody finds municipalities by name, postal code and former name, page by page")
{
    with_town([](Town& town) {
        Program anybody(town);

        const auto first = anybody.get("/municipalities?limit=2");
        REQUIRE(first.items().size() == 2);
        const auto second = anybody.get("/municipalities?limit=2&cursor=" + first.text("next"));
        CHECK(second.items().front() != first.items().back());
        const auto found = anybody.get("/municipalities?q=5000&participates=true");
        REQUIRE_FALSE(found.items().empty());
        CHECK(found.items().front().text_of("name") == "Aarau");
        CHECK(found.items().front().find("foundBy")->text_of("postalCode") == "5000");
        CHECK(anybody.get("/municipalities?q=xyzxyz").items().empty());
        CHECK(anybody.get("/municipalities?q=xyzxyz").at("next").is_null());

        CHECK(anybody.get("/municipalities/4001").text("slug") == "aarau");
        CHECK(anybody.get("/municipalities/9998").status == 404);
        CHECK(errors_of(anybody.get("/municipalities/aarau")) == Errors{"bfs not_integer"});
        CHECK(errors_of(anybody.get("/municipalities?cursor=x")) == Errors{"cursor unknown_cursor"});
    });
}

TEST_CASE("anybody reads services in their language, what they ask and what they cost where")
{
    with_town([](Town& town) {
        Program anybody(town);

        const auto found = anybody.get("/services?q=wohnsitzbescheinigng");
        REQUIRE(found.items().size() == 1);
        const std::string id(found.items().front().text_of("id"));
        const auto french = anybody.get("/services/" + id, {{"Accept-Language", "de;q=0.5, fr"}});
        CHECK(french.header("content-language") == "fr");
        CHECK(french.header("cache-control").starts_with("public"));
        CHECK(french.text("title") != anybody.get("/services/" + id).text("title"));
        const auto form = anybody.get("/services/" + id + "/form");
        CHECK(form.at("pages").if_array()->size() == 6);
        const auto offers = anybody.get("/municipalities/4001/services");
        REQUIRE(offers.items().size() == 1);
        CHECK(offers.items().front().find("priceFrom")->find("minorUnits")->integer() == 2500);
        CHECK(
            offers.items().front().text_of("url") ==
            "http://portal/aarau/leistungen/hauptwohnsitzbescheinigung"
        );

        CHECK(anybody.get("/services/none").status == 404);
        CHECK(anybody.get("/services/none/form").status == 404);
        CHECK(anybody.get("/municipalities/9998/services").status == 404);
        CHECK(errors_of(anybody.get("/services?lang=fr")) == Errors{"lang unknown_parameter"});
    });
}

TEST_CASE("anybody verifies a document by its code, but nobody guesses codes in peace")
{
    with_town([](Town& town) {
        Browser anna(town);
        (void)order(town, anna);
        town.work();
        anna.open(anna.place);
        const auto code = code_on(certificate(anna));
        Program anybody(town);

        const auto found = anybody.get("/documents/" + code);
        CHECK(found.text("verdict") == "valid");
        CHECK(found.text("initials") == "A. K.");
        CHECK(found.at("issuer").text_of("name") == "Aarau");
        CHECK(found.header("cache-control") == "no-store");
        CHECK(anybody.get("/documents/AAAA-AAAA-AAAA").status == 404);
        for (int attempt = 0; attempt < 20; ++attempt)
            (void)anybody.get("/documents/AAAA-AAAA-AAAA");
        const auto stopped = anybody.get("/documents/" + code);
        CHECK(stopped.status == 429);
        CHECK(stopped.header("retry-after") == "30");
    });
}

TEST_CASE("an address that is not part of the interface, and a wrong method, are problems, not pages")
{
    with_town([](Town& town) {
        Program anybody(town);

        const auto nowhere = anybody.get("/nowhere", {{"Accept-Language", "it"}});
        CHECK(nowhere.status == 404);
        CHECK(nowhere.text("title") == "Questo non esiste");
        const auto wrong_method = anybody.call("DELETE", "/services", {}, {});
        CHECK(wrong_method.status == 405);
        CHECK(wrong_method.header("allow") == "GET");
    });
}

TEST_CASE("the interface describes itself, every route of it and nothing else, in every language")
{
    with_town([](Town& town) {
        Program anybody(town);

        const auto document = anybody.get("/openapi.json", {{"Accept-Language", "en"}});
        CHECK(anybody.get("/problems/conflict").text("type") == "/api/v1/problems/conflict");

        std::set<std::string> described;
        for (const auto& [path, methods] : *document.at("paths").if_object())
            for (const auto& [method, operation] : *methods.if_object()) {
                std::string upper = method;
                std::ranges::transform(upper, upper.begin(), [](char letter) {
                    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
                });
                described.insert(upper + " /api/v1" + path);
                // A key that has no text would stand there instead of it.
                CHECK(operation.text_of("summary").find(' ') != std::string_view::npos);
            }
        std::set<std::string> routed;
        for (const auto& route : town.portal->routes())
            if (route.find(" /api/v1/") != std::string::npos && !route.ends_with("/docs"))
                routed.insert(route);
        CHECK(described == routed);
        CHECK(document.at("servers").if_array()->front().text_of("url") == "http://portal/api/v1");
    });
}

TEST_CASE("developers read about every operation on a page that needs no scripts")
{
    with_town([](Town& town) {
        Browser developer(town, "fr-CH");

        developer.open("/api/v1/docs");

        CHECK(developer.page.status == 200);
        CHECK(developer.shows("Interface de programmation"));
        for (const auto& operation : town.portal->interface().operations())
            CHECK(developer.shows("/api/v1" + operation.pattern));
    });
}

TEST_CASE("every operation of the interface answers what it declares")
{
    with_town([](Town& town) {
        Browser anna(town);
        (void)order(town, anna);
        town.work();
        anna.open(anna.place);
        const auto code = code_on(certificate(anna));
        const auto reference = open_case_with_clerk(town);
        Program program(town, "4001", "cases:read cases:write orders:write webhooks");

        for (const auto* path :
             {"/openapi.json",
              "/problems/invalid",
              "/municipalities",
              "/municipalities/4001",
              "/municipalities/4001/services",
              "/services",
              "/services/hauptwohnsitzbescheinigung",
              "/services/hauptwohnsitzbescheinigung/form",
              "/cases"})
            (void)program.get(path);
        (void)program.get("/documents/" + code);
        const auto task = std::string(program.get("/cases/" + reference).at("task").text_of("id"));
        (void)program.post(
            "/cases/" + reference + "/tasks/" + task + "/decision", json::Object{{"decision", "approve"}}
        );
        (void)program.post("/orders", order_of(anna_answers()), first_key);
        const auto event = std::string(program.get("/events").items().front().text_of("id"));
        const json::Object hooks{
            {"address", "https://dialog.example/hooks"}, {"kinds", json::Array{"order.paid"}}};
        const auto webhook = "/webhooks/" + program.post("/webhooks", hooks).text("id");
        (void)program.get("/webhooks");
        (void)program.get(webhook);
        (void)program.post(webhook + "/replays", json::Object{{"from", event}});
        (void)program.call("DELETE", webhook, {}, {});

        std::set<std::string> declared;
        for (const auto& operation : town.portal->interface().operations())
            declared.insert(operation.id);
        CHECK(program.called == declared);
    });
}
