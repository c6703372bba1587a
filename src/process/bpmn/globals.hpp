#pragma once

#include "kit/xml/xml.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// What stands beside the processes of a file and is referred to by id.
class Globals {
public:
    explicit Globals(const xml::Element& definitions);

    // nullptr when nothing has that id. References may be qualified names.
    const xml::Element* find(std::string_view reference) const;
    // As `find`, of that kind only ("message", "signal", "error", "escalation", "dataObject" …).
    const xml::Element* find(std::string_view reference, std::string_view kind) const;

    // What a child of an event defines: itself, or what it refers to (eventDefinitionRef); nullptr when there
    // is no such thing.
    const xml::Element* event_definition(const xml::Element& child) const;

    // The message that an event, task or message event definition sends or receives: its own, its
    // operation's, or that of the message flow it is drawn with. nullptr when there is none.
    const xml::Element* message_of(const xml::Element& carrier, std::string_view flow_node_id) const;
    // The id of a message flow at that flow node, empty when there is none.
    std::string message_flow_at(std::string_view flow_node_id) const;

private:
    void add(const xml::Element& element);
    const xml::Element* own_message_of(const xml::Element& carrier) const;

    std::map<std::string, const xml::Element*, std::less<>> by_id_;
    std::vector<const xml::Element*> message_flows_;
};

}  // namespace bpmn
