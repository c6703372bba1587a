#include "process/bpmn/scenario.hpp"

#include "base/date.hpp"
#include "process/bpmn/expectations.hpp"
#include "process/bpmn/timers.hpp"
#include "process/bpmn/world.hpp"

#include <algorithm>

namespace bpmn {

namespace {

base::Error wrong(std::string detail)
{
    return base::fail(base::ErrorKind::invalid, "bpmn.scenario", std::move(detail));
}

Variables variables_of(const json::Value* object)
{
    if (!object)
        return {};
    const feel::Value value = feel::from_json(*object);
    return value.if_context() ? *value.if_context() : Variables();
}

// Plays the steps of a scenario.
class Player {
public:
    Player(World& world, std::vector<std::string>& failed, int& met)
        : world_(world), failed_(failed), met_(met)
    {
    }

    // The reason when a step is wrong or fits nothing.
    std::string play(const json::Value& step)
    {
        if (const auto* expected = step.find("expect")) {
            check_expectations(*expected, world_, failed_, met_);
            return {};
        }
        if (step.find("complete"))
            return complete(step);
        if (step.find("fail"))
            return fail(step);
        if (step.find("error"))
            return error(step);
        if (step.find("message")) {
            const auto* key = step.find("key");
            world_.publish(
                step.text_of("message"),
                key ? std::optional(feel::to_text(feel::from_json(*key))) : std::nullopt,
                variables_of(step.find("variables"))
            );
            return {};
        }
        if (step.find("signal")) {
            world_.broadcast(step.text_of("signal"), variables_of(step.find("variables")));
            return {};
        }
        if (step.find("advance"))
            return advance(step);
        if (const auto* start = step.find("start")) {
            const bool is_known = world_.start(
                start->text_of("process"), variables_of(start->find("variables")), start->text_of("element")
            );
            return is_known ? "" : "there is no process «" + std::string(start->text_of("process")) + "»";
        }
        if (step.find("resolve"))
            return resolve(step);
        if (step.find("cancel"))
            return world_.instances().empty() ? "there is nothing to cancel" : world_.act(0, Cancel{});
        return "an unknown step " + json::write(step);
    }

private:
    template <class Item>
    struct Found {
        std::size_t instance = 0;
        const Item* item = nullptr;
    };

    // Any one that waits at the element, or the inner instance with that loop counter.
    template <class Item>
    Found<Item>
    find(std::vector<Item> WorldInstance::*items, std::string_view element, const json::Value& step)
    {
        const auto* index = step.find("index");
        for (std::size_t number = 0; number < world_.instances().size(); ++number) {
            auto& instance = world_.instances()[number];
            for (const Item& item : instance.*items) {
                if (instance.definition->nodes[item.node].id != element)
                    continue;
                if (!index || loop_counter(instance, item.element) == index->integer())
                    return {number, &item};
            }
        }
        return {};
    }

    static std::optional<std::int64_t> loop_counter(const WorldInstance& instance, Id element)
    {
        const auto* found = instance.state.find(element);
        const auto* counter = found ? found->locals.find("loopCounter") : nullptr;
        return counter && counter->if_number() ? counter->if_number()->integer() : std::nullopt;
    }

    std::string complete(const json::Value& step)
    {
        const auto element = step.text_of("complete");
        const auto variables = variables_of(step.find("variables"));
        if (const auto task = find(&WorldInstance::tasks, element, step); task.item)
            return world_.act(task.instance, CompleteTask{task.item->id, variables});
        if (const auto job = find(&WorldInstance::jobs, element, step); job.item)
            return world_.act(job.instance, CompleteJob{job.item->id, variables});
        return nothing_waits(element);
    }

    std::string fail(const json::Value& step)
    {
        const auto element = step.text_of("fail");
        const auto job = find(&WorldInstance::jobs, element, step);
        if (!job.item)
            return nothing_waits(element);
        const auto* retries = step.find("retries");
        if (retries && retries->integer().value_or(0) > 0)
            return {};  // the worker tries again: the process sees nothing of it
        return world_.act(job.instance, FailJob{job.item->id, std::string(step.text_of("message"))});
    }

    std::string error(const json::Value& step)
    {
        const auto element = step.text_of("error");
        ThrowError thrown{
            .job_or_task = 0,
            .code = std::string(step.text_of("code")),
            .message = std::string(step.text_of("message")),
            .variables = variables_of(step.find("variables")),
        };
        if (const auto job = find(&WorldInstance::jobs, element, step); job.item) {
            thrown.job_or_task = job.item->id;
            return world_.act(job.instance, thrown);
        }
        if (const auto task = find(&WorldInstance::tasks, element, step); task.item) {
            thrown.job_or_task = task.item->id;
            return world_.act(task.instance, thrown);
        }
        return nothing_waits(element);
    }

    std::string advance(const json::Value& step)
    {
        const auto text = step.text_of("advance");
        const auto plan = plan_timer(TimerKind::duration, feel::Value(text), world_.now(), "Europe/Zurich");
        if (!plan)
            return "advance: " + plan.error().detail;
        world_.advance(plan->due);
        return {};
    }

    std::string resolve(const json::Value& step)
    {
        const auto element = step.text_of("resolve");
        for (std::size_t number = 0; number < world_.instances().size(); ++number) {
            const auto& instance = world_.instances()[number];
            for (const RaiseIncident& incident : instance.incidents) {
                if (instance.definition->nodes[incident.node].id != element)
                    continue;
                const Id id = incident.id;
                if (const auto* variables = step.find("variables"))
                    world_.act(number, SetVariables{.variables = variables_of(variables), .element = 0});
                return world_.act(number, ResolveIncident{id});
            }
        }
        return "there is no incident at «" + std::string(element) + "»";
    }

    static std::string nothing_waits(std::string_view element)
    {
        return "no task or job waits at «" + std::string(element) + "»";
    }

    World& world_;
    std::vector<std::string>& failed_;
    int& met_;
};

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

    Player player(world, outcome.failed, outcome.met);
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
