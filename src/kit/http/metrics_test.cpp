#include "kit/http/metrics.hpp"

#include <doctest/doctest.h>

using namespace http;
using namespace std::chrono_literals;

TEST_CASE("figures are written in Prometheus' text format, by name and label")
{
    Metrics metrics;
    metrics.counter("schalter_orders_total", "Orders taken.", {{"service", "a\"b"}}).add(2);
    metrics.counter("schalter_orders_total", "Orders taken.", {{"service", "c"}}).add();
    metrics.gauge("schalter_jobs_waiting", "Jobs that wait.", [] { return 7; });

    CHECK(
        metrics.text() == "# HELP schalter_jobs_waiting Jobs that wait.\n"
                          "# TYPE schalter_jobs_waiting gauge\n"
                          "schalter_jobs_waiting 7\n"
                          "# HELP schalter_orders_total Orders taken.\n"
                          "# TYPE schalter_orders_total counter\n"
                          "schalter_orders_total{service=\"a\\\"b\"} 2\n"
                          "schalter_orders_total{service=\"c\"} 1\n"
    );
}

TEST_CASE("figures whose labels nobody knows before are looked up together, when somebody asks")
{
    Metrics metrics;
    int asked = 0;
    metrics.readings([&] {
        ++asked;
        return std::vector<Reading>{
            {"schalter_jobs", "Jobs.", {{{{"tenant", "4021"}}, "2"}, {{{"tenant", "4022"}}, "1"}}},
            {"schalter_lag_seconds", "Lag.", {{{}, seconds_text(1500ms)}}}};
    });

    CHECK(asked == 0);
    CHECK(
        metrics.text() == "# HELP schalter_jobs Jobs.\n"
                          "# TYPE schalter_jobs gauge\n"
                          "schalter_jobs{tenant=\"4021\"} 2\n"
                          "schalter_jobs{tenant=\"4022\"} 1\n"
                          "# HELP schalter_lag_seconds Lag.\n"
                          "# TYPE schalter_lag_seconds gauge\n"
                          "schalter_lag_seconds 1.5\n"
    );
    CHECK(asked == 1);
}

TEST_CASE("durations are counted into buckets that include the shorter ones")
{
    Metrics metrics;
    auto& histogram = metrics.histogram("request_seconds", "Requests.", {5ms, 100ms, 1s}, {{"route", "/"}});

    for (const auto duration : {1000us, 5000us, 5001us, 2000000us})
        histogram.observe(duration);

    CHECK(
        metrics.text() == "# HELP request_seconds Requests.\n"
                          "# TYPE request_seconds histogram\n"
                          "request_seconds_bucket{route=\"/\",le=\"0.005\"} 2\n"
                          "request_seconds_bucket{route=\"/\",le=\"0.1\"} 3\n"
                          "request_seconds_bucket{route=\"/\",le=\"1\"} 3\n"
                          "request_seconds_bucket{route=\"/\",le=\"+Inf\"} 4\n"
                          "request_seconds_sum{route=\"/\"} 2.011001\n"
                          "request_seconds_count{route=\"/\"} 4\n"
    );
}

TEST_CASE("the same name is the same figure, in one kind only")
{
    Metrics metrics;
    auto& counter = metrics.counter("a_total", "A.");

    CHECK(&metrics.counter("a_total", "A.") == &counter);
    CHECK_THROWS_AS(metrics.histogram("a_total", "A.", {1s}), std::logic_error);
}
