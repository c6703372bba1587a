// A resident's data, another address, and the end of an account, through the whole portal.
#include "app/account_fixture.hpp"

using namespace app;

TEST_CASE("a resident takes a copy of the account's data: the own orders, and nobody else's")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto reference = order(town, anna);
        Browser other(town);
        const auto others = order(town, other, {.email = "other@example.org"});
        log_in_by_mail(town, anna, email);
        anna.open("/konto/loeschen");
        anna.send("/konto/daten");

        CHECK(anna.page.status == 200);
        CHECK(http::find_field(anna.page.headers, "content-disposition")->starts_with("attachment;"));
        const auto data = json::parse(anna.page.body);
        REQUIRE(data);
        const auto* orders = data->find("orders")->if_array();
        REQUIRE(orders->size() == 1);
        CHECK(orders->front().text_of("reference") == reference);
        CHECK(orders->front().find("answers")->text_of("person.last_name") == "Keller");
        CHECK(data->find("account")->text_of("email") == email);
        CHECK_FALSE(anna.shows(others));
        anna.open("/konto/sicherheit");
        CHECK(anna.shows("Kopie der Daten heruntergeladen"));
    });
}

TEST_CASE("just after logging in a button deletes the account; the orders stay with the municipality")
{
    with_town([](Town& town) {
        Browser anna(town);
        const auto reference = order(town, anna);
        log_in_by_mail(town, anna, email);
        anna.open("/konto/loeschen");
        CHECK(anna.shows("bleiben bei der Gemeinde"));
        anna.send("/konto/loeschen");
        CHECK(anna.page.status == 200);
        CHECK(anna.shows("Ihr Konto ist gelöscht"));
        CHECK_FALSE(anna.shows("Abmelden"));
        anna.open("/konto");
        CHECK(anna.place.starts_with("/konto/anmelden"));

        Browser clerk(town);
        log_in(clerk, "beat.amsler@aarau.example");
        clerk.open("/schalter/eingang");
        CHECK(clerk.shows(reference));
    });
}

TEST_CASE("some time after logging in the account is deleted by a mailed link, after a button")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        town.pass(11min);
        anna.open("/konto/loeschen");
        CHECK_FALSE(anna.shows("action=\"/konto/loeschen\""));
        anna.send("/konto/loeschen");
        CHECK(anna.page.status == 403);
        anna.send("/konto/loeschen/link");
        CHECK(anna.shows(email));
        town.work();
        const auto mail = town.mails_to(email).back();
        const auto at = mail.text.find("http://portal/konto/loeschen/");
        REQUIRE(at != std::string::npos);
        const auto link = mail.text.substr(at + 13, mail.text.find_first_of(" \n", at) - at - 13);

        Browser phone(town);
        phone.open(link);
        CHECK(phone.shows(email));
        anna.open("/konto");
        CHECK(anna.place == "/konto");
        phone.open(link);
        phone.send(link);
        CHECK(phone.shows("Ihr Konto ist gelöscht"));
        anna.open("/konto");
        CHECK(anna.place.starts_with("/konto/anmelden"));
        phone.open(link);
        CHECK(phone.page.status == 410);
    });
}

TEST_CASE("an account that nobody uses is warned by mail in its language, then removed")
{
    with_town([](Town& town) {
        Browser anna(town, "fr-CH");
        log_in_by_mail(town, anna, email);
        const auto before = town.mails_to(email).size();
        town.pass(std::chrono::days(701));
        REQUIRE(town.mails_to(email).size() == before + 1);
        CHECK(town.mails_to(email).back().text.find("/konto/anmelden") != std::string::npos);
        CHECK(town.mails_to(email).back().subject.find("compte") != std::string::npos);
        town.pass(std::chrono::days(31));

        log_in_by_mail(town, anna, email);
        anna.open("/konto/sicherheit");
        CHECK(anna.shows("Compte ouvert"));
        CHECK(town.mails_to(email).size() == before + 2);
    });
}

TEST_CASE("a resident changes the e-mail address by links to the old and the new one, and orders follow")
{
    with_town([](Town& town) {
        const std::string new_email = "anna@new.example";
        const std::string address_page = "/konto/sicherheit/adresse";
        Browser anna(town);
        const auto reference = order(town, anna);
        log_in_by_mail(town, anna, email);
        anna.open(address_page);
        for (const auto& [typed, sentence] :
             {std::pair<std::string, std::string>("", "Geben Sie Ihre E-Mail-Adresse ein."),
              {"anna", "im Format"},
              {"änna@new.example", "im Format"},
              {"ANNA@example.org", "Das ist schon Ihre Adresse."}}) {
            anna.send(address_page, {{"email", typed}});
            CHECK(anna.page.status == 422);
            CHECK(anna.shows(sentence));
            CHECK(anna.shows("href=\"#email\""));
        }
        anna.send(address_page, {{"email", new_email}});
        CHECK(anna.shows(new_email));
        town.work();
        const auto link_to = [&](const std::string& to) {
            const auto mail = town.mails_to(to).back();
            const auto at = mail.text.find("http://portal/konto/adresse/");
            REQUIRE(at != std::string::npos);
            return mail.text.substr(at + 13, mail.text.find_first_of(" \n", at) - at - 13);
        };
        const auto of_old = link_to(email);
        const auto of_new = link_to(new_email);
        CHECK(of_old != of_new);

        Browser mailbox(town);
        mailbox.open(of_new);
        CHECK(mailbox.shows(new_email));
        mailbox.send(of_new);
        CHECK(mailbox.shows("Noch eine Bestätigung fehlt"));
        anna.open("/konto");
        CHECK(anna.shows(email));
        mailbox.open(of_old);
        mailbox.send(of_old);
        CHECK(mailbox.shows("Ihre E-Mail-Adresse ist geändert"));
        mailbox.open(of_old);
        CHECK(mailbox.page.status == 410);
        anna.open("/konto");
        CHECK(anna.shows(new_email));
        CHECK(anna.shows(reference));
    });
}

TEST_CASE(
    "a portal that would remove accounts after a few days, or whose list of passwords is gone, does not start"
)
{
    with_town([](Town& town) {
        for (const std::string line :
             {"identity.account_unused_days = 10", "identity.breached_passwords = /no/such/file"}) {
            const auto settings = base::Settings::read(
                all_settings(),
                line + "\ncrypto.csrf_key = a-long-random-text-for-tests\ncrypto.keys = " + Town::keys() +
                    "\n",
                {}
            );
            REQUIRE(settings);
            CHECK_THROWS_AS(
                Portal(
                    town.database,
                    *settings,
                    small_catalog(),
                    World{town.clock, town.random, town.wire, town.mailbox}
                ),
                std::runtime_error
            );
        }
    });
}
