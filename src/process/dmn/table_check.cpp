#include "process/dmn/table_check.hpp"

#include "process/dmn/table_index.hpp"
#include "process/feel/evaluate.hpp"

#include <algorithm>

namespace dmn {

using Severity = Finding::Severity;

namespace {

constexpr std::size_t most_states = 50'000;
constexpr std::size_t most_findings = 20;

std::string number(std::size_t rule)
{
    return std::to_string(rule + 1);
}

bool have_same_results(const Rule& a, const Rule& b)
{
    return std::equal(
        a.results.begin(),
        a.results.end(),
        b.results.begin(),
        [](const auto& one, const auto& other) { return one.text() == other.text(); }
    );
}

}  // namespace

TableCheck::TableCheck(const Table& table, std::string element)
    : table_(table), element_(std::move(element)), is_reached_(table.rules.size()),
      is_empty_(table.rules.size())
{
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
        const auto& allowed = table.inputs[column].allowed_values;
        columns_.emplace_back(
            cells_of(table, column), allowed ? feel::constant_tests(*allowed) : std::nullopt
        );
    }
}

std::vector<Finding> TableCheck::run()
{
    if (table_.rules.empty() || columns_.empty())
        return {};
    find_null_rules();
    find_empty_cells();
    RuleSet all(table_.rules.size());
    for (std::size_t rule = 0; rule < table_.rules.size(); ++rule)
        all.add(rule);
    look(0, {all, RuleSet(table_.rules.size()), false});
    if (is_complete_)
        find_unreached();
    return std::move(findings_);
}

void TableCheck::report(Severity severity, std::size_t rule, std::string sentence)
{
    if (findings_.size() < most_findings)
        findings_.push_back(
            {severity, element_, table_.rules[rule].line, static_cast<int>(rule) + 1, std::move(sentence)}
        );
}

void TableCheck::look(std::size_t column, const State& state)
{
    if (seen_.size() >= most_states)
        is_complete_ = false;
    // The same rules at the same column lead to the same end, whatever the segments before.
    if (!is_complete_ || !seen_.emplace(column, state).second)
        return;
    const bool is_gap = state.met.empty() && state.open.empty();
    if (column == columns_.size() || is_gap) {
        judge(state);
        return;
    }
    const Column& here = columns_[column];
    for (std::size_t segment = 0; segment < here.segments(); ++segment) {
        if (!here.is_inhabited(segment))
            continue;
        // Other texts than those that are named are no gap unless the input is an enumeration.
        const bool is_other_text = here.kind() == feel::Kind::string && segment % 2 == 0;
        const State next{
            state.met & here.met(segment),
            (state.open & (here.met(segment) | here.open())) | (state.met & here.open()),
            state.has_null};
        if (!is_other_text || !next.met.empty() || !next.open.empty())
            choose(column, segment, next);
    }
    choose(
        column,
        here.segments(),
        {state.met & met_by_null_[column],
         (state.open & (met_by_null_[column] | here.open())) | (state.met & here.open()),
         true}
    );
}

void TableCheck::choose(std::size_t column, std::size_t segment, const State& next)
{
    segments_.push_back(segment);
    look(column + 1, next);
    segments_.pop_back();
}

// A cell of constants is asked itself whether null meets it.
void TableCheck::find_null_rules()
{
    const feel::Context nothing;
    const feel::ContextScope scope(nothing);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        RuleSet& met = met_by_null_.emplace_back(table_.rules.size());
        for (std::size_t rule = 0; rule < table_.rules.size(); ++rule)
            if (!columns_[column].open().has(rule) &&
                feel::test(table_.rules[rule].conditions[column], {}, scope).value.is_true())
                met.add(rule);
    }
}

void TableCheck::judge(const State& state)
{
    const auto met = state.met.rules();
    if (met.empty()) {
        if (state.open.empty() && !state.has_null)
            find_gap();
        return;
    }
    if (table_.policy == HitPolicy::first || met.size() == 1)
        is_reached_[met.front()] = true;
    if (met.size() > 1 && !state.has_null &&
        (table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any))
        find_overlap(met);
}

bool TableCheck::reports_gaps() const
{
    const bool is_single = table_.policy == HitPolicy::unique || table_.policy == HitPolicy::first ||
                           table_.policy == HitPolicy::any || table_.policy == HitPolicy::priority;
    return is_single && std::none_of(table_.outputs.begin(), table_.outputs.end(), [](const Output& output) {
               return output.standard.has_value();
           });
}

// "Age is < 18, Status is "a"" for the segments chosen so far.
std::string TableCheck::here() const
{
    std::string text;
    for (std::size_t column = 0; column < segments_.size(); ++column) {
        const std::string segment = columns_[column].text(segments_[column]);
        if (segment != "-")
            text += (text.empty() ? "" : ", ") + table_.inputs[column].text + " is " + segment;
    }
    return text;
}

void TableCheck::find_gap()
{
    constexpr int most_gaps = 5;
    if (reports_gaps() && ++gaps_ <= most_gaps)
        findings_.push_back({Severity::warning, element_, table_.line, 0, "no rule matches when " + here()});
}

void TableCheck::find_overlap(const std::vector<std::size_t>& rules)
{
    for (std::size_t second = 1; second < rules.size(); ++second) {
        const std::size_t first = rules[second - 1];
        const bool disagree = table_.policy == HitPolicy::unique ||
                              !have_same_results(table_.rules[first], table_.rules[rules[second]]);
        if (!disagree || !overlaps_.emplace(first, rules[second]).second)
            continue;
        report(
            Severity::warning,
            rules[second],
            "matches together with rule " + number(first) + " when " + here() +
                (table_.policy == HitPolicy::unique ? ", but only one may match"
                                                    : ", but their results differ")
        );
    }
}

void TableCheck::find_empty_cells()
{
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        RuleSet met = columns_[column].open() | met_by_null_[column];
        for (std::size_t segment = 0; segment < columns_[column].segments(); ++segment)
            if (columns_[column].is_inhabited(segment))
                met |= columns_[column].met(segment);
        for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
            if (met.has(rule))
                continue;
            is_empty_[rule] = true;
            report(
                Severity::warning,
                rule,
                "never matches: no allowed value of " + table_.inputs[column].text + " meets " +
                    table_.rules[rule].conditions[column].text()
            );
        }
    }
}

void TableCheck::find_unreached()
{
    if (table_.policy != HitPolicy::first && table_.policy != HitPolicy::unique)
        return;
    for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
        const bool may_be_other = std::any_of(columns_.begin(), columns_.end(), [&](const Column& column) {
            return column.open().has(rule);
        });
        if (is_reached_[rule] || is_empty_[rule] || may_be_other)
            continue;
        report(
            table_.policy == HitPolicy::first ? Severity::warning : Severity::error,
            rule,
            table_.policy == HitPolicy::first
                ? "never matches: rules before it take all that meets its conditions"
                : "never matches alone, but only one rule may match"
        );
    }
}

}  // namespace dmn
