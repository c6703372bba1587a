#pragma once

#include "kit/http/request.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace http {

// Grows only. Counting is one atomic addition.
class Counter {
public:
    void add(std::uint64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

// How long things took, counted into buckets by upper bound.
class Histogram {
public:
    explicit Histogram(std::vector<std::chrono::microseconds> upper_bounds);  // in rising order

    void observe(std::chrono::microseconds duration);

private:
    friend class Metrics;

    std::vector<std::chrono::microseconds> upper_bounds_;
    std::vector<Counter> counts_;  // one more than bounds: what is longer than all of them
    Counter sum_;                  // microseconds
};

// One value of a figure that is looked up.
struct Sample {
    Fields labels = {};
    std::string value;  // a decimal number
};
// Several figures that are looked up together.
struct Reading {
    std::string name;
    std::string sentence;
    std::vector<Sample> samples;
};
// Prometheus counts in seconds.
std::string seconds_text(std::chrono::microseconds duration);

// The program's figures under their names, for GET /metrics in Prometheus' text format 0.0.4. Made once in
// app/ and handed down. Asking for the same name and labels again gives the same figure; a name in two kinds
// is std::logic_error. References live as long as this does. Safe to share between threads.
class Metrics {
public:
    Metrics();
    ~Metrics();

    Counter& counter(const std::string& name, const std::string& sentence, const Fields& labels = {});
    Histogram& histogram(
        const std::string& name,
        const std::string& sentence,
        std::vector<std::chrono::microseconds> upper_bounds,
        const Fields& labels = {}
    );
    // A figure that is looked up when somebody asks; `read` may be called on any thread.
    void gauge(
        const std::string& name,
        const std::string& sentence,
        std::function<std::int64_t()> read,
        const Fields& labels = {}
    );

    // Gauges whose labels are not known before somebody asks; `read` is called once each time, on any thread.
    void readings(std::function<std::vector<Reading>()> read);

    std::string text() const;

private:
    enum class Kind { counter, gauge, histogram };
    struct Family;
    Family& family(const std::string& name, const std::string& sentence, Kind kind);

    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Family>> families_;           // guarded by mutex_
    std::vector<std::function<std::vector<Reading>()>> readings_ = {};  // guarded by mutex_
};

}  // namespace http
