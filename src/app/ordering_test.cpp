// Ordering, as residents do it, through the whole portal.
#include "app/browser_fixture.hpp"
#include "platform/tenancy/municipalities.hpp"

using namespace app;

TEST_CASE("an order that the register knows everything about comes back as a certificate, without a clerk")
{
    const auto migrations = all_migrations();
    testing::for_each_database({migrations}, [](sql::Database& database) {
        Town town(database);
        Browser anna(town);

        const auto reference = order(town, anna);
        CHECK(anna.shows("Zahlung"));
        town.work();
        anna.open(anna.place);

        CHECK(anna.shows("(PDF)"));
        const auto text = certificate(anna);
        CHECK(text.find("Keller") != std::string::npos);
        CHECK(text.find("Anna Maria") != std::string::npos);
        CHECK(text.find("12. März 1984") != std::string::npos);
        const auto mails = town.mails_to("anna@example.org");
        REQUIRE(mails.size() == 2);
        CHECK(mails[0].text.find(reference) != std::string::npos);
        CHECK(mails[1].text.find("http://portal/vorgang/") != std::string::npos);
        CHECK(town.taken_and_refunded() == std::pair<std::int64_t, std::int64_t>(2500, 0));
    });
}

TEST_CASE("what neighbours are asked for an order belongs to the trace of the request that caused it")
{
    with_town([](Town& town) {
        std::map<std::string, std::vector<std::string>> traces;
        for (const std::string host : {"http://registers", "http://payrexx"})
            town.wire.receivers[host] =
                [&traces, host, before = town.wire.receivers[host]](const http::Request& asked) {
                    const auto traceparent = asked.header("traceparent").value_or("");
                    traces[host].emplace_back(traceparent.substr(0, 35));
                    return before(asked);
                };
        Browser anna(town);
        anna.more_headers = {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}};

        order(town, anna);
        town.work();

        const std::string expected = "00-4bf92f3577b34da6a3ce929d0e0e4736";
        CHECK(std::ranges::count(traces["http://registers"], expected) == 1);
        CHECK(std::ranges::count(traces["http://payrexx"], expected) >= 1);
    });
}

TEST_CASE("what a resident adds to the form's fields changes neither price nor municipality nor state")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);

        anna.send(
            draft + "/contact",
            {{"contact.email", "anna@example.org"},
             {"fee", "1"},
             {"amount", "1"},
             {"municipality", "4021"},
             {"tenant", "4021"},
             {"state", "completed"},
             {"delivery.copies", "-5"}}
        );
        anna.send(draft + "/pruefen", {{"fee", "1"}, {"total", "0.05"}, {"municipality", "4021"}});
        press(town, anna, anna.place, "pay");

        CHECK(anna.shows("AG-4001-"));
        CHECK(anna.shows("CHF 25.00"));
        CHECK(town.taken_and_refunded().first == 2500);
    });
}

TEST_CASE("a double click, a second tab and the back button order once")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        const auto token = anna.token();
        Browser second_tab = anna;

        anna.send(draft + "/pruefen");
        const auto payment_page = anna.place;
        second_tab.send(draft + "/pruefen", {{"csrf", token}});
        CHECK(second_tab.place.starts_with("/vorgang/"));
        anna.open(draft + "/pruefen");
        CHECK(anna.place.starts_with("/vorgang/"));
        anna.open(draft + "/person");
        CHECK(anna.place.starts_with("/vorgang/"));
        press(town, anna, payment_page, "pay");
        town.work();

        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");
        CHECK(beat.shows("1 Vorgang"));
        CHECK(town.taken_and_refunded().first == 2500);
    });
}

TEST_CASE("a payment that is declined, cancelled or left open can be tried again; only the provider says paid"
)
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        anna.send(draft + "/pruefen");

        for (const auto* button : {"decline", "cancel"}) {
            press(town, anna, anna.place, button);
            town.work();
            anna.open(anna.place);
            CHECK(anna.shows("Jetzt CHF 25.00 bezahlen"));
            anna.send(anna.place.substr(0, anna.place.find('?')) + "/bezahlen");
            REQUIRE(anna.place.starts_with("http://payrexx/"));
        }
        const auto payment_page = anna.place;
        // The browser comes back and says that all went well: that is nobody's word.
        const auto mails = town.mails_to("anna@example.org");
        REQUIRE(mails.size() == 1);
        press(town, anna, payment_page, "pay");
        CHECK_FALSE(anna.shows("(PDF)"));
        town.work();
        anna.open(anna.place);

        CHECK(anna.shows("(PDF)"));
        CHECK(town.taken_and_refunded() == std::pair<std::int64_t, std::int64_t>(2500, 0));
    });
}

TEST_CASE("a payment whose message never arrives is found by the sweep")
{
    with_town([](Town& town) {
        town.payrexx.with_books([](sandbox::PayrexxBooks& books) {
            books.find_instance("gemeinde-4001")->switches.lose = true;
            return true;
        });
        Browser anna(town);
        order(town, anna);

        for (int minute = 0; minute < 30 && !anna.shows("(PDF)"); ++minute) {
            town.pass(1min);
            anna.open(anna.place);
        }

        CHECK(anna.shows("(PDF)"));
    });
}

TEST_CASE("an order that nobody pays ends after a day, and its applicant is told")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        anna.send(draft + "/pruefen");
        const auto payment_page = anna.place;

        town.pass(23h);
        anna.open(draft + "/pruefen");
        CHECK(anna.shows("Jetzt CHF 25.00 bezahlen"));
        town.pass(2h);
        anna.open(draft + "/pruefen");

        CHECK_FALSE(anna.shows("Jetzt CHF 25.00 bezahlen"));
        CHECK(town.mails_to("anna@example.org").size() == 2);
        CHECK(town.taken_and_refunded().first == 0);
    });
}

TEST_CASE("names as people have them are taken; what cannot be shown is refused with a sentence, and kept")
{
    with_town([](Town& town) {
        Browser anna(town);
        anna.open(service_page);
        anna.send(service_page);
        const auto page = anna.place;
        Applicant applicant;

        applicant.first_name = "Ned\x01"
                               "a";
        anna.send(page, person_fields(applicant));
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("Ihr Vorname enthält Zeichen, die wir nicht darstellen können."));
        applicant.first_name = "Neda";
        applicant.last_name = std::string(101, 'x');
        anna.send(page, person_fields(applicant));
        CHECK(anna.shows("höchstens 100 Zeichen"));
        CHECK(anna.shows(std::string(101, 'x')));
        applicant.last_name = "<b>Petrović</b> & Söhne";
        anna.send(page, person_fields(applicant));
        anna.open(page);
        CHECK(anna.shows("&lt;b&gt;Petrović&lt;/b&gt; &amp; Söhne"));
        CHECK_FALSE(anna.shows("<b>Petrović"));
        for (const auto& name : std::vector<std::string>{
                 "Petrović", "Győri", "D'Angelo", "O’Neill-Szabó", std::string(100, 'y')}) {
            applicant.last_name = name;
            anna.send(page, person_fields(applicant));
            CHECK(anna.place.ends_with("/address"));
        }
    });
}

TEST_CASE("a date of birth that is no day, and an AHV number with a wrong digit, are said beside the field")
{
    with_town([](Town& town) {
        Browser anna(town);
        anna.open(service_page);
        anna.send(service_page);
        const auto page = anna.place;
        Applicant applicant;

        applicant.day = "31";
        applicant.month = "2";
        anna.send(page, person_fields(applicant));
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("Diesen Tag gibt es im Kalender nicht."));
        CHECK(anna.shows("<title>Fehler: "));
        applicant = {};
        applicant.ahv = "756.1234.5678.98";
        anna.send(page, person_fields(applicant));
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("756.1234.5678.98"));
        for (const auto* number : {"756.1234.5678.97", "756 1234 5678 97", "7561234567897", ""}) {
            applicant.ahv = number;
            anna.send(page, person_fields(applicant));
            CHECK(anna.place.ends_with("/address"));
        }
    });
}

TEST_CASE("a form that was open too long says that nothing is lost, and nothing is")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        Browser stale = anna;

        town.pass(std::chrono::days(20));
        stale.page.body.clear();  // a token of another time
        stale.send(draft + "/pruefen");
        CHECK(stale.page.status == 403);
        CHECK(stale.shows("<h1"));
        anna.open(draft);
        CHECK(anna.place == draft + "/pruefen");
        anna.send(draft + "/pruefen");

        CHECK(anna.place.starts_with("http://payrexx/"));
    });
}

TEST_CASE("a draft opens in its own browser only, and not after its time")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        Browser stranger(town);

        stranger.open(draft + "/pruefen");
        CHECK(stranger.page.status == 404);
        CHECK_FALSE(stranger.shows("Keller"));
        stranger.open(service_page);
        stranger.send(draft + "/pruefen");
        CHECK(stranger.page.status == 404);
        town.pass(std::chrono::days(31));
        anna.open(draft + "/pruefen");

        CHECK(anna.page.status == 404);
    });
}

TEST_CASE("no form opens where the municipality does not take part or does not offer the service")
{
    with_town([](Town& town) {
        auto transaction = town.database.begin_read({"canton"});
        const auto municipalities = tenancy::Municipalities::load(transaction);
        const auto outside =
            std::ranges::find(municipalities.all(), false, &tenancy::Municipality::participates);
        REQUIRE(outside != municipalities.all().end());
        Browser anna(town);
        const auto page = "/" + outside->slug + "/leistungen/hauptwohnsitzbescheinigung";

        anna.open(page);
        CHECK(anna.page.status == 200);
        CHECK(anna.shows(outside->name));
        CHECK_FALSE(anna.shows("Bestellung beginnen"));
        anna.open(service_page);  // for a token
        anna.send(page);

        CHECK(anna.place == page);
    });
}

TEST_CASE("an unknown address is a page with a way on, whoever asks")
{
    with_town([](Town& town) {
        Browser anna(town, "fr-CH");

        for (const auto* address :
             {"/gibt/es/nicht",
              "/nirgendwo",
              "/leistungen/unbekannt",
              "/aarau/leistungen/unbekannt",
              "/bestellung/x"}) {
            anna.open(address);
            CHECK(anna.page.status == 404);
            CHECK(anna.shows("<html lang=\"fr"));
            CHECK(anna.shows("<h1"));
        }
    });
}

TEST_CASE("operators see figures by route, and where to report a weakness; no address stands in either")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto draft = fill_form(anna);
        anna.send("/");
        CHECK(anna.page.status == 405);
        CHECK(anna.shows("<h1"));

        const auto figures = town.portal->metrics().body;
        anna.open("/.well-known/security.txt");

        CHECK(figures.find("route=\"/bestellung/{draft}/{page}\"") != std::string::npos);
        CHECK(figures.find(draft) == std::string::npos);
        CHECK(figures.find("\nschalter_database_up 1\n") != std::string::npos);
        CHECK(figures.find("\nschalter_process_timer_lag_seconds 0\n") != std::string::npos);
        CHECK(figures.find("# TYPE schalter_background_jobs gauge\n") != std::string::npos);
        CHECK(anna.shows("Contact: mailto:"));
        CHECK(anna.shows("Expires: 2030-11-02T"));
    });
}
