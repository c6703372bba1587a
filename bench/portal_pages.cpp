// What a resident's browser waits for: a page of a form, and "Meine Vorgänge" with few and with very many
// orders of others in the database. Each page goes through the whole portal, one at a time.
//   portal_pages [FEW MANY]    in the project's folder; orders in the database
// prints "form_page <pages per second>", "form_page_p99_ms <ms>", "my_cases_few_p99_ms <ms>" and
// "my_cases_many_p99_ms <ms>".
#include "arguments.hpp"
#include "measured_portal.hpp"
#include "platform/cases/cases.hpp"
#include "platform/identity/sessions.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <vector>

namespace {

constexpr int pages = 3000;
constexpr int own_orders = 20;
constexpr int orders_at_once = 20000;
constexpr std::string_view email = "anna@example.org";

// Milliseconds that each of many pages took, sorted.
std::vector<double> times_of(const std::function<http::Response()>& ask)
{
    std::vector<double> times;
    for (int page = 0; page < pages; ++page) {
        const auto began = std::chrono::steady_clock::now();
        const auto answer = ask();
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
        if (answer.status != 200)
            throw std::runtime_error("a page was refused: " + std::to_string(answer.status));
        times.push_back(took.count());
    }
    std::ranges::sort(times);
    return times;
}

double p99(const std::vector<double>& sorted)
{
    return sorted[sorted.size() * 99 / 100];
}

void measure_form(MeasuredPortal& measured)
{
    ordering::Drafts drafts(measured.clock, measured.random, measured.sealer);
    const auto visitor = base::random_id(measured.random);
    auto transaction = measured.database.begin(measured_town());
    const auto draft = drafts.begin(transaction, visitor, "hauptwohnsitzbescheinigung", filled_form());
    transaction.commit();
    const auto request = MeasuredPortal::asked(visitor, "/bestellung/" + draft.id.text + "/person");

    const auto began = std::chrono::steady_clock::now();
    const auto times = times_of([&] { return measured.portal->handle(request); });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::cout << "form_page " << pages / took.count() << "\nform_page_p99_ms " << p99(times) << std::endl;
}

// Orders of others, until there are so many.
void fill(MeasuredPortal& measured, int& present, int wanted)
{
    cases::Cases cases(measured.clock, measured.random, measured.sealer);
    while (present < wanted) {
        auto transaction = measured.database.begin(measured_town());
        for (int number = 0; number < orders_at_once && present < wanted; ++number, ++present) {
            const bool is_own = present < own_orders;
            cases::NewCase order;
            order.service_id = "hauptwohnsitzbescheinigung";
            order.answers = filled_form();
            order.email = is_own ? std::string(email) : std::to_string(present) + "@example.org";
            order.date_of_birth = "1984-03-12";
            order.order_key = std::to_string(present);
            cases.open(transaction, order);
        }
        transaction.commit();
    }
}

double my_cases(MeasuredPortal& measured)
{
    identity::Sessions sessions(measured.database, measured.clock, measured.random);
    auto transaction = measured.database.begin_across_tenants();
    const auto link = sessions.make_login_link(transaction, email, "/konto");
    transaction.commit();
    auto request = MeasuredPortal::asked(base::random_id(measured.random), "/konto");
    request.headers.front().second += "; sitzung=" + sessions.log_in_by_link(link).value().session_token;
    return p99(times_of([&] { return measured.portal->handle(request); }));
}

void measure(const std::string& folder, int few, int many)
{
    MeasuredPortal measured(folder + "/database");
    measure_form(measured);
    int present = 0;
    fill(measured, present, few);
    std::cout << "my_cases_few_p99_ms " << my_cases(measured) << std::endl;
    fill(measured, present, many);
    std::cout << "my_cases_many_p99_ms " << my_cases(measured) << std::endl;
}

}  // namespace

int main(int count, char** arguments)
{
    auto folder = (std::filesystem::current_path() / "build" / "portal-pages-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        return 1;
    int code = 0;
    try {
        const bool has_numbers = count > 2;
        measure(
            folder,
            has_numbers ? bench::number(arguments[1]) : 1000,
            has_numbers ? bench::number(arguments[2]) : 1000000
        );
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        code = 1;
    }
    std::filesystem::remove_all(folder);
    return code;
}
