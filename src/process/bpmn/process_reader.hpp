#pragma once

#include "kit/xml/xml.hpp"
#include "process/bpmn/definition.hpp"
#include "process/bpmn/findings.hpp"
#include "process/bpmn/globals.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bpmn {

// Compiles one process of a file into a Definition. What it cannot compile becomes a finding.
class ProcessReader {
public:
    ProcessReader(const xml::Element& process, const Globals& globals, Findings& findings)
        : process_(process), globals_(globals), findings_(findings)
    {
        learn_names(process);
    }

    Definition read();
    // A global task, as a process that consists of it.
    Definition read_global_task();

private:
    // process_reader.cpp
    NodeIndex add_node(const xml::Element& element, Symbol symbol, NodeIndex parent);
    void read_children(const xml::Element& scope, NodeIndex parent);
    void read_node(const xml::Element& element, NodeIndex parent);
    void read_flow(const xml::Element& element);
    Symbol symbol_of(const xml::Element& element) const;

    // read_activity.cpp
    void read_activity(const xml::Element& element, Node& node);
    void read_task(const xml::Element& element, Node& node);
    void read_sub_process(const xml::Element& element, Node& node);
    void read_call(const xml::Element& element, Node& node);
    void read_decision(const xml::Element& element, Node& node);
    void read_user_task(const xml::Element& element, Node& node);
    void read_message_of_task(const xml::Element& element, Node& node);
    int read_quantity(const xml::Element& element, std::string_view attribute);

    // read_loop.cpp
    void read_loop(const xml::Element& element, Node& node);
    void read_standard_loop(const xml::Element& loop, Loop& result);
    void read_multi_instance(const xml::Element& loop, Loop& result, const Node& node);

    // read_event.cpp
    void read_event(const xml::Element& element, Node& node);
    void read_gateway(const xml::Element& element, Node& node);
    // Those the event has and those it refers to, in the order of the file; unknown ones are left out.
    std::vector<const xml::Element*> event_definitions(const xml::Element& event) const;
    EventDefinition read_event_definition(const xml::Element& definition, const Node& node);
    void read_message(const xml::Element& carrier, EventDefinition& event, const Node& node);
    void read_timer(const xml::Element& definition, EventDefinition& event);

    // read_extensions.cpp
    void read_extensions(const xml::Element& element, Node& node);
    void read_mappings(const xml::Element& extension, Node& node);
    void read_listeners(const xml::Element& element, Node& node);
    void read_task_listeners(const xml::Element& element, Node& node);
    void read_data_associations(const xml::Element& element, Node& node);
    std::string variable_of(std::string_view data_reference) const;
    std::optional<JobDefinition> read_job(const xml::Element& element);
    Formula read_job_priority(const xml::Element& element);
    void read_time_to_live();

    // read_formula.cpp
    void learn_names(const xml::Element& element);
    Formula read_formula(const xml::Element& element, std::string_view text);
    std::optional<feel::Expression>
    read_condition(const xml::Element& element, std::string_view text, std::string_view what);

    // wiring.cpp
    void wire();
    void wire_flows();
    void wire_boundary_events();
    void wire_links();
    void wire_compensation();
    void wire_upstream(Node& gateway, NodeIndex index);

    const xml::Element& process_;
    const Globals& globals_;
    Findings& findings_;
    Definition definition_;
    feel::Names names_;  // of the process's data: FEEL must know those with spaces before it reads them
    std::vector<const xml::Element*> elements_;       // of the nodes
    std::vector<const xml::Element*> flow_elements_;  // of the flows
    std::vector<const xml::Element*> associations_;
};

}  // namespace bpmn
