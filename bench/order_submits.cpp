// Orders per second, each durable on SQLite before its answer leaves: the request that submits a filled form,
// through the whole portal (case, process, fee, payment and mail in one transaction), by many threads. The
// payment provider is out of reach, so that no neighbour is measured.
//   order_submits [ORDERS]    in the project's folder
// prints "order.submit <orders per second>", "order.rows <rows an order writes>", "order.bytes <of a row>"
// and "order.bare <commits per second of the same rows by plain sqlite3>".
#include "measured_portal.hpp"
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
struct Ready {
    std::string visitor;
    std::string draft;
};

std::vector<Ready> fill_forms(MeasuredPortal& measured, int count)
{
    ordering::Drafts drafts(measured.clock, measured.random, measured.sealer);
    std::vector<Ready> ready;
    auto transaction = measured.database.begin(measured_town());
    for (int number = 0; number < count; ++number) {
        const auto visitor = base::random_id(measured.random);
        const auto draft = drafts.begin(transaction, visitor, "hauptwohnsitzbescheinigung");
        drafts.save(transaction, draft.id, filled_form());
        ready.push_back({visitor, draft.id.text});
    }
    transaction.commit();
    return ready;
}

void submit(app::Portal& portal, const Ready& ready)
{
    const std::string nothing;
    const auto answer = portal.handle(
        MeasuredPortal::asked(ready.visitor, "/bestellung/" + ready.draft + "/pruefen", &nothing)
    );
    const auto location = http::find_field(answer.headers, "location").value_or("");
    if (answer.status != 303 || !location.starts_with("/vorgang/"))
        throw std::runtime_error("an order was not taken: " + std::to_string(answer.status));
}

void measure(const std::string& folder, int orders)
{
    const std::string path = folder + "/database";
    MeasuredPortal measured(path);
    const auto ready = fill_forms(measured, orders);

    const auto before = SameRows::marks(path);
    std::atomic<std::size_t> next = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> residents;
        for (int thread = 0; thread < threads; ++thread)
            residents.emplace_back([&] {
                for (std::size_t number = next++; number < ready.size(); number = next++)
                    submit(*measured.portal, ready[number]);
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
