#pragma once

#include "app/demo_data.hpp"
#include "app/portal.hpp"
#include "app/schema.hpp"
#include "app/settings.hpp"
#include "base/settings.hpp"
#include "features/ordering/drafts.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/http/client.hpp"
#include "kit/mail/sender.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"

#include <memory>
#include <string>
#include <string_view>

// The whole portal on a new SQLite database with the demo canton, in the project's folder. Its neighbours are
// out of reach, so that none is measured.
class MeasuredPortal {
public:
    explicit MeasuredPortal(const std::string& path)
        : database("sqlite:" + path), sealer(crypto::Sealer::from_keys(keys(), random).value())
    {
        database.migrate(app::all_migrations());
        app::load_demo(
            database, sealer, clock, random, {"hauptwohnsitzbescheinigung"}, "http://registers"
        );
        portal = std::make_unique<app::Portal>(
            database,
            settings,
            catalog::Catalog::load("services").value(),
            app::World{clock, random, client, sender}
        );
    }

    // A resident's browser asks; `form` makes it a POST.
    static http::Request
    asked(const std::string& visitor, std::string path, const std::string* form = nullptr)
    {
        http::Request request;
        request.method = form == nullptr ? http::Method::get : http::Method::post;
        request.path = request.target = std::move(path);
        request.headers = {{"cookie", "besuch=" + visitor}};
        if (form != nullptr) {
            request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
            request.body = "csrf=" + crypto::hmac_sha256_hex(csrf_key(), visitor) + *form;
        }
        return request;
    }

    static std::string_view csrf_key() { return "a-long-random-text-for-measuring"; }
    static std::string keys() { return "bench:" + std::string(64, 'a'); }

    class NobodyThere final : public http::Client {
    public:
        base::Result<http::Response> send(const http::ClientRequest&) override
        {
            return base::fail(base::ErrorKind::unavailable, "http.unavailable", "nobody there");
        }
    };
    class NoMail final : public mail::Sender {
    public:
        base::Result<> send(const mail::Message&) override { return base::Done{}; }
    };

    base::SystemClock clock;
    base::SystemRandom random;
    NobodyThere client;
    NoMail sender;
    sql::Database database;
    crypto::Sealer sealer;
    base::Settings settings = base::Settings::read(
                                  app::all_settings(),
                                  "crypto.csrf_key = " + std::string(csrf_key()) + "\ncrypto.keys = " + keys() +
                                      "\n",
                                  {}
    )
                                  .value();
    std::unique_ptr<app::Portal> portal;  // made when there is something in the database
};

inline const base::TenantId& measured_town()
{
    static const base::TenantId aarau{"4001"};
    return aarau;
}

// A form that is filled in and only waits for the last button.
inline json::Object filled_form()
{
    return {
        {"person.first_name", "Anna Maria"},
        {"person.last_name", "Keller"},
        {"person.date_of_birth", "1984-03-12"},
        {"address.street", "Bahnhofstrasse"},
        {"address.house_number", "1"},
        {"address.postal_code", "5000"},
        {"address.town", "Aarau"},
        {"certificate.language", "de"},
        {"delivery.way", "online"},
        {"contact.email", "anna@example.org"},
    };
}
