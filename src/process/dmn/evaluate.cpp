#include "process/dmn/evaluate.hpp"

#include "process/dmn/run.hpp"

namespace dmn {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

base::Error unknown(std::string_view what, std::string_view name, const std::vector<std::string>& known)
{
    std::string detail = "there is no " + std::string(what) + " \"" + std::string(name) + "\"; there are: ";
    for (const auto& each : known)
        detail += "\"" + each + "\" ";
    return fail(ErrorKind::not_found, "dmn.unknown_decision", std::move(detail));
}

}  // namespace

Result<Outcome> evaluate(
    const Model& model,
    std::string_view decision,
    const feel::Context& inputs,
    const feel::Environment& environment,
    Explain explain
)
{
    const Element* element = model.definitions().find(decision);
    const auto run = std::make_shared<Run>(inputs, environment, explain);
    if (element != nullptr && element->kind == Element::Kind::decision)
        return run->finish(run->value_of(*element));
    if (element == nullptr || element->kind != Element::Kind::service)
        return unknown("decision", decision, model.decisions());
    std::vector<feel::Value> arguments;
    for (const auto* group : {&element->input_data, &element->input_decisions})
        for (const auto* input : *group) {
            const auto* given = inputs.find(input->name);
            arguments.push_back(given == nullptr ? feel::Value() : *given);
        }
    return run->finish(run->invoke(*element, arguments));
}

Outcome evaluate_all(
    const Model& model, const feel::Context& inputs, const feel::Environment& environment, Explain explain
)
{
    const auto run = std::make_shared<Run>(inputs, environment, explain);
    feel::Context results;
    for (const auto& element : model.definitions().elements)
        if (element->kind == Element::Kind::decision)
            results.set(element->name, run->value_of(*element));
    return run->finish(results);
}

Result<Outcome> invoke(
    const Model& model,
    std::string_view invocable,
    std::span<const feel::Value> arguments,
    const feel::Environment& environment
)
{
    const Element* element = model.definitions().find(invocable);
    const bool can_be_called = element != nullptr && (element->kind == Element::Kind::knowledge ||
                                                      element->kind == Element::Kind::service);
    if (!can_be_called)
        return unknown("knowledge model or decision service", invocable, model.decision_services());
    const feel::Context nothing;
    const auto run = std::make_shared<Run>(nothing, environment, Explain::no);
    const feel::Value called = run->value_of(*element);
    if (called.if_function() == nullptr)
        return run->finish({});
    auto evaluation = feel::call(*called.if_function(), arguments, environment);
    auto outcome = run->finish(std::move(evaluation.value));
    for (auto& problem : evaluation.problems)
        outcome.problems.push_back({element->name, 0, std::move(problem.reason)});
    return outcome;
}

}  // namespace dmn
