// The connector contract against the business systems that the sandbox plays, on both databases.
#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/cases/resources.hpp"
#include "platform/connectors/connectors.hpp"
#include "platform/connectors/resources.hpp"
#include "sandbox/registers.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace connectors;
using namespace std::chrono_literals;
using base::ErrorKind;

namespace {

const base::TenantId aarau{"4001"};

// The way to a business system; an answer that takes longer than the caller waits never arrives.
class Wire final : public http::Client {
public:
    explicit Wire(const base::Clock& clock)
        : registers(clock, [this](std::chrono::seconds wait) { waited = wait; })
    {
    }

    base::Result<http::Response> send(const http::ClientRequest& asked) override
    {
        last = asked;
        waited = 0s;
        http::Request request;
        request.method = asked.method;
        request.path = asked.url.substr(asked.url.find('/', asked.url.find("//") + 2));
        for (const auto& [name, value] : asked.headers)
            request.headers.emplace_back(base::ascii_lower(name), value);
        request.body = asked.body;
        auto response = answer ? http::json(*answer) : registers.handle(request);
        if (waited > asked.timeout)
            return base::fail(ErrorKind::unavailable, "http.unavailable", "timed out");
        return response;
    }

    sandbox::Registers registers;
    http::ClientRequest last;
    std::optional<std::string> answer;  // instead of the register's

private:
    std::chrono::seconds waited{0};
};

struct Office {
    explicit Office(sql::Database& kept) : database(kept)
    {
        auto transaction = database.begin(aarau);
        connectors.set_connector(transaction, {"http://register/4001", "demo-connector-4001"});
        transaction.commit();
    }

    cases::CaseId order(std::string last_name, std::string first_name, std::string born, std::string ahv = {})
    {
        cases::NewCase wanted;
        wanted.service_id = "hauptwohnsitzbescheinigung";
        wanted.answers = json::Object{
            {"person.last_name", std::move(last_name)},
            {"person.first_name", std::move(first_name)},
            {"person.date_of_birth", born},
            {"person.ahv_number", std::move(ahv)},
        };
        wanted.date_of_birth = born;
        wanted.order_key = "draft" + std::to_string(++drafts);
        auto transaction = database.begin(aarau);
        const auto opened = cases.open(transaction, wanted);
        transaction.commit();
        return opened.opened_case.id;
    }

    base::Result<Finding> fetch(const cases::CaseId& id)
    {
        return connectors.fetch_person(aarau, id, "job-1");
    }

    base::Result<Finding> ask_for_anna(sandbox::RegisterMode mode)
    {
        wire.registers.set_mode(4001, mode);
        return fetch(order("Keller", "Anna", "1984-03-12"));
    }

    cases::Case kept(const cases::CaseId& id)
    {
        auto reads = database.begin_read(aarau);
        return cases.find(reads, id).value();
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    crypto::Sealer sealer = crypto::Sealer::from_keys("test:" + std::string(64, 'a'), random).value();
    cases::Cases cases{clock, random, sealer};
    Wire wire{clock};
    Connectors connectors{Parts{database, clock, sealer, wire, cases}};
    int drafts = 0;
};

void with_office(const std::function<void(Office&)>& test)
{
    testing::for_each_database(
        {cases::resources::migrations(), connectors::resources::migrations()},
        [&](sql::Database& database) {
            Office office(database);
            test(office);
        }
    );
}

}  // namespace

TEST_CASE("a person who lives here is found, and the record is kept at the case")
{
    with_office([](Office& office) {
        const auto id = office.order("Keller", "Anna", "1984-03-12");

        const auto finding = office.fetch(id);

        REQUIRE(finding);
        CHECK(finding->matches);
        CHECK(finding->resident_since == base::parse_date("2015-04-01"));
        const auto ordered = office.kept(id);
        const json::Value* person = ordered.register_data.find("person");
        REQUIRE(person != nullptr);
        CHECK(person->find("personIdentification")->text_of("firstName") == "Anna Maria");
    });
}

TEST_CASE("the request says who asks, for whom, what for, and names itself in every repetition")
{
    with_office([](Office& office) {
        const auto id = office.order("Keller", "Anna", "1984-03-12", "7569217076985");

        REQUIRE(office.fetch(id));

        const auto body = json::parse(office.wire.last.body).value();
        CHECK(office.wire.last.url == "http://register/4001/persons/search");
        CHECK(http::find_field(office.wire.last.headers, "Authorization") == "Bearer demo-connector-4001");
        CHECK(http::find_field(office.wire.last.headers, "Idempotency-Key") == "job-1");
        CHECK(body.text_of("serviceId") == "hauptwohnsitzbescheinigung");
        CHECK(body.text_of("ourBusinessReferenceId") == office.kept(id).reference);
        CHECK(body.find("municipalityId")->integer() == 4001);
        CHECK(body.find("person")->text_of("vn") == "7569217076985");
    });
}

TEST_CASE("the special persons of every register are told apart")
{
    with_office([](Office& office) {
        CHECK_FALSE(office.fetch(office.order("Niemand", "Nora", "1984-03-12"))->found);
        CHECK_FALSE(office.fetch(office.order("Bürgi", "Luca", "2001-07-19"))->unique);
        CHECK(office.fetch(office.order("Brunner", "Sandra", "1979-11-02"))->has_data_lock);
        CHECK(office.fetch(office.order("Bianchi", "Marco", "1990-05-30"))->reason == "moved_away");
        CHECK(
            office.fetch(office.order("Rochat", "Élodie", "1995-01-23"))->resident_since ==
            base::parse_date("2030-04-29")
        );
        CHECK(office.fetch(office.order("Szoke", "Gabor", "1972-12-24"))->matches);
        CHECK(office.fetch(office.order("O'Brien", "Sean", "1966-06-06"))->matches);
    });
}

TEST_CASE("a system that is slow, failing or down may be asked again later")
{
    with_office([](Office& office) {
        for (const auto mode :
             {sandbox::RegisterMode::slow, sandbox::RegisterMode::failing, sandbox::RegisterMode::down}) {
            const auto failed = office.ask_for_anna(mode);
            REQUIRE_FALSE(failed);
            CHECK(failed.error().kind == ErrorKind::unavailable);
        }
        CHECK(office.ask_for_anna(sandbox::RegisterMode::ok));
    });
}

TEST_CASE("a register that refuses, and one that finds another person, are told apart from one that is down")
{
    with_office([](Office& office) {
        CHECK(office.ask_for_anna(sandbox::RegisterMode::refusing).error().kind == ErrorKind::forbidden);

        const auto another = office.ask_for_anna(sandbox::RegisterMode::another_person);
        REQUIRE(another);
        CHECK(another->found);
        CHECK_FALSE(another->matches);
    });
}

TEST_CASE("nonsense is not kept and counts as no answer")
{
    with_office([](Office& office) {
        const std::string record =
            R"({"personIdentification":{"vn":"","localPersonId":{"personId":"1"},"officialName":"Keller",)"
            R"("firstName":"Anna","sex":"2","dateOfBirth":{"yearMonthDay":"1984-03-12"}},"residence":)"
            R"({"typeOfResidence":"1","reportingMunicipality":{"municipalityId":4001},"arrivalDate":"2015-04-01",)"
            R"("dwellingAddress":{"address":{"town":"Aarau"}}},"lockData":{"dataLock":"0"}})";
        const auto id = office.order("Keller", "Anna", "1984-03-12");
        office.wire.answer = R"({"persons":[)" + record + "]}";
        REQUIRE(office.fetch(id));

        const auto refuses = [&](std::string_view part, std::string_view instead) {
            std::string broken = record;
            broken.replace(broken.find(part), part.size(), instead);
            office.wire.answer = R"({"persons":[)" + broken + "]}";
            const auto fresh = office.order("Keller", "Anna", "1984-03-12");
            const auto failed = office.fetch(fresh);
            return !failed && failed.error().kind == ErrorKind::unavailable &&
                   office.kept(fresh).register_data.is_null();
        };

        CHECK(refuses("1984-03-12", "1984-02-31"));
        CHECK(refuses("\"vn\":\"\"", "\"vn\":\"7569217076984\""));
        CHECK(refuses("\"dataLock\":\"0\"", "\"dataLock\":\"7\""));
        CHECK(refuses("\"dataLock\":\"0\"", "\"dataLock\":0"));
        CHECK(refuses("4001", "\"4001\""));
        CHECK(refuses("Anna", std::string(101, 'a')));
        CHECK(refuses("Anna", "An\\u0000na"));
        CHECK(refuses(R"("arrivalDate":"2015-04-01",)", ""));
        CHECK(refuses(R"("lockData")", R"("lock")"));
    });
}

TEST_CASE("answers that are no list of persons, or far too many, are nonsense")
{
    with_office([](Office& office) {
        const auto id = office.order("Keller", "Anna", "1984-03-12");
        for (const std::string answer :
             {"", "<html>", "[]", "{}", R"({"persons":{}})", R"({"persons":[1]})"}) {
            office.wire.answer = answer;
            CHECK(office.fetch(id).error().kind == ErrorKind::unavailable);
        }
        std::string many = R"({"persons":[0)";
        for (int count = 0; count < 60; ++count)
            many += ",0";
        office.wire.answer = many + "]}";
        CHECK(office.fetch(id).error().detail.find("at most 50") != std::string::npos);
    });
}

TEST_CASE("a wrong secret, or no business system at all, needs a person")
{
    with_office([](Office& office) {
        const auto id = office.order("Keller", "Anna", "1984-03-12");
        {
            auto transaction = office.database.begin(aarau);
            office.connectors.set_connector(transaction, {"http://register/4001", "guessed"});
            transaction.commit();
        }
        CHECK(office.fetch(id).error().kind == ErrorKind::invalid);
        CHECK(office.connectors.fetch_person({"4021"}, id, "job-2").error().kind == ErrorKind::not_found);
    });
}
