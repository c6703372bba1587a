// What a resident does with the own account, through the whole portal.
#include "app/browser_fixture.hpp"

using namespace app;

namespace {

const std::string email = "anna@example.org";
const std::string good_password = "vier kurze Wörter hier";
const std::string password_page = "/konto/sicherheit/passwort";

// With the account's password instead of the link.
void log_in_by_password(Browser& browser, const std::string& password)
{
    browser.open("/konto/anmelden");
    browser.send(
        "/konto/anmelden", {{"account_email", email}, {"password", password}, {"weiter", "/konto/sicherheit"}}
    );
}

void set_password(Browser& browser, const std::string& password = good_password)
{
    browser.open(password_page);
    browser.send(password_page, {{"password", password}});
}

}  // namespace

TEST_CASE("a resident sets a password, logs in with it, changes it and removes it again")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        anna.open("/konto/sicherheit");
        CHECK(anna.shows("Nicht gesetzt"));

        set_password(anna);
        CHECK(anna.place == "/konto/sicherheit?meldung=password_set");
        CHECK(anna.shows("Passwort gesetzt"));

        Browser elsewhere(town);
        log_in_by_password(elsewhere, good_password);
        CHECK(elsewhere.place == "/konto/sicherheit");
        set_password(elsewhere, "fünf andere kurze Wörter hier");
        CHECK(elsewhere.shows("Passwort geändert"));
        anna.open("/konto");
        CHECK(anna.place.starts_with("/konto/anmelden"));

        elsewhere.open(password_page);
        elsewhere.send(password_page + "/entfernen");
        CHECK(elsewhere.shows("Passwort entfernt"));
        log_in_by_password(anna, "fünf andere kurze Wörter hier");
        CHECK(anna.page.status == 422);
    });
}

TEST_CASE("some time after logging in a new password asks for the old one, or for another login")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        town.pass(11min);
        anna.open(password_page);
        CHECK_FALSE(anna.shows("name=\"password\""));
        CHECK(anna.shows("/konto/anmelden?weiter=/konto/sicherheit/passwort"));
        anna.send(password_page, {{"password", good_password}});
        CHECK(anna.page.status == 403);

        log_in_by_mail(town, anna, email);
        set_password(anna);
        town.pass(11min);
        const std::string another = "fünf andere kurze Wörter hier";
        anna.open(password_page);
        anna.send(password_page, {{"password", another}});
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("Geben Sie Ihr bisheriges Passwort ein."));
        anna.send(password_page, {{"password", another}, {"present", "wrong"}});
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("href=\"#present\""));
        anna.send(password_page + "/entfernen", {{"present_to_remove", "wrong"}});
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("href=\"#present_to_remove\""));
        anna.send(password_page, {{"password", another}, {"present", good_password}});
        CHECK(anna.shows("Passwort geändert"));
    });
}

TEST_CASE("a password that cannot be taken says why at its field")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        for (const auto& [password, sentence] :
             {std::pair("", "Geben Sie ein Passwort ein."),
              std::pair("elf Zeichen", "Das Passwort ist zu kurz.")}) {
            set_password(anna, password);
            CHECK(anna.page.status == 422);
            CHECK(anna.shows("href=\"#password\""));
            CHECK(anna.shows("id=\"password-error\""));
            CHECK(anna.shows(sentence));
        }
    });
}

TEST_CASE("a wrong password of a resident is said without saying what is wrong, and not too often")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        set_password(anna);

        Browser guesser(town);
        log_in_by_password(guesser, "a wrong password");
        CHECK(guesser.page.status == 422);
        const auto answer = guesser.between("govuk-error-summary__body", "</div>");
        CHECK(answer.find("passen nicht zusammen") != std::string::npos);
        guesser.send("/konto/anmelden", {{"account_email", "nobody@example.org"}, {"password", "x"}});
        CHECK(guesser.between("govuk-error-summary__body", "</div>") == answer);
        guesser.send("/konto/anmelden", {{"account_email", ""}, {"password", "x"}});
        CHECK(guesser.shows("Geben Sie Ihre E-Mail-Adresse ein."));
        guesser.send("/konto/anmelden", {{"account_email", email}, {"password", ""}});
        CHECK(guesser.shows("href=\"#password\""));
        for (int attempts = 0; attempts < 10; ++attempts)
            log_in_by_password(guesser, "a wrong password");
        CHECK(guesser.page.status == 429);
        log_in_by_password(guesser, good_password);
        CHECK(guesser.page.status == 429);
    });
}

TEST_CASE("after the login by password nobody is led out of the portal")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        set_password(anna);
        for (const std::string target : {"//evil.example", "https://evil.example/", "/\\evil.example"}) {
            anna.open("/konto/anmelden");
            anna.send(
                "/konto/anmelden", {{"account_email", email}, {"password", good_password}, {"weiter", target}}
            );
            CHECK(anna.place == "/konto");
        }
    });
}
