#include "kit/http/metrics.hpp"

#include <algorithm>
#include <stdexcept>

namespace http {

namespace {

std::string escape(std::string_view text, bool is_label)
{
    std::string escaped;
    for (const char letter : text) {
        if (letter == '\\')
            escaped += "\\\\";
        else if (letter == '\n')
            escaped += "\\n";
        else if (letter == '"' && is_label)
            escaped += "\\\"";
        else
            escaped += letter;
    }
    return escaped;
}

// `a="x",b="y"`, without the braces, so that `le` can follow.
std::string label_text(const Fields& labels)
{
    std::string text;
    for (const auto& [name, value] : labels) {
        if (!text.empty())
            text += ',';
        text += name + "=\"" + escape(value, /*is_label=*/true) + "\"";
    }
    return text;
}

std::string sample(const std::string& name, const std::string& labels, const std::string& value)
{
    return name + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n";
}

std::string heading(const std::string& name, const std::string& sentence, std::string_view kind)
{
    return "# HELP " + name + " " + escape(sentence, /*is_label=*/false) + "\n# TYPE " + name + " " +
           std::string(kind) + "\n";
}

}  // namespace

// Whole microseconds are written out exactly.
std::string seconds_text(std::chrono::microseconds duration)
{
    const auto microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    std::string fraction = std::to_string(microseconds % 1000000);
    fraction.insert(0, 6 - fraction.size(), '0');
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    return std::to_string(microseconds / 1000000) + (fraction.empty() ? "" : "." + fraction);
}

Histogram::Histogram(std::vector<std::chrono::microseconds> upper_bounds)
    : upper_bounds_(std::move(upper_bounds)), counts_(upper_bounds_.size() + 1)
{
    if (!std::ranges::is_sorted(upper_bounds_))
        throw std::logic_error("the bounds of a histogram rise");
}

void Histogram::observe(std::chrono::microseconds duration)
{
    duration = std::max(duration, std::chrono::microseconds(0));
    const auto bucket = std::ranges::lower_bound(upper_bounds_, duration) - upper_bounds_.begin();
    counts_[static_cast<std::size_t>(bucket)].add();
    sum_.add(static_cast<std::uint64_t>(duration.count()));
}

// All figures of one name, by their labels.
struct Metrics::Family {
    std::string sentence;
    Kind kind;
    std::map<std::string, std::unique_ptr<Counter>> counters = {};
    std::map<std::string, std::unique_ptr<Histogram>> histograms = {};
    std::map<std::string, std::function<std::int64_t()>> gauges = {};

    std::string text(const std::string& name) const
    {
        std::string lines;
        for (const auto& [labels, counter] : counters)
            lines += sample(name, labels, std::to_string(counter->value()));
        for (const auto& [labels, read] : gauges)
            lines += sample(name, labels, std::to_string(read()));
        for (const auto& [labels, histogram] : histograms)
            lines += histogram_text(name, labels, *histogram);
        return lines;
    }

    static std::string
    histogram_text(const std::string& name, const std::string& labels, const Histogram& histogram)
    {
        std::string lines;
        std::uint64_t count = 0;
        for (std::size_t index = 0; index < histogram.counts_.size(); ++index) {
            count += histogram.counts_[index].value();
            const bool is_last = index == histogram.upper_bounds_.size();
            const std::string bound = is_last ? "+Inf" : seconds_text(histogram.upper_bounds_[index]);
            lines += sample(
                name + "_bucket",
                labels + (labels.empty() ? "" : ",") + "le=\"" + bound + "\"",
                std::to_string(count)
            );
        }
        lines +=
            sample(name + "_sum", labels, seconds_text(std::chrono::microseconds(histogram.sum_.value())));
        return lines + sample(name + "_count", labels, std::to_string(count));
    }
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Metrics::Family& Metrics::family(const std::string& name, const std::string& sentence, Kind kind)
{
    auto& found = families_[name];
    if (!found)
        found = std::make_unique<Family>(Family{sentence, kind});
    if (found->kind != kind)
        throw std::logic_error("one figure in two kinds: " + name);
    return *found;
}

Counter& Metrics::counter(const std::string& name, const std::string& sentence, const Fields& labels)
{
    const std::scoped_lock lock(mutex_);
    auto& found = family(name, sentence, Kind::counter).counters[label_text(labels)];
    if (!found)
        found = std::make_unique<Counter>();
    return *found;
}

Histogram& Metrics::histogram(
    const std::string& name,
    const std::string& sentence,
    std::vector<std::chrono::microseconds> upper_bounds,
    const Fields& labels
)
{
    const std::scoped_lock lock(mutex_);
    auto& found = family(name, sentence, Kind::histogram).histograms[label_text(labels)];
    if (!found)
        found = std::make_unique<Histogram>(std::move(upper_bounds));
    return *found;
}

void Metrics::gauge(
    const std::string& name,
    const std::string& sentence,
    std::function<std::int64_t()> read,
    const Fields& labels
)
{
    const std::scoped_lock lock(mutex_);
    family(name, sentence, Kind::gauge).gauges[label_text(labels)] = std::move(read);
}

void Metrics::readings(std::function<std::vector<Reading>()> read)
{
    const std::scoped_lock lock(mutex_);
    readings_.push_back(std::move(read));
}

std::string Metrics::text() const
{
    const std::scoped_lock lock(mutex_);
    std::string text;
    for (const auto& [name, family] : families_) {
        const std::string_view kind = family->kind == Kind::counter ? "counter"
                                      : family->kind == Kind::gauge ? "gauge"
                                                                    : "histogram";
        text += heading(name, family->sentence, kind) + family->text(name);
    }
    for (const auto& read : readings_)
        for (const auto& reading : read()) {
            text += heading(reading.name, reading.sentence, "gauge");
            for (const auto& one : reading.samples)
                text += sample(reading.name, label_text(one.labels), one.value);
        }
    return text;
}

}  // namespace http
