#include "process/bpmn/rules/model_view.hpp"

#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

namespace {

const Elements& none_of_them()
{
    static const Elements empty;
    return empty;
}

const Elements&
look_up(const std::unordered_map<const xml::Element*, Elements>& map, const xml::Element& element)
{
    const auto found = map.find(&element);
    return found == map.end() ? none_of_them() : found->second;
}

}  // namespace

ModelView::ModelView(const xml::Element& definitions, const Globals& globals, Findings& findings)
    : definitions_(definitions), globals_(globals), findings_(findings)
{
    add(definitions, nullptr);
    for (const auto* element : elements_) {
        if (is_model(*element, "sequenceFlow")) {
            if (const auto* source = find(element->attribute_or("sourceRef")))
                outgoing_[source].push_back(element);
            if (const auto* target = find(element->attribute_or("targetRef")))
                incoming_[target].push_back(element);
        }
        if (is_model(*element, "boundaryEvent"))
            if (const auto* activity = find(element->attribute_or("attachedToRef")))
                boundary_events_[activity].push_back(element);
    }
}

void ModelView::add(const xml::Element& element, const xml::Element* parent)
{
    elements_.push_back(&element);
    parents_.emplace(&element, parent);
    if (element.name == "extensionElements")
        return;
    for (const auto* child : element.elements())
        if (child->namespace_uri == model_namespace)
            add(*child, &element);
}

Elements ModelView::elements(std::string_view name) const
{
    Elements found;
    for (const auto* element : elements_)
        if (element->name == name)
            found.push_back(element);
    return found;
}

const xml::Element* ModelView::parent(const xml::Element& element) const
{
    const auto found = parents_.find(&element);
    return found == parents_.end() ? nullptr : found->second;
}

const xml::Element* ModelView::scope(const xml::Element& element) const
{
    const auto* container = parent(element);
    return container && is_scope(container->name) ? container : nullptr;
}

const xml::Element* ModelView::process(const xml::Element& element) const
{
    const auto* at = &element;
    while (at && at->name != "process")
        at = parent(*at);
    return at;
}

bool ModelView::is_executable(const xml::Element& element) const
{
    const auto* found = process(element);
    return found && found->attribute_or("isExecutable") == "true";
}

const xml::Element* ModelView::find(std::string_view reference, std::string_view kind) const
{
    return globals_.find(reference, kind);
}

const Elements& ModelView::incoming(const xml::Element& node) const
{
    return look_up(incoming_, node);
}

const Elements& ModelView::outgoing(const xml::Element& node) const
{
    return look_up(outgoing_, node);
}

const Elements& ModelView::boundary_events(const xml::Element& activity) const
{
    return look_up(boundary_events_, activity);
}

Elements ModelView::triggers(const xml::Element& event) const
{
    Elements found;
    for (const auto* child : event.elements()) {
        if (child->namespace_uri != model_namespace || !is_event_definition(child->name))
            continue;
        if (const auto* definition = globals_.event_definition(*child))
            found.push_back(definition);
    }
    return found;
}

bool ModelView::has_trigger(const xml::Element& event, std::string_view definition) const
{
    for (const auto* trigger : triggers(event))
        if (trigger->name == definition)
            return true;
    return false;
}

void ModelView::refuse(const xml::Element& element, std::string_view rule, std::string sentence) const
{
    const bool is_drawing = process(element) && !is_executable(element);
    findings_.structural(
        is_drawing ? Severity::warning : Severity::error, element, rule, std::move(sentence)
    );
}

void ModelView::warn(const xml::Element& element, std::string_view rule, std::string sentence) const
{
    findings_.structural(Severity::warning, element, rule, std::move(sentence));
}

bool is_started_otherwise(const ModelView& model, const xml::Element& node)
{
    return node.name == "boundaryEvent" || is_event_sub_process(node) || is_for_compensation(node) ||
           (node.name == "intermediateCatchEvent" && model.has_trigger(node, "linkEventDefinition"));
}

std::string named(const xml::Element& element)
{
    const auto id = id_of(element);
    return id.empty() ? "<" + element.name + "> without id"
                      : "«" + std::string(id) + "» (" + element.name + ")";
}

std::vector<std::string> child_texts(const xml::Element& element, std::string_view name)
{
    std::vector<std::string> texts;
    for (const auto* child : element.elements(model_namespace, name))
        texts.emplace_back(local_reference(child->text()));
    return texts;
}

bool is_scope(std::string_view name)
{
    return name == "process" || is_sub_process(name) || name == "choreography" || name == "subChoreography" ||
           name == "globalChoreographyTask";
}

bool is_sub_process(std::string_view name)
{
    return name == "subProcess" || name == "transaction" || name == "adHocSubProcess";
}

bool is_event_sub_process(const xml::Element& element)
{
    return is_sub_process(element.name) && element.attribute_or("triggeredByEvent") == "true";
}

bool is_for_compensation(const xml::Element& element)
{
    return element.attribute_or("isForCompensation") == "true";
}

bool is_choreography_activity(std::string_view name)
{
    return name == "choreographyTask" || name == "subChoreography" || name == "callChoreography";
}

bool is_artifact(std::string_view name)
{
    return name == "group" || name == "textAnnotation" || name == "association";
}

bool has_model_child(const xml::Element& element, std::string_view name)
{
    return element.find(model_namespace, name) != nullptr;
}

}  // namespace bpmn
