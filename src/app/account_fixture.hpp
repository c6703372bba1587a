#pragma once

// For the page tests of residents' accounts: Anna, her password and her telephone.
#include "app/browser_fixture.hpp"
#include "kit/crypto/one_time_code.hpp"

namespace app {

inline const std::string email = "anna@example.org";
inline const std::string good_password = "vier kurze Wörter hier";
inline const std::string password_page = "/konto/sicherheit/passwort";

// With the account's password instead of the link.
inline void log_in_by_password(Browser& browser, const std::string& password)
{
    browser.open("/konto/anmelden");
    browser.send(
        "/konto/anmelden", {{"account_email", email}, {"password", password}, {"weiter", "/konto/sicherheit"}}
    );
}

inline void set_password(Browser& browser, const std::string& password = good_password)
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

inline const std::string code_page = "/konto/sicherheit/code";

inline Telephone add_second_step(Town& town, Browser& browser)
{
    browser.open(code_page);
    browser.send(code_page);
    const Telephone telephone(browser);
    browser.send(code_page + "/bestaetigen", {{"code", telephone.code(town)}});
    REQUIRE(browser.shows("Ihre Ersatzcodes"));
    town.pass(1min);
    return telephone;
}

}  // namespace app
