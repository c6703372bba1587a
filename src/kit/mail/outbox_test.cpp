#include "kit/crypto/sealer.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/resources.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/mail/outbox.hpp"
#include "kit/mail/packed_message.hpp"
#include "kit/mail/resources.hpp"
#include "testing/databases.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

namespace {

// A mail server that answers what it was told to.
class ScriptedSender final : public mail::Sender {
public:
    base::Result<> send(const mail::Message& message) override
    {
        tried.push_back(message);
        return answer;
    }

    base::Result<> answer = base::Done{};
    std::vector<mail::Message> tried;
};

mail::Message message()
{
    return {
        .id = {},
        .from = {"Gemeinde Muster", "portal@muster.example"},
        .to = {"Ada", "ada@example.org"},
        .subject = "Bereit",
        .text = "Guten Tag\nIhre Bestätigung ist bereit.",
        .attachments = {{"a.pdf", "application/pdf", std::string("\0:%PDF\xFF", 7)}},
    };
}

struct Office {
    explicit Office(sql::Database& given) : database(given)
    {
        outbox.register_jobs(runner, database, server);
    }

    base::Result<> put(const mail::Message& written, bool committed = true)
    {
        auto transaction = database.begin({"4001"});
        auto result = outbox.put(transaction, written);
        if (committed)
            transaction.commit();
        return result;
    }

    std::vector<mail::RefusedMail> refused()
    {
        auto transaction = database.begin_read_across_tenants();
        return outbox.refused(transaction);
    }

    sql::Database& database;
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    crypto::Sealer sealer = std::move(*crypto::Sealer::from_keys("a:" + std::string(64, '1'), random));
    jobs::Queue queue{clock, random};
    jobs::Runner runner{database, queue, clock};
    ScriptedSender server;
    mail::Outbox outbox{queue, sealer, clock, random, "portal.example"};
};

void with_office(const std::function<void(Office&)>& test)
{
    testing::for_each_database(
        {jobs::resources::migrations(), mail::resources::migrations()},
        [&](sql::Database& database) {
            Office office(database);
            test(office);
        }
    );
}

}  // namespace

TEST_CASE("a mail goes out once, as it was written")
{
    with_office([](Office& office) {
        REQUIRE(office.put(message()));

        office.runner.run_due();
        office.clock.advance(48h);
        office.runner.run_due();

        REQUIRE(office.server.tried.size() == 1);
        const auto& sent = office.server.tried.front();
        CHECK(sent.id.ends_with("@portal.example"));
        CHECK(sent.to.address == "ada@example.org");
        CHECK(sent.text == message().text);
        CHECK(sent.attachments.at(0).content == message().attachments.at(0).content);
    });
}

TEST_CASE("a mail whose cause was not written does not go out")
{
    with_office([](Office& office) {
        REQUIRE(office.put(message(), /*committed=*/false));

        office.runner.run_due();

        CHECK(office.server.tried.empty());
    });
}

TEST_CASE("while the mail server is away, the same mail is tried again later")
{
    with_office([](Office& office) {
        office.server.answer = base::fail(base::ErrorKind::unavailable, "mail.unavailable");
        REQUIRE(office.put(message()));

        office.runner.run_due();
        office.clock.advance(1h);
        office.server.answer = base::Done{};
        office.runner.run_due();
        office.clock.advance(48h);
        office.runner.run_due();

        REQUIRE(office.server.tried.size() == 2);
        CHECK(office.server.tried[0].id == office.server.tried[1].id);
        CHECK(office.refused().empty());
    });
}

TEST_CASE("a mail that is refused for good is listed and not tried again")
{
    with_office([](Office& office) {
        office.server.answer = base::fail(base::ErrorKind::invalid, "mail.refused", "SMTP reply 550");
        REQUIRE(office.put(message()));

        office.runner.run_due();
        office.clock.advance(48h);
        office.runner.run_due();

        CHECK(office.server.tried.size() == 1);
        REQUIRE(office.refused().size() == 1);
        CHECK(office.refused()[0].reason == "SMTP reply 550");
        CHECK(office.refused()[0].tenant.text == "4001");

        office.clock.advance(24h * 31);
        office.runner.run_due();
        CHECK(office.refused().empty());
    });
}

TEST_CASE("a malformed mail is refused when it is written")
{
    with_office([](Office& office) {
        auto hostile = message();
        hostile.subject = "a\r\nBcc: x@example.org";

        CHECK_FALSE(office.put(hostile));

        office.runner.run_due();
        CHECK(office.server.tried.empty());
    });
}

TEST_CASE("mail of no municipality belongs to the canton and goes out as well")
{
    with_office([](Office& office) {
        auto transaction = office.database.begin_across_tenants();
        REQUIRE(office.outbox.put(transaction, message()));
        transaction.commit();

        office.runner.run_due();

        CHECK(office.server.tried.size() == 1);
    });
}

TEST_CASE("nothing that is no packed message is unpacked")
{
    const auto packed = mail::pack(message());

    CHECK(mail::unpack(packed)->subject == "Bereit");
    CHECK_FALSE(mail::unpack(packed.substr(0, packed.size() - 1)));
    CHECK_FALSE(mail::unpack("1:2" + packed.substr(3)));
    for (const auto* text : {"", "1:1", "x", "99999999999999999999:1", "1:1-1:", "5:1"})
        CHECK_FALSE(mail::unpack(text));
}
