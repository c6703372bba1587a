#pragma once

#include "kit/xml/xml.hpp"
#include "process/bpmn/findings.hpp"
#include "process/bpmn/globals.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bpmn {

using Elements = std::vector<const xml::Element*>;

// A file as the rules look at it: who contains what, which flows meet where; and where they say what is
// wrong.
class ModelView {
public:
    ModelView(const xml::Element& definitions, const Globals& globals, Findings& findings);

    const xml::Element& definitions() const { return definitions_; }
    const Elements& elements() const { return elements_; }  // of the standard, in the order of the file
    Elements elements(std::string_view name) const;

    const xml::Element* parent(const xml::Element& element) const;  // nullptr of the definitions
    // The process, sub-process or choreography whose child a flow element is; nullptr outside of them.
    const xml::Element* scope(const xml::Element& element) const;
    const xml::Element* process(const xml::Element& element) const;  // itself when it is one
    bool is_executable(const xml::Element& element) const;           // lies in an executable process

    const xml::Element* find(std::string_view reference) const { return globals_.find(reference); }
    const xml::Element* find(std::string_view reference, std::string_view kind) const;
    // The sequence flows that name the node as their target or source.
    const Elements& incoming(const xml::Element& node) const;
    const Elements& outgoing(const xml::Element& node) const;
    const Elements& boundary_events(const xml::Element& activity) const;
    // The event definitions of an event: its own and, in that order, those it refers to.
    Elements triggers(const xml::Element& event) const;
    bool has_trigger(const xml::Element& event, std::string_view definition) const;

    // Says that a rule is broken: an error, or a warning in a process that nobody executes.
    void refuse(const xml::Element& element, std::string_view rule, std::string sentence) const;
    void warn(const xml::Element& element, std::string_view rule, std::string sentence) const;

private:
    void add(const xml::Element& element, const xml::Element* parent);

    const xml::Element& definitions_;
    const Globals& globals_;
    Findings& findings_;
    Elements elements_;
    std::unordered_map<const xml::Element*, const xml::Element*> parents_;
    std::unordered_map<const xml::Element*, Elements> incoming_;
    std::unordered_map<const xml::Element*, Elements> outgoing_;
    std::unordered_map<const xml::Element*, Elements> boundary_events_;
};

// Something else than a flow or the beginning of its scope starts the node.
bool is_started_otherwise(const ModelView& model, const xml::Element& node);

// "«id» (task)" for sentences.
std::string named(const xml::Element& element);

// The texts of the child elements of that name.
std::vector<std::string> child_texts(const xml::Element& element, std::string_view name);

bool is_scope(std::string_view name);        // holds flow elements
bool is_sub_process(std::string_view name);  // embedded, transaction or ad hoc
bool is_event_sub_process(const xml::Element& element);
bool is_for_compensation(const xml::Element& element);
bool is_choreography_activity(std::string_view name);
bool is_artifact(std::string_view name);
bool has_model_child(const xml::Element& element, std::string_view name);

}  // namespace bpmn
