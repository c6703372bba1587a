// Orders per second, each durable on SQLite before its answer leaves: the request that submits a filled form,
// through the whole portal (case, process, fee, payment and mail in one transaction), by many threads. The
// payment provider is out of reach, so that no neighbour is measured.
//   order_submits [ORDERS]    in the project's folder
// prints "order.submit <orders per second>", "order.rows <rows an order writes>", "order.bytes <of a row>"
// and "order.bare <commits per second of the same rows by plain sqlite3>".
#include "app/demo_data.hpp"
#include "app/portal.hpp"
#include "app/schema.hpp"
#include "app/settings.hpp"
#include "features/ordering/drafts.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/http/client.hpp"
#include "kit/mail/sender.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "same_rows.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int threads = 16;  // as server.workers
constexpr std::string_view csrf_key = "a-long-random-text-for-measuring";
const std::string keys = "bench:" + std::string(64, 'a');
const base::TenantId aarau{"4001"};

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

struct Ready {
    std::string visitor;
    std::string draft;
};

// Forms that are filled in and only wait for the last button.
std::vector<Ready> fill_forms(
    sql::Database& database,
    const base::Clock& clock,
    base::Random& random,
    const crypto::Sealer& sealer,
    int count
)
{
    const json::Object answers{
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
    ordering::Drafts drafts(clock, random, sealer);
    std::vector<Ready> ready;
    auto transaction = database.begin(aarau);
    for (int number = 0; number < count; ++number) {
        const auto visitor = base::random_id(random);
        const auto draft = drafts.begin(transaction, visitor, "hauptwohnsitzbescheinigung");
        drafts.save(transaction, draft.id, answers);
        ready.push_back({visitor, draft.id.text});
    }
    transaction.commit();
    return ready;
}

void submit(app::Portal& portal, const Ready& ready)
{
    http::Request request;
    request.method = http::Method::post;
    request.path = request.target = "/bestellung/" + ready.draft + "/pruefen";
    request.headers = {
        {"cookie", "besuch=" + ready.visitor}, {"content-type", "application/x-www-form-urlencoded"}};
    request.body = "csrf=" + crypto::hmac_sha256_hex(csrf_key, ready.visitor);
    const auto answer = portal.handle(request);
    const auto location = http::find_field(answer.headers, "location").value_or("");
    if (answer.status != 303 || !location.starts_with("/vorgang/"))
        throw std::runtime_error("an order was not taken: " + std::to_string(answer.status));
}

void measure(const std::string& folder, int orders)
{
    const std::string path = folder + "/database";
    base::SystemClock clock;
    base::SystemRandom random;
    NobodyThere client;
    NoMail sender;
    sql::Database database("sqlite:" + path);
    database.migrate(app::all_migrations());
    const auto sealer = crypto::Sealer::from_keys(keys, random).value();
    app::load_demo(database, sealer, clock, random, {"hauptwohnsitzbescheinigung"}, "http://registers");
    const auto settings = base::Settings::read(
                              app::all_settings(),
                              "crypto.csrf_key = " + std::string(csrf_key) + "\ncrypto.keys = " + keys + "\n",
                              {}
    )
                              .value();
    app::Portal portal(
        database, settings, catalog::Catalog::load("services").value(), {clock, random, client, sender}
    );
    const auto ready = fill_forms(database, clock, random, sealer, orders);

    const auto before = SameRows::marks(path);
    std::atomic<std::size_t> next = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> residents;
        for (int thread = 0; thread < threads; ++thread)
            residents.emplace_back([&] {
                for (std::size_t number = next++; number < ready.size(); number = next++)
                    submit(portal, ready[number]);
            });
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const SameRows rows(path, before, orders);
    std::cout << "order.submit " << orders / took.count() << "\norder.rows " << rows.rows_per_order()
              << "\norder.bytes " << rows.bytes_per_row() << "\norder.bare "
              << rows.commits_per_second(folder + "/bare", threads) << std::endl;
}

}  // namespace

int main(int count, char** arguments)
{
    auto folder = (std::filesystem::current_path() / "build" / "order-submits-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        return 1;
    int code = 0;
    try {
        measure(folder, count > 1 ? std::atoi(arguments[1]) : 4000);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        code = 1;
    }
    std::filesystem::remove_all(folder);
    return code;
}
