#pragma once

// For the page tests: the whole portal without sockets, with the neighbours that the sandbox plays, a
// mailbox, and people's browsers. Nothing here waits: the test moves the clock.
#include "app/demo_data.hpp"
#include "app/portal.hpp"
#include "app/schema.hpp"
#include "app/settings.hpp"
#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/http/client.hpp"
#include "kit/http/incoming.hpp"
#include "kit/mail/sender.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "sandbox/payrexx.hpp"
#include "sandbox/registers.hpp"
#include "testing/databases.hpp"
#include "testing/files.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace app {

using namespace std::chrono_literals;

// A request as a client would send it, read as the server reads it.
inline http::Request request_of(
    std::string_view method, std::string_view target, const http::Fields& headers, std::string_view body = {}
)
{
    std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
    if (!http::find_field(headers, "Host"))
        bytes += "Host: portal\r\n";
    for (const auto& [name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    if (!body.empty())
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    http::Incoming incoming({});
    incoming.append(bytes + "\r\n" + std::string(body));
    REQUIRE(incoming.advance() == http::Incoming::Progress::complete);
    auto request = incoming.take();
    request.remote_address = "198.51.100.7";
    return request;
}

// Carries what the portal asks to the neighbours, and what they send back to it.
class Wire final : public http::Client {
public:
    base::Result<http::Response> send(const http::ClientRequest& asked) override
    {
        const auto path = asked.url.find('/', asked.url.find("//") + 2);
        const auto host = asked.url.substr(0, path);
        const auto receiver = receivers.find(host);
        if (receiver == receivers.end())
            return base::fail(base::ErrorKind::unavailable, "http.unavailable", "no such host: " + host);
        waited = 0s;
        auto headers = asked.headers;
        headers.emplace_back("Host", host.substr(host.find("//") + 2));
        auto response = receiver->second(
            request_of(http::method_name(asked.method), asked.url.substr(path), headers, asked.body)
        );
        if (waited > asked.timeout)
            return base::fail(base::ErrorKind::unavailable, "http.timeout", "timed out");
        return response;
    }

    std::map<std::string, std::function<http::Response(http::Request)>> receivers;
    std::chrono::seconds waited{0};  // how long the last receiver took
};

class Mailbox final : public mail::Sender {
public:
    base::Result<> send(const mail::Message& message) override
    {
        mails.push_back(message);
        return base::Done{};
    }

    std::vector<mail::Message> mails;
};

// The demo canton with its portal. Aarau is 4001, Baden 4021.
class Town {
public:
    explicit Town(sql::Database& kept) : database(kept)
    {
        wire.receivers["http://payrexx"] = [this](const http::Request& asked) {
            return payrexx.handle(asked);
        };
        wire.receivers["http://registers"] = [this](const http::Request& asked) {
            return registers.handle(asked);
        };
        wire.receivers["http://portal"] = [this](http::Request asked) { return portal->handle(asked); };
        const auto sealer = crypto::Sealer::from_keys(keys(), random).value();
        load_demo(database, sealer, clock, random, "http://registers");
        restart();
    }

    // As after a crash: nothing is left but the database.
    void restart()
    {
        portal = std::make_unique<Portal>(
            database,
            settings,
            catalog::Catalog::load(testing::source_path("services")).value(),
            World{clock, random, wire, mailbox}
        );
    }

    // Does whatever is due: webhooks, jobs, timers.
    void work()
    {
        for (std::size_t worked = 1, rounds = 0; worked > 0 && rounds < 100; ++rounds)
            worked = portal->run_due() + static_cast<std::size_t>(payrexx.deliver_due(wire));
    }

    void pass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        work();
    }

    std::vector<mail::Message> mails_to(std::string_view address) const
    {
        std::vector<mail::Message> found;
        std::ranges::copy_if(mailbox.mails, std::back_inserter(found), [&](const mail::Message& mail) {
            return mail.to.address == address;
        });
        return found;
    }

    // What Aarau's account at Payrexx took and gave back, in Rappen.
    std::pair<std::int64_t, std::int64_t> taken_and_refunded()
    {
        return payrexx.with_books([](sandbox::PayrexxBooks& books) {
            std::pair<std::int64_t, std::int64_t> sums;
            for (const auto& [id, transaction] : books.find_instance("gemeinde-4001")->transactions) {
                if (transaction.status == "confirmed" || transaction.refunded > 0)
                    sums.first += transaction.amount;
                sums.second += transaction.refunded;
            }
            return sums;
        });
    }

    static std::string keys() { return "test:" + std::string(64, 'a'); }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    sandbox::Pages pages;
    sandbox::Payrexx payrexx{clock, random, pages, "http://portal"};
    Wire wire;
    sandbox::Registers registers{clock, [this](std::chrono::seconds wait) { wire.waited = wait; }};
    Mailbox mailbox;
    base::Settings settings = base::Settings::read(
                                  all_settings(),
                                  "server.public_address = http://portal\n"
                                  "payments.payrexx_address = http://payrexx\n"
                                  "payments.accept_test_payments = on\n"
                                  "mail.sender = schalter@aargau.example\n"
                                  "crypto.csrf_key = a-long-random-text-for-tests\n"
                                  "crypto.keys = " +
                                      keys() + "\n",
                                  {}
    )
                                  .value();
    std::unique_ptr<Portal> portal;
};

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
    std::string place;  // where redirects have led; another host's address when they leave the portal

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
        http::Fields headers{{"Accept-Language", language_}};
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
    for (const auto& mail : town.mails_to(address))
        if (const auto at = mail.text.find(start); at != std::string::npos)
            return mail.text.substr(at + 13, mail.text.find_first_of(" \n", at) - at - 13);
    FAIL("no mail with a login link");
    return {};
}

inline void with_town(const std::function<void(Town&)>& test)
{
    sql::Database database("sqlite::memory:");
    database.migrate(all_migrations());
    Town town(database);
    test(town);
}

}  // namespace app
