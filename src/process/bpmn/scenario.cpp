#include "process/bpmn/scenario.hpp"

#include "base/date.hpp"
#include "process/bpmn/expectations.hpp"
#include "process/bpmn/scenario_player.hpp"
#include "process/bpmn/timers.hpp"

#include <algorithm>

namespace bpmn {

namespace {

base::Error wrong(std::string detail)
{
    return base::fail(base::ErrorKind::invalid, "bpmn.scenario", std::move(detail));
}

bool is_refused(std::span<const Model> models)
{
    return std::any_of(models.begin(), models.end(), [](const Model& model) {
        return !model.is_executable();
    });
}

std::string first_error(std::span<const Model> models)
{
    for (const Model& model : models)
        for (const Finding& finding : model.findings)
            if (finding.severity == Severity::error)
                return "line " + std::to_string(finding.line) + ", «" + finding.element +
                       "»: " + finding.sentence;
    return "the model has no executable process";
}

// `given`: answers to jobs, and results of decisions, which come before those of `otherwise`.
Decide read_given(const json::Value& scenario, std::vector<JobAnswer>& answers, const Decide& otherwise)
{
    Variables results;
    const auto* given = scenario.find("given");
    for (const json::Value& item : given && given->if_array() ? *given->if_array() : json::Array{}) {
        if (item.find("job"))
            answers.push_back({
                .type = std::string(item.text_of("job")),
                .variables =
                    variables_of(item.find("complete") ? item.find("complete") : item.find("variables")),
                .error_code = std::string(item.text_of("error")),
            });
        else if (const auto* result = item.find("result"))
            results.set(item.text_of("decision"), feel::from_json(*result));
    }
    return [results,
            otherwise](std::string_view decision, const Variables& inputs) -> base::Result<feel::Value> {
        if (const auto* result = results.find(decision))
            return *result;
        if (otherwise)
            return otherwise(decision, inputs);
        return base::fail(base::ErrorKind::not_found, "bpmn.decision", "nobody knows this decision");
    };
}

base::Result<base::Instant> start_of(const json::Value* start)
{
    const auto text = start ? start->text_of("at", "2026-01-05T08:00:00Z") : "2026-01-05T08:00:00Z";
    const auto plan = plan_timer(TimerKind::date, feel::Value(text), {}, "Europe/Zurich");
    if (!plan)
        return wrong("start.at: " + plan.error().detail);
    return plan->due;
}

}  // namespace

base::Result<ScenarioOutcome>
run_scenario(std::span<const Model> models, const json::Value& scenario, const Decide& decide)
{
    ScenarioOutcome outcome;
    const auto* expected = scenario.find("expect");
    const auto* refused = expected ? expected->find("refused") : nullptr;
    if (refused && refused->if_bool() && *refused->if_bool()) {
        if (is_refused(models))
            outcome.met = 1;
        else
            outcome.failed.emplace_back("the model should be refused but is not");
        outcome.report = json::Object{{"refused", json::Value(is_refused(models))}};
        return outcome;
    }
    if (is_refused(models))
        return wrong("the model is refused: " + first_error(models));

    const auto* start = scenario.find("start");
    const auto at = start_of(start);
    if (!at)
        return at.error();
    std::vector<JobAnswer> answers;
    const Decide given = read_given(scenario, answers, decide);
    World world(models, *at, "Europe/Zurich", given);
    for (JobAnswer& answer : answers)
        world.answer(std::move(answer));
    if (start &&
        !world.start(
            start->text_of("process"), variables_of(start->find("variables")), start->text_of("element")
        ))
        return wrong("there is no process «" + std::string(start->text_of("process")) + "»");

    ScenarioPlayer player(world, outcome.failed, outcome.met);
    const auto* steps = scenario.find("steps");
    int number = 0;
    for (const json::Value& step : steps && steps->if_array() ? *steps->if_array() : json::Array{}) {
        ++number;
        if (const auto reason = player.play(step); !reason.empty())
            outcome.failed.push_back("step " + std::to_string(number) + ": " + reason);
    }
    if (expected)
        check_expectations(*expected, world, outcome.failed, outcome.met);
    outcome.report = report_of(world, outcome.failed, outcome.met);
    return outcome;
}

}  // namespace bpmn
