#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <map>

namespace bpmn {

namespace {

// Elements that others name or that appear in the history of an instance.
bool needs_id(const xml::Element& element)
{
    return is_flow_node(element.name) || element.name == "process" || element.name == "sequenceFlow" ||
           element.name == "participant" || element.name == "messageFlow" ||
           is_choreography_activity(element.name);
}

}  // namespace

// Table 8.1 (BaseElement): an id identifies one element.
void check_identity(const ModelView& model)
{
    std::map<std::string_view, const xml::Element*> seen;
    for (const auto* element : model.elements()) {
        const auto id = id_of(*element);
        if (id.empty()) {
            if (needs_id(*element))
                model.refuse(*element, "id-missing", "A <" + element->name + "> needs an id.");
            continue;
        }
        const auto [first, is_new] = seen.try_emplace(id, element);
        if (!is_new)
            model.refuse(
                *element,
                "id-used-twice",
                "The id «" + std::string(id) + "» already belongs to the <" + first->second->name +
                    "> on line " + std::to_string(first->second->line) + "; every element needs its own."
            );
    }
}

}  // namespace bpmn
