#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// Nobody means to do a thing more often; a wrong number must not fill the memory.
constexpr std::int64_t most_instances = 100'000;

Round* find_round(Run& run, Id body)
{
    for (Round& round : run.state().rounds)
        if (round.body == body)
            return &round;
    return nullptr;
}

Variables counts_of(const Round& round)
{
    return {
        {"numberOfInstances", feel::Value(std::int64_t{round.total})},
        {"numberOfActiveInstances", feel::Value(std::int64_t{round.active})},
        {"numberOfCompletedInstances", feel::Value(std::int64_t{round.completed})},
        {"numberOfTerminatedInstances", feel::Value(std::int64_t{round.terminated})},
        {"loopCounter", feel::Value(std::int64_t{round.started})},
    };
}

void begin_inner(Run& run, Id body)
{
    Round& round = *find_round(run, body);
    const Loop& loop = *run.node(body).loop;
    Variables locals;
    if (round.started < round.items.size() && !loop.input_element.empty())
        locals.set(loop.input_element, round.items[round.started]);
    ++round.started;
    ++round.active;
    locals.set("loopCounter", feel::Value(std::int64_t{round.started}));
    if (!loop.output_element.empty() && loop.output_element.expression) {
        // An output that is a plain name is a variable of the inner instance, so that the instances do not
        // overwrite one another's.
        const auto& name = loop.output_element.expression->text();
        if (name.find_first_of(" .()[]{}+-*/,\"=<>") == std::string::npos && !locals.find(name))
            locals.set(name, feel::Value());
    }
    const NodeIndex node = run.find(body)->node;
    run.activate(run.create(node, body, Role::inner, std::move(locals)));
}

void finish_body(Run& run, Id body)
{
    const Loop& loop = *run.node(body).loop;
    Round& round = *find_round(run, body);
    round.terminated += round.active;
    if (!loop.output_collection.empty())
        run.set_variable(run.find(body)->parent, loop.output_collection, feel::Value(round.results));
    run.terminate_children(body);
    run.complete(body);
}

std::optional<std::int64_t> number_of(Run& run, Id body, const Formula& formula, std::string_view what)
{
    const feel::Value value = run.value_of(body, formula);
    const auto number = value.if_string() ? feel::Number::parse(*value.if_string()) : value.if_number();
    const auto integer = number ? number->integer() : std::nullopt;
    if (!integer || *integer < 0 || *integer > most_instances) {
        run.fail(
            body,
            "expression",
            std::string(what) + " «" + formula.text + "» must be a whole number from 0 to 100,000 but is " +
                feel::to_text(value)
        );
        return std::nullopt;
    }
    return integer;
}

// Goes on while the condition holds and the maximum is not reached.
void next_of_standard_loop(Run& run, Id body)
{
    const Loop& loop = *run.node(body).loop;
    Round& round = *find_round(run, body);
    run.find(body)->waiting = Waiting::scope;
    if (!loop.maximum.empty()) {
        const auto maximum = number_of(run, body, loop.maximum, "The loop's maximum");
        if (!maximum)
            return;
        if (round.completed >= *maximum)
            return finish_body(run, body);
    }
    if (loop.condition && (loop.tests_before || round.completed > 0)) {
        const auto goes_on = run.truth_of(body, *loop.condition, "The loop condition", counts_of(round));
        if (!goes_on)
            return;
        if (!*goes_on)
            return finish_body(run, body);
    }
    begin_inner(run, body);
}

bool read_items(Run& run, Id body, Round& round)
{
    const Loop& loop = *run.node(body).loop;
    if (loop.collection.empty()) {
        const auto number = number_of(run, body, loop.cardinality, "The number of instances");
        round.total = static_cast<std::uint32_t>(number.value_or(0));
        return number.has_value();
    }
    feel::Value value;
    if (loop.collection.expression)
        value = run.value_of(body, loop.collection);
    else if (const auto* found = run.find_variable(body, loop.collection.text))
        value = *found;
    const auto* list = value.if_list();
    if (!list || list->size() > most_instances) {
        run.fail(
            body,
            "expression",
            "The collection «" + loop.collection.text + "» must be a list of at most 100,000 items."
        );
        return false;
    }
    round.items = *list;
    round.total = static_cast<std::uint32_t>(list->size());
    return true;
}

void begin_multi_instance(Run& run, Id body)
{
    Round round{.body = body};
    if (!read_items(run, body, round))
        return;
    const Loop& loop = *run.node(body).loop;
    if (!loop.output_collection.empty())
        round.results.resize(round.total);
    const std::uint32_t total = round.total;
    run.state().rounds.push_back(std::move(round));
    run.find(body)->waiting = Waiting::scope;
    if (total == 0)
        return finish_body(run, body);
    const std::uint32_t first = loop.kind == LoopKind::parallel ? total : 1;
    for (std::uint32_t index = 0; index < first && find_round(run, body); ++index)
        begin_inner(run, body);
}

// A behaviour's event is caught by the activity's own boundary. It does not interrupt the activity, or the
// standard's «once for each instance» could not come true.
bool throw_behavior_event(Run& run, Id body, const EventDefinition& thrown)
{
    bool interrupts = false;
    const Id scope = run.find(body)->parent;
    for (const NodeIndex event : run.node(body).boundary_events)
        for (const EventDefinition& caught : run.node_at(event).events)
            if (caught.trigger == thrown.trigger && caught.name.text == thrown.name.text &&
                (caught.code.empty() || caught.code.text == thrown.code.text)) {
                run.begin_caught(event, scope, {});
                interrupts = interrupts || run.node_at(event).is_interrupting;
            }
    return interrupts;
}

// True when a complex behaviour ends the activity.
bool behave(Run& run, Id body)
{
    const Loop& loop = *run.node(body).loop;
    const std::uint32_t completed = find_round(run, body)->completed;
    if (loop.behavior_event && (loop.behavior == LoopBehavior::each || completed == 1))
        throw_behavior_event(run, body, *loop.behavior_event);
    bool ends = false;
    for (const ComplexBehavior& behavior : loop.complex_behaviors)
        if (run.evaluate(body, behavior.condition, counts_of(*find_round(run, body))).value.is_true())
            ends = throw_behavior_event(run, body, behavior.event) || ends;
    return ends;
}

void inner_of_multi_instance_completed(Run& run, Id body)
{
    const Loop& loop = *run.node(body).loop;
    if (loop.behavior != LoopBehavior::all && behave(run, body))
        return finish_body(run, body);
    Round& round = *find_round(run, body);
    if (loop.completion_condition) {
        const auto is_done =
            run.truth_of(body, *loop.completion_condition, "The completion condition", counts_of(round));
        if (!is_done)
            return;
        if (*is_done)
            return finish_body(run, body);
    }
    if (round.completed + round.terminated == round.total)
        finish_body(run, body);
    else if (loop.kind == LoopKind::sequential && round.active == 0)
        begin_inner(run, body);
}

}  // namespace

// Begins the body of a loop, or goes on with it after an incident.
void work_body(Run& run, Id body)
{
    const bool is_standard = run.node(body).loop->kind == LoopKind::standard;
    if (find_round(run, body)) {
        run.find(body)->waiting = Waiting::scope;
        return is_standard ? next_of_standard_loop(run, body) : inner_of_multi_instance_completed(run, body);
    }
    if (!is_standard)
        return begin_multi_instance(run, body);
    run.state().rounds.push_back({.body = body});
    next_of_standard_loop(run, body);
}

feel::Value result_of_inner(Run& run, Id inner)
{
    const Loop& loop = *run.node(inner).loop;
    return loop.output_element.empty() ? feel::Value() : run.value_of(inner, loop.output_element);
}

void inner_completed(Run& run, Id body, std::uint32_t counter, feel::Value result)
{
    Round* round = find_round(run, body);
    if (!round)
        return;
    --round->active;
    ++round->completed;
    if (counter >= 1 && counter <= round->results.size())
        round->results[counter - 1] = std::move(result);
    if (run.node(body).loop->kind == LoopKind::standard)
        next_of_standard_loop(run, body);
    else
        inner_of_multi_instance_completed(run, body);
}

}  // namespace bpmn
