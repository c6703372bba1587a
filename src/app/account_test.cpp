// What a resident does with the own account, through the whole portal.
#include "app/browser_fixture.hpp"
#include "kit/crypto/one_time_code.hpp"

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

// The app on Anna's telephone: it has read the key from the page.
struct Telephone {
    explicit Telephone(const Browser& shows_key)
    {
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        unsigned bits = 0;
        unsigned count = 0;
        for (const char letter : shows_key.between("secret=", "&")) {
            bits = ((bits << 5U) | static_cast<unsigned>(alphabet.find(letter))) & 0xfffU;
            count += 5;
            if (count >= 8) {
                count -= 8;
                secret += static_cast<char>((bits >> count) & 0xffU);
            }
        }
        REQUIRE(secret.size() == 20);
    }

    std::string code(const Town& town) const
    {
        return crypto::one_time_code(secret, crypto::code_step(town.clock.now()));
    }

    std::string secret;
};

const std::string code_page = "/konto/sicherheit/code";

Telephone add_second_step(Town& town, Browser& browser)
{
    browser.open(code_page);
    browser.send(code_page);
    const Telephone telephone(browser);
    browser.send(code_page + "/bestaetigen", {{"code", telephone.code(town)}});
    REQUIRE(browser.shows("Ihre Ersatzcodes"));
    town.pass(1min);
    return telephone;
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
