// How a resident logs in, and what can be done about it, through the whole portal.
#include "app/account_fixture.hpp"

using namespace app;

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

TEST_CASE("a second step is set up with a key, asked for at each login, and removed by a code")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        anna.open(code_page);
        anna.send(code_page);
        CHECK(anna.shows("otpauth://totp/"));
        CHECK(anna.shows("<svg"));
        const auto key = anna.between("<strong>", "</strong>");
        CHECK(key.size() == 32 + 7);  // eight groups of four
        const Telephone telephone(anna);
        anna.send(code_page + "/bestaetigen", {{"code", ""}});
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("Geben Sie den Code ein."));
        CHECK(anna.between("<strong>", "</strong>") == key);
        const auto right = telephone.code(town);
        anna.send(code_page + "/bestaetigen", {{"code", right == "111111" ? "111112" : "111111"}});
        CHECK(anna.page.status == 422);
        CHECK(anna.shows("href=\"#code\""));
        anna.send(code_page + "/bestaetigen", {{"code", right}});
        CHECK(anna.shows("Ihre Ersatzcodes"));
        const auto recovery = anna.between("<code>", "</code>");
        anna.open(code_page);
        CHECK_FALSE(anna.shows(recovery));
        CHECK_FALSE(anna.shows("otpauth:"));
        CHECK(anna.shows("noch 10 Ersatzcodes"));

        town.pass(1min);
        Browser elsewhere(town);
        log_in_by_mail(town, elsewhere, email);
        CHECK(elsewhere.place == "/konto/anmelden/code");
        elsewhere.open("/konto");
        CHECK(elsewhere.place.starts_with("/konto/anmelden?"));
        elsewhere.open("/konto/anmelden/code");
        elsewhere.send("/konto/anmelden/code", {{"code", ""}});
        CHECK(elsewhere.page.status == 422);
        elsewhere.send("/konto/anmelden/code", {{"code", telephone.code(town)}});
        CHECK(elsewhere.place == "/konto");
        elsewhere.open("/konto/anmelden/code");
        CHECK(elsewhere.place == "/konto/anmelden");

        Browser lost(town);
        log_in_by_mail(town, lost, email);
        lost.send("/konto/anmelden/code", {{"code", recovery}});
        CHECK(lost.place == "/konto");
        lost.open(code_page);
        CHECK(lost.shows("noch 9 Ersatzcodes"));
        lost.send(code_page + "/entfernen", {{"code", recovery}});
        CHECK(lost.page.status == 422);
        town.pass(1min);
        lost.send(code_page + "/entfernen", {{"code", telephone.code(town)}});
        CHECK(lost.shows("Zweiter Schritt entfernt"));
        log_in_by_mail(town, anna, email);
        CHECK(anna.place == "/konto");
    });
}

TEST_CASE("a password alone does not get past the second step, and codes are not guessed in peace")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        set_password(anna);
        const auto telephone = add_second_step(town, anna);

        Browser thief(town);
        log_in_by_password(thief, good_password);
        CHECK(thief.place == "/konto/anmelden/code");
        const auto wrong = telephone.code(town) == "111111" ? "111112" : "111111";
        for (int tries = 0; tries < 11; ++tries)
            thief.send("/konto/anmelden/code", {{"code", wrong}});
        CHECK(thief.page.status == 429);
        thief.open("/konto/sicherheit");
        CHECK(thief.place.starts_with("/konto/anmelden?"));
    });
}

TEST_CASE("some time after logging in no second step is begun")
{
    with_town([](Town& town) {
        Browser anna(town);
        log_in_by_mail(town, anna, email);
        town.pass(11min);
        anna.open(code_page);
        CHECK(anna.shows("/konto/anmelden?weiter=/konto/sicherheit/code"));
        anna.send(code_page);
        CHECK_FALSE(anna.shows("otpauth:"));
    });
}

TEST_CASE("the page about security says where one is logged in and what happened, and ends other sessions")
{
    with_town([](Town& town) {
        Browser anna(town);
        anna.more_headers = {{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/138.0"}};
        log_in_by_mail(town, anna, email);
        Browser elsewhere(town);
        elsewhere.more_headers = {{"User-Agent", "Mozilla/5.0 (iPhone) Version/18.5 Safari/604.1"}};
        log_in_by_mail(town, elsewhere, email);
        Browser third(town);
        log_in_by_mail(town, third, email);

        anna.open("/konto/sicherheit");
        CHECK(anna.shows("Firefox auf Linux <strong class=\"govuk-tag govuk-tag--green\">Dieser Browser"));
        CHECK(anna.shows("Safari auf iPhone"));
        CHECK(anna.shows("Unbekannter Browser"));
        CHECK(anna.shows("Mit Link angemeldet"));
        CHECK_FALSE(anna.shows("198.51.100.7"));
        const auto start = anna.page.body.find("Safari auf iPhone");
        const auto at = anna.page.body.find("/konto/sicherheit/sitzungen/", start);
        anna.send(anna.page.body.substr(at, anna.page.body.find('"', at) - at));
        CHECK(anna.shows("Sitzung beendet"));
        elsewhere.open("/konto");
        CHECK(elsewhere.place.starts_with("/konto/anmelden"));
        third.open("/konto");
        CHECK(third.place == "/konto");

        anna.open("/konto/sicherheit");
        anna.send("/konto/sicherheit/sitzungen");
        CHECK(anna.shows("Alle anderen Sitzungen beendet"));
        CHECK_FALSE(anna.shows("action=\"/konto/sicherheit/sitzungen"));
        third.open("/konto");
        CHECK(third.place.starts_with("/konto/anmelden"));
        anna.open("/konto/sicherheit/sitzungen");
        CHECK(anna.place == "/konto/sicherheit");
    });
}
