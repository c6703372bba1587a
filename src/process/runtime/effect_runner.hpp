#pragma once

#include "process/bpmn/effects.hpp"
#include "process/runtime/unit.hpp"

#include <vector>

namespace runtime {

// Writes what the engine asks for into the tables, one effect after the other, for one instance.
class EffectRunner {
public:
    EffectRunner(
        Unit& unit, InstanceRow& row, const bpmn::Definition& definition, std::vector<TrailEntry>& trail
    )
        : unit_(unit), row_(row), definition_(definition), trail_(trail)
    {
    }

    void operator()(const bpmn::CreateJob& effect);
    void operator()(const bpmn::RemoveJob& effect);
    void operator()(const bpmn::CreateTask& effect);
    void operator()(const bpmn::RemoveTask& effect);
    void operator()(const bpmn::SetTimer& effect);
    void operator()(const bpmn::ClearTimer& effect);
    void operator()(const bpmn::Subscribe& effect);
    void operator()(const bpmn::SubscribeSignal& effect);
    void operator()(const bpmn::Unsubscribe& effect);
    void operator()(const bpmn::PublishMessage& effect);
    void operator()(const bpmn::BroadcastSignal& effect);
    void operator()(const bpmn::StartProcess& effect);
    void operator()(const bpmn::CancelProcess& effect);
    void operator()(const bpmn::Escalate& effect);
    void operator()(const bpmn::RaiseIncident& effect);
    void operator()(const bpmn::ClearIncident& effect);
    void operator()(const bpmn::Finish& effect);

private:
    void tell_caller(bpmn::Stimulus stimulus);
    const bpmn::Node& node(bpmn::NodeIndex index) const { return definition_.nodes.at(index); }

    Unit& unit_;
    InstanceRow& row_;
    const bpmn::Definition& definition_;
    std::vector<TrailEntry>& trail_;
};

}  // namespace runtime
