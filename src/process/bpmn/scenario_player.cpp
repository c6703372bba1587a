#include "process/bpmn/scenario_player.hpp"

#include "process/bpmn/expectations.hpp"
#include "process/bpmn/timers.hpp"

#include <array>
#include <utility>

namespace bpmn {

namespace {

std::optional<std::int64_t> loop_counter(const WorldInstance& instance, Id element)
{
    const auto* found = instance.state.find(element);
    const auto* counter = found ? found->locals.find("loopCounter") : nullptr;
    return counter && counter->if_number() ? counter->if_number()->integer() : std::nullopt;
}

std::string nothing_waits(std::string_view element)
{
    return "no task or job waits at «" + std::string(element) + "»";
}

}  // namespace

Variables variables_of(const json::Value* object)
{
    if (!object)
        return {};
    const feel::Value value = feel::from_json(*object);
    return value.if_context() ? *value.if_context() : Variables();
}

std::string ScenarioPlayer::play(const json::Value& step)
{
    using Verb = std::string (ScenarioPlayer::*)(const json::Value& step);
    static constexpr std::array<std::pair<std::string_view, Verb>, 10> verbs{{
        {"expect", &ScenarioPlayer::expect},
        {"complete", &ScenarioPlayer::complete},
        {"fail", &ScenarioPlayer::fail},
        {"error", &ScenarioPlayer::error},
        {"message", &ScenarioPlayer::message},
        {"signal", &ScenarioPlayer::signal},
        {"advance", &ScenarioPlayer::advance},
        {"start", &ScenarioPlayer::start},
        {"resolve", &ScenarioPlayer::resolve},
        {"cancel", &ScenarioPlayer::cancel},
    }};
    for (const auto& [name, verb] : verbs)
        if (step.find(name))
            return (this->*verb)(step);
    return "an unknown step " + json::write(step);
}

// Any one that waits at the element, or the inner instance with that loop counter.
template <class Item>
ScenarioPlayer::Found<Item> ScenarioPlayer::find(
    std::vector<Item> WorldInstance::*items, std::string_view element, const json::Value& step
)
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

std::string ScenarioPlayer::expect(const json::Value& step)
{
    check_expectations(*step.find("expect"), world_, failed_, met_);
    return {};
}

std::string ScenarioPlayer::complete(const json::Value& step)
{
    const auto element = step.text_of("complete");
    const auto variables = variables_of(step.find("variables"));
    if (const auto task = find(&WorldInstance::tasks, element, step); task.item)
        return world_.act(task.instance, CompleteTask{task.item->id, variables});
    if (const auto job = find(&WorldInstance::jobs, element, step); job.item)
        return world_.act(job.instance, CompleteJob{job.item->id, variables});
    return nothing_waits(element);
}

std::string ScenarioPlayer::fail(const json::Value& step)
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

std::string ScenarioPlayer::error(const json::Value& step)
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

std::string ScenarioPlayer::message(const json::Value& step)
{
    const auto* key = step.find("key");
    world_.publish(
        step.text_of("message"),
        key ? std::optional(feel::to_text(feel::from_json(*key))) : std::nullopt,
        variables_of(step.find("variables"))
    );
    return {};
}

std::string ScenarioPlayer::signal(const json::Value& step)
{
    world_.broadcast(step.text_of("signal"), variables_of(step.find("variables")));
    return {};
}

std::string ScenarioPlayer::advance(const json::Value& step)
{
    const auto text = step.text_of("advance");
    const auto plan = plan_timer(TimerKind::duration, feel::Value(text), world_.now(), "Europe/Zurich");
    if (!plan)
        return "advance: " + plan.error().detail;
    world_.advance(plan->due);
    return {};
}

std::string ScenarioPlayer::start(const json::Value& step)
{
    const json::Value& start = *step.find("start");
    const bool is_known = world_.start(
        start.text_of("process"), variables_of(start.find("variables")), start.text_of("element")
    );
    return is_known ? "" : "there is no process «" + std::string(start.text_of("process")) + "»";
}

std::string ScenarioPlayer::resolve(const json::Value& step)
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

std::string ScenarioPlayer::cancel(const json::Value&)
{
    return world_.instances().empty() ? "there is nothing to cancel" : world_.act(0, Cancel{});
}

}  // namespace bpmn
