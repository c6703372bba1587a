#include "process/bpmn/process_reader.hpp"

#include "process/bpmn/vocabulary.hpp"

#include <array>

namespace bpmn {

namespace {

constexpr std::array<std::pair<std::string_view, Symbol>, 20> symbols{{
    {"task", Symbol::task},
    {"manualTask", Symbol::task},
    {"userTask", Symbol::user_task},
    {"serviceTask", Symbol::service_task},
    {"receiveTask", Symbol::receive_task},
    {"callActivity", Symbol::call_activity},
    {"subProcess", Symbol::sub_process},
    {"transaction", Symbol::sub_process},
    {"adHocSubProcess", Symbol::sub_process},
    {"startEvent", Symbol::start_event},
    {"endEvent", Symbol::end_event},
    {"intermediateCatchEvent", Symbol::intermediate_catch_event},
    {"intermediateThrowEvent", Symbol::intermediate_throw_event},
    {"boundaryEvent", Symbol::boundary_event},
    {"exclusiveGateway", Symbol::exclusive_gateway},
    {"parallelGateway", Symbol::parallel_gateway},
    {"inclusiveGateway", Symbol::inclusive_gateway},
    {"complexGateway", Symbol::complex_gateway},
    {"eventBasedGateway", Symbol::event_based_gateway},
    {"globalTask", Symbol::task},
}};

}  // namespace

Definition ProcessReader::read()
{
    add_node(process_, Symbol::process, none);
    definition_.id = definition_.nodes.front().id;
    definition_.name = definition_.nodes.front().name;
    if (const auto* tag = find_extension(process_, "versionTag"))
        definition_.version_tag = tag->attribute_or("value");
    definition_.job_priority = read_job_priority(process_);
    read_time_to_live();
    read_extensions(process_, definition_.nodes.front());
    read_children(process_, 0);
    wire();
    return std::move(definition_);
}

Definition ProcessReader::read_global_task()
{
    add_node(process_, Symbol::process, none);
    definition_.id = definition_.nodes.front().id;
    definition_.name = definition_.nodes.front().name;
    read_node(process_, 0);
    wire();
    return std::move(definition_);
}

// A task with a job type is done by a worker, whatever its drawn kind; without one each kind has its own
// rule.
Symbol ProcessReader::symbol_of(const xml::Element& element) const
{
    std::string name = element.name;
    if (name.starts_with("global") && name != "globalTask")
        name = std::string(1, static_cast<char>(name[6] + ('a' - 'A'))) + name.substr(7);
    const bool has_job = find_extension(element, "taskDefinition") != nullptr;
    if (name == "sendTask")
        return has_job ? Symbol::service_task : Symbol::send_task;
    if (name == "scriptTask")
        return has_job ? Symbol::service_task : Symbol::script_task;
    if (name == "businessRuleTask")
        return has_job ? Symbol::service_task : Symbol::business_rule_task;
    for (const auto& [known, symbol] : symbols)
        if (known == name)
            return symbol;
    return Symbol::task;
}

NodeIndex ProcessReader::add_node(const xml::Element& element, Symbol symbol, NodeIndex parent)
{
    const auto index = static_cast<NodeIndex>(definition_.nodes.size());
    Node node;
    node.id = id_of(element);
    node.name = element.attribute_or("name");
    node.line = element.line;
    node.symbol = symbol;
    node.parent = parent;
    definition_.index.emplace(node.id, index);
    definition_.nodes.push_back(std::move(node));
    elements_.push_back(&element);
    if (parent != none)
        definition_.nodes[parent].children.push_back(index);
    return index;
}

void ProcessReader::read_children(const xml::Element& scope, NodeIndex parent)
{
    for (const auto* child : scope.elements()) {
        if (child->namespace_uri != model_namespace)
            continue;
        if (is_flow_node(child->name))
            read_node(*child, parent);
        else if (child->name == "sequenceFlow")
            read_flow(*child);
        else if (child->name == "association")
            associations_.push_back(child);
        else if (child->name.ends_with("Choreography") || child->name == "choreographyTask")
            findings_.error(
                *child, "choreography", "A choreography cannot be part of an executable process."
            );
    }
}

void ProcessReader::read_node(const xml::Element& element, NodeIndex parent)
{
    const NodeIndex index = add_node(element, symbol_of(element), parent);
    // Reading children adds nodes, so the node is filled apart and put back.
    Node node = std::move(definition_.nodes[index]);
    read_extensions(element, node);
    if (is_event(element.name))
        read_event(element, node);
    else if (is_gateway(element.name))
        read_gateway(element, node);
    else
        read_activity(element, node);
    definition_.nodes[index] = std::move(node);
    if (definition_.nodes[index].symbol == Symbol::sub_process)
        read_children(element, index);
}

void ProcessReader::read_flow(const xml::Element& element)
{
    Flow flow;
    flow.id = id_of(element);
    if (const auto* condition = element.find(model_namespace, "conditionExpression"))
        flow.condition = read_condition(element, condition->text(), "The condition of the sequence flow");
    definition_.flows.push_back(std::move(flow));
    flow_elements_.push_back(&element);
}

}  // namespace bpmn
