// Following an order and checking its certificate, through the whole portal.
#include "app/browser_fixture.hpp"

using namespace app;

TEST_CASE("the link of an order asks others for the date of birth, and not too often")
{
    with_town([](Town& town) {
        Browser anna(town);
        order(town, anna);
        const auto link = anna.place.substr(0, anna.place.find('?'));
        Browser other(town);
        const auto try_date = [&](const std::string& day) {
            other.send(
                link, {{"geburtsdatum-day", day}, {"geburtsdatum-month", "3"}, {"geburtsdatum-year", "1984"}}
            );
        };

        other.open(link);
        CHECK_FALSE(other.shows("Keller"));
        CHECK_FALSE(other.shows("anna@example.org"));
        try_date("13");
        CHECK(other.page.status == 422);
        try_date("12");
        CHECK(other.place == link);
        CHECK(other.shows("AG-4001-"));

        Browser guesser(town);
        guesser.open(link);
        other = guesser;
        for (int day = 13; day < 28; ++day)
            try_date(std::to_string(day));
        CHECK(other.page.status == 429);
        other.open("/vorgang/ABCDEFGHJKMNPQRSTVWXYZ2345");
        CHECK(other.page.status == 404);
    });
}

TEST_CASE("after a login by e-mail link the account shows the orders of that address, and no others")
{
    with_town([](Town& town) {
        Browser anna(town);
        order(town, anna);
        Browser later(town);

        later.open("/konto");
        CHECK(later.place.starts_with("/konto/anmelden"));
        later.send("/konto/anmelden", {{"email", "anna@example.org"}, {"weiter", "/konto"}});
        town.work();
        const auto link = login_link(town, "anna@example.org");
        later.open(link);
        later.send(link);
        CHECK(later.place == "/konto");
        CHECK(later.shows("AG-4001-"));
        Browser thief(town);
        thief.open(link);
        CHECK(thief.page.status == 410);

        Browser other(town);
        log_in_by_mail(town, other, "other@example.org");
        CHECK_FALSE(other.shows("AG-4001-"));
    });
}

TEST_CASE("who has logged in finds the own address in the form, for checking")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, "anna@example.org");

        anna.open(service_page);
        anna.send(service_page);
        anna.open(anna.place.substr(0, anna.place.rfind('/')) + "/contact");

        CHECK(anna.shows("value=\"anna@example.org\""));
        Browser stranger(town);
        stranger.open(service_page);
        stranger.send(service_page);
        stranger.open(stranger.place.substr(0, stranger.place.rfind('/')) + "/contact");
        CHECK(stranger.shows("contact.email"));
        CHECK_FALSE(stranger.shows("anna@example.org"));
    });
}

TEST_CASE("a code is confirmed, and wrong, expired and revoked ones are not")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto reference = order(town, anna);
        town.work();
        anna.open(anna.place);
        const auto code = code_on(certificate(anna));
        Browser bank(town);

        bank.open("/pruefen/" + code);
        CHECK(bank.page.status == 200);
        CHECK(bank.shows("Das Dokument ist echt und gilt"));
        CHECK(bank.shows("Aarau"));
        CHECK_FALSE(bank.shows("Keller"));
        bank.open("/pruefen/ABCD-EFGH-JKMN");
        CHECK(bank.page.status == 404);
        bank.open("/pruefen/%3Cscript%3E");
        CHECK_FALSE(bank.shows("<script>"));

        town.pass(std::chrono::days(100));
        bank.open("/pruefen/" + code);
        CHECK(bank.shows("Das Dokument ist abgelaufen"));
        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");
        beat.open("/schalter/vorgang/" + reference);
        const auto document = beat.between("action=\"/schalter/vorgang/" + reference + "/dokument/", "\"");
        beat.send("/schalter/vorgang/" + reference + "/dokument/" + document);
        CHECK(beat.shows("Beat Amsler"));
        bank.open("/pruefen/" + code);

        CHECK(bank.shows("Das Dokument wurde widerrufen"));
    });
}

TEST_CASE("a clerk revokes documents of the own municipality only")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto reference = order(town, anna);
        town.work();
        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");
        beat.open("/schalter/vorgang/" + reference);
        const auto document = beat.between("/dokument/", "\"");
        const std::string path = reference + "/dokument/" + document + "/widerrufen";
        REQUIRE(beat.shows(path));
        Browser denise(town);
        log_in(denise, "denise.egli@baden.example");

        denise.send("/schalter/vorgang/" + path);
        beat.open("/schalter/vorgang/" + reference);

        CHECK(denise.page.status == 404);
        CHECK(beat.shows("Endgültig widerrufen"));
    });
}
