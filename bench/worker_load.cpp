// A worker and those who start processes, over /v2 of a running portal on which runtime_fill has put its
// models.
//   worker_load URL[,URL…] CLIENT_ID SECRET straight INSTANCES
//     prints "straight_through": instances of three jobs per second, from the first start to the last end; 32
//     connections take turns on the addresses
//   worker_load URL CLIENT_ID SECRET idle ROUNDS
//     prints "idle_p50_ms", "idle_p99_ms": from the call that starts an instance until a worker that was
//     waiting has its job
//   worker_load URL CLIENT_ID SECRET probe
//     asks, every few milliseconds, for a page and for an instance, until its standard input ends; prints
//     "page_p99_ms", "api_p99_ms"
#include "arguments.hpp"
#include "kit/http/client.hpp"
#include "kit/json/json.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <mutex>
#include <span>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int starters = 17;
constexpr std::array<const char*, 3> types{"work1", "work2", "work3"};
constexpr int workers_of_a_type = 5;
constexpr std::int64_t jobs_at_once = 16;
constexpr auto pause_of_probe = 2ms;

double milliseconds_since(Clock::time_point began)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

json::Value answer(http::NetworkClient& client, const http::ClientRequest& request)
{
    const auto response = client.send(request);
    if (!response)
        throw std::runtime_error(request.url + ": " + response.error().detail);
    if (response->status >= 300)
        throw std::runtime_error(
            request.url + ": " + std::to_string(response->status) + " " + response->body
        );
    return response->body.empty() ? json::Value() : json::parse(response->body).value();
}

// A portal, and the token that all who talk to it use.
struct Access {
    std::string address;
    std::string token;
};

Access ask_for_access(const std::string& address, const std::string& id, const std::string& secret)
{
    http::NetworkClient client;
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = address + "/oauth/token";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
    return {address, std::string(answer(client, request).text_of("access_token"))};
}

// One connection to a portal.
class Caller {
public:
    explicit Caller(const Access& access) : address_(access.address), token_(access.token) {}

    json::Value post(const std::string& path, const json::Object& body)
    {
        http::ClientRequest request;
        request.method = http::Method::post;
        request.url = address_ + "/v2" + path;
        request.headers = {{"content-type", "application/json"}, {"authorization", "Bearer " + token_}};
        request.body = json::write(body);
        request.timeout = 60s;
        return answer(client_, request);
    }

    json::Value look(const std::string& path)
    {
        http::ClientRequest request;
        request.url = address_ + "/v2" + path;
        request.headers = {{"authorization", "Bearer " + token_}};
        return answer(client_, request);
    }

    void page()
    {
        http::ClientRequest request;
        request.url = address_ + "/";
        if (const auto response = client_.send(request); !response || response->status != 200)
            throw std::runtime_error("the page was not answered");
    }

    std::string start(const char* process)
    {
        const json::Object body{
            {"processDefinitionId", process},
            {"variables", json::Object{{"reference", "AG-4001-ABCD-EFGH"}}}};
        return std::string(post("/process-instances", body).text_of("processInstanceKey"));
    }

    std::vector<std::string> jobs(const char* type, std::chrono::milliseconds patience)
    {
        const auto found = post(
            "/jobs/activation",
            {{"type", type},
             {"worker", "bench"},
             {"timeout", 60000},
             {"maxJobsToActivate", json::Value(jobs_at_once)},
             {"requestTimeout", json::Value(std::int64_t{patience.count()})}}
        );
        std::vector<std::string> keys;
        if (const auto* jobs = found.find("jobs"))
            for (const auto& job : *jobs->if_array())
                keys.emplace_back(job.text_of("jobKey"));
        return keys;
    }

    void complete(const std::string& job)
    {
        post("/jobs/" + job + "/completion", {{"variables", json::Object{{"ok", true}}}});
    }

private:
    http::NetworkClient client_;
    std::string address_;
    std::string token_;
};

struct Portal {
    std::vector<Access> nodes;

    Caller caller(std::size_t number) const { return Caller(nodes[number % nodes.size()]); }
};

// What one of several threads threw, for the main one.
class Trouble {
public:
    void run(const std::function<void()>& work)
    {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            thrown_ = std::current_exception();
            has_any_ = true;
        }
    }
    bool has_any() const { return has_any_; }
    void rethrow() const
    {
        if (thrown_)
            std::rethrow_exception(thrown_);
    }

private:
    std::mutex mutex_;
    std::exception_ptr thrown_;
    std::atomic<bool> has_any_ = false;
};

void measure_straight(const Portal& portal, int instances)
{
    std::atomic<int> started = 0;
    std::array<std::atomic<int>, types.size()> done{};
    Trouble trouble;
    const auto began = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t number = 0; number < starters; ++number)
            threads.emplace_back([&, number] {
                trouble.run([&] {
                    auto caller = portal.caller(number);
                    while (started++ < instances && !trouble.has_any())
                        caller.start("jobs");
                });
            });
        for (std::size_t number = 0; number < types.size() * workers_of_a_type; ++number)
            threads.emplace_back([&, number] {
                trouble.run([&] {
                    auto caller = portal.caller(number);
                    const auto type = number % types.size();
                    while (done[type] < instances && !trouble.has_any())
                        for (const auto& job : caller.jobs(types[type], 500ms)) {
                            caller.complete(job);
                            ++done[type];
                        }
                });
            });
    }
    trouble.rethrow();
    std::cout << "straight_through " << instances * 1000 / milliseconds_since(began) << std::endl;
}

double percentile(std::vector<double>& values, std::size_t percent)
{
    std::ranges::sort(values);
    return values[values.size() * percent / 100];
}

void measure_idle(const Portal& portal, int rounds)
{
    auto starter = portal.caller(0);
    auto worker = portal.caller(1);
    std::vector<double> values;
    Trouble trouble;
    for (int round = 0; round < rounds; ++round) {
        Clock::time_point began;
        std::atomic<bool> is_asking = false;
        {
            const std::jthread waiting([&] {
                trouble.run([&] {
                    is_asking = true;
                    const auto jobs = worker.jobs("work", 10s);
                    values.push_back(milliseconds_since(began));
                    worker.complete(jobs.at(0));
                });
            });
            while (!is_asking)
                std::this_thread::yield();
            std::this_thread::sleep_for(10ms);  // until it waits
            began = Clock::now();
            starter.start("job");
        }
        trouble.rethrow();
    }
    std::cout << "idle_p50_ms " << percentile(values, 50) << "\nidle_p99_ms " << percentile(values, 99)
              << std::endl;
}

void probe(const Portal& portal)
{
    auto caller = portal.caller(0);
    const auto instance = caller.start("one");
    std::atomic<bool> is_over = false;
    const std::jthread until([&] {
        for (std::string line; std::getline(std::cin, line);) {
        }
        is_over = true;
    });
    std::vector<double> pages;
    std::vector<double> reads;
    while (!is_over) {
        auto began = Clock::now();
        caller.page();
        pages.push_back(milliseconds_since(began));
        began = Clock::now();
        caller.look("/process-instances/" + instance);
        reads.push_back(milliseconds_since(began));
        std::this_thread::sleep_for(pause_of_probe);
    }
    std::cout << "page_p99_ms " << percentile(pages, 99) << "\napi_p99_ms " << percentile(reads, 99)
              << "\nrequests " << pages.size() * 2 << std::endl;
}

void run(std::span<char*> arguments)
{
    if (arguments.size() < 4)
        throw std::invalid_argument("URL CLIENT_ID SECRET and straight, idle or probe expected");
    Portal portal;
    std::string_view addresses = arguments[0];
    while (!addresses.empty()) {
        const auto end = std::min(addresses.find(','), addresses.size());
        portal.nodes.push_back(
            ask_for_access(std::string(addresses.substr(0, end)), arguments[1], arguments[2])
        );
        addresses.remove_prefix(std::min(end + 1, addresses.size()));
    }
    const std::string_view wanted = arguments[3];
    if (wanted == "straight" && arguments.size() == 5)
        measure_straight(portal, bench::number(arguments[4]));
    else if (wanted == "idle" && arguments.size() == 5)
        measure_idle(portal, bench::number(arguments[4]));
    else if (wanted == "probe" && arguments.size() == 4)
        probe(portal);
    else
        throw std::invalid_argument("straight INSTANCES, idle ROUNDS or probe expected");
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        run(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
