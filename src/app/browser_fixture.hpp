#pragma once

// For the page tests: people's browsers, and what residents and clerks do with them.
#include "app/town_fixture.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace app {

// A person's browser: keeps cookies, follows redirects within the portal, sends the token of the page it
// looks at with each form.
class Browser {
public:
    explicit Browser(Town& town, std::string language = "de-CH")
        : town_(&town), language_(std::move(language))
    {
    }

    void open(std::string_view target) { go("GET", target, {}); }

    void send(std::string_view target, http::Fields fields = {})
    {
        fields.emplace_back("csrf", token());
        go("POST", target, http::write_form(fields));
    }

    bool shows(std::string_view text) const { return page.body.find(text) != std::string::npos; }

    // The value that stands between two texts of the page.
    std::string between(std::string_view before, std::string_view after) const
    {
        const auto start = page.body.find(before);
        if (start == std::string::npos)
            return {};
        const auto from = start + before.size();
        return page.body.substr(from, page.body.find(after, from) - from);
    }

    std::string token() const { return between("name=\"csrf\" value=\"", "\""); }

    void forget_cookies() { cookies_.clear(); }

    http::Response page;
    http::Fields more_headers;  // that a proxy in between may add
    std::string place;          // where redirects have led; another host's address when they leave the portal

private:
    void go(std::string_view method, std::string_view target, std::string_view body)
    {
        place = std::string(target);
        page = ask(method, place, body);
        for (int redirects = 0; page.status == 303; ++redirects) {
            REQUIRE(redirects < 10);
            place = std::string(http::find_field(page.headers, "location").value_or(""));
            if (place.starts_with("http://portal/"))
                place.erase(0, std::string_view("http://portal").size());
            if (!place.starts_with('/'))
                return;
            page = ask("GET", place, {});
        }
    }

    http::Response ask(std::string_view method, const std::string& target, std::string_view body)
    {
        http::Fields headers = more_headers;
        headers.emplace_back("Accept-Language", language_);
        if (!body.empty())
            headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        std::string cookies;
        for (const auto& [name, value] : cookies_)
            cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        if (!cookies.empty())
            headers.emplace_back("Cookie", cookies);
        auto response =
            town_->portal->handle(request_of(method, target.substr(0, target.find('#')), headers, body));
        for (const auto& [name, value] : response.headers)
            if (name == "set-cookie")
                keep(value);
        return response;
    }

    void keep(std::string_view cookie)
    {
        const auto equals = cookie.find('=');
        const auto end = cookie.find(';');
        const std::string name(cookie.substr(0, equals));
        const std::string value(cookie.substr(equals + 1, end - equals - 1));
        if (value.empty())
            cookies_.erase(name);
        else
            cookies_[name] = value;
    }

    Town* town_;  // never null; browsers are copied as one copies their cookies
    std::string language_;
    std::map<std::string, std::string> cookies_;
};

// What somebody writes into the form; Anna is known to every register.
struct Applicant {
    std::string first_name = "Anna Maria";
    std::string last_name = "Keller";
    std::string day = "12";
    std::string month = "3";
    std::string year = "1984";
    std::string ahv = {};
    std::string language = "de";
    std::string delivery = "online";
    std::string copies = "1";
    std::string email = "anna@example.org";
};

inline const std::string service_page = "/aarau/leistungen/hauptwohnsitzbescheinigung";

inline http::Fields person_fields(const Applicant& applicant)
{
    return {
        {"person.first_name", applicant.first_name},
        {"person.last_name", applicant.last_name},
        {"person.date_of_birth-day", applicant.day},
        {"person.date_of_birth-month", applicant.month},
        {"person.date_of_birth-year", applicant.year},
        {"person.ahv_number", applicant.ahv},
    };
}

// Leads to the check page; gives the draft's address.
inline std::string fill_form(Browser& browser, const Applicant& applicant = {})
{
    browser.open(service_page);
    browser.send(service_page);
    REQUIRE(browser.place.ends_with("/person"));
    const auto draft = browser.place.substr(0, browser.place.size() - std::string_view("/person").size());
    browser.send(browser.place, person_fields(applicant));
    REQUIRE(browser.place == draft + "/address");
    browser.send(
        browser.place,
        {{"address.street", "Bahnhofstrasse"},
         {"address.house_number", "1"},
         {"address.postal_code", "5000"},
         {"address.town", "Aarau"}}
    );
    browser.send(browser.place, {{"certificate.language", applicant.language}});
    browser.send(browser.place, {{"delivery.way", applicant.delivery}});
    if (applicant.delivery == "post")
        browser.send(browser.place, {{"delivery.copies", applicant.copies}});
    browser.send(browser.place, {{"contact.email", applicant.email}});
    REQUIRE(browser.place == draft + "/pruefen");
    return draft;
}

// Presses a button of the payment page and comes back to the portal.
inline void press(Town& town, Browser& browser, const std::string& payment_page, std::string_view button)
{
    const auto body = http::write_form(
        {{"payment", payment_page.substr(payment_page.find('=') + 1)},
         {"method", "twint"},
         {"action", std::string(button)}}
    );
    const auto answer = town.payrexx.handle(
        request_of("POST", "/bezahlen", {{"content-type", "application/x-www-form-urlencoded"}}, body)
    );
    REQUIRE(answer.status == 303);
    const auto back = std::string(http::find_field(answer.headers, "location").value_or(""));
    REQUIRE(back.starts_with("http://portal/"));
    browser.open(back.substr(std::string_view("http://portal").size()));
}

// Orders and pays; the browser is at the order's page. Gives the order's reference.
inline std::string order(Town& town, Browser& browser, const Applicant& applicant = {})
{
    const auto draft = fill_form(browser, applicant);
    browser.send(draft + "/pruefen");
    INFO(browser.place);
    REQUIRE(browser.place.starts_with("http://payrexx/"));
    press(town, browser, browser.place, "pay");
    const auto start = browser.page.body.find("AG-4001-");
    REQUIRE(start != std::string::npos);
    return browser.page.body.substr(start, std::string_view("AG-4001-XXXX-XXXX").size());
}

// What a PDF says, as a program reads it that knows nothing of ours.
inline std::string text_of_pdf(const std::string& bytes)
{
    std::string file = std::filesystem::temp_directory_path() / "schalter-pdf-XXXXXX";
    const int descriptor = ::mkstemp(file.data());
    REQUIRE(descriptor >= 0);
    ::close(descriptor);
    std::ofstream(file, std::ios::binary) << bytes;
    auto* pipe = ::popen(("pdftotext -layout " + file + " -").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    char buffer[4096];
    while (const auto length = std::fread(buffer, 1, sizeof buffer, pipe))
        text.append(buffer, length);
    ::pclose(pipe);
    std::filesystem::remove(file);
    return text;
}

// The text of the only document of the order whose page the browser shows.
inline std::string certificate(Browser& browser)
{
    const auto path = browser.between("govuk-!-font-weight-bold\" href=\"", "\"");
    REQUIRE_FALSE(path.empty());
    Browser reader = browser;
    reader.open(path);
    REQUIRE(reader.page.body.starts_with("%PDF-"));
    return text_of_pdf(reader.page.body);
}

// The verification code in the address that the certificate names.
inline std::string code_on(const std::string& certificate)
{
    constexpr std::string_view path = "/pruefen/";
    const auto start = certificate.find(path);
    REQUIRE(start != std::string::npos);
    const auto from = start + path.size();
    return certificate.substr(from, certificate.find_first_of(" \n", from) - from);
}

inline void log_in(Browser& browser, const std::string& email)
{
    browser.open("/schalter/anmelden");
    browser.send("/schalter/anmelden", {{"email", email}, {"password", std::string(demo_password)}});
    REQUIRE(browser.place == "/schalter/eingang");
}

// The link in the last mail that leads to the account.
inline std::string login_link(Town& town, std::string_view address)
{
    constexpr std::string_view start = "http://portal/konto/anmelden/";
    const auto mails = town.mails_to(address);
    for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail)
        if (const auto at = mail->text.find(start); at != std::string::npos)
            return mail->text.substr(at + 13, mail->text.find_first_of(" \n", at) - at - 13);
    FAIL("no mail with a login link");
    return {};
}

// As a resident, by the link in a mail.
inline void log_in_by_mail(Town& town, Browser& browser, const std::string& email)
{
    browser.open("/konto/anmelden");
    browser.send("/konto/anmelden", {{"email", email}});
    town.work();
    const auto link = login_link(town, email);
    browser.open(link);
    browser.send(link);
}

}  // namespace app
