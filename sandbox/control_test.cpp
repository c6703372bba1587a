#include "sandbox/control.hpp"
#include "testing/fixed_clock.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace sandbox;
using http::Method;

namespace {

struct Desk {
    testing::FixedClock clock;
    testing::RepeatableRandom random;
    Pages pages;
    Payrexx payrexx{clock, random, pages, "http://portal"};
    Registers registers{clock, [](std::chrono::seconds) {}};
    Mailbox mailbox{clock, pages};
    Control control{payrexx, registers, mailbox};

    http::Response call(Method method, const std::string& path, const std::string& body = {}) const
    {
        http::Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        return control.handle(request);
    }

    json::Value read(const std::string& path) const
    {
        return json::parse(call(Method::get, path).body).value();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Desk, "switches are set one by one, and what is none is refused in whole")
{
    CHECK(
        call(Method::put, "/control/payrexx/gemeinde-4001", R"({"switches":{"lose":true,"delayMs":5}})")
            .status == 200
    );
    CHECK(
        call(Method::put, "/control/payrexx/gemeinde-4001", R"({"switches":{"duplicates":2}})").status == 200
    );
    CHECK(
        call(Method::put, "/control/payrexx/gemeinde-4001", R"({"switches":{"lose":false,"api":"gone"}})")
            .status == 422
    );

    const auto account = read("/control/payrexx/gemeinde-4001");
    const auto* switches = account.find("switches");
    CHECK(*switches->find("lose") == json::Value(true));
    CHECK(switches->find("duplicates")->integer() == 2);
    CHECK(switches->find("delayMs")->integer() == 5);
}

TEST_CASE_FIXTURE(Desk, "a register's mode can be changed, and all is as at the start after a reset")
{
    CHECK(call(Method::put, "/control/registers/4001", R"({"mode":"down"})").status == 204);
    CHECK(call(Method::put, "/control/registers/4001", R"({"mode":"sleepy"})").status == 422);
    CHECK(read("/control/registers/4001").text_of("mode") == "down");
    CHECK(read("/control/registers/4021").text_of("mode") == "ok");

    CHECK(call(Method::post, "/control/reset").status == 204);

    CHECK(read("/control/registers/4001").text_of("mode") == "ok");
}

TEST_CASE("a municipality's residents are always the same, each with an identity of their own")
{
    const base::Date today = base::parse_date("2030-05-06").value();
    const auto residents = residents_of(4001, today);
    std::set<std::string> numbers;
    for (const Resident& resident : residents)
        numbers.insert(resident.ahv_number);

    CHECK(residents.size() == 40);
    CHECK(numbers.size() == residents.size());
    CHECK(resident_json(residents[20], 4001) == resident_json(residents_of(4001, today)[20], 4001));
    CHECK(residents_of(4021, today)[20].ahv_number != residents[20].ahv_number);
    CHECK(make_ahv_number(4001, 1).size() == 13);
}
