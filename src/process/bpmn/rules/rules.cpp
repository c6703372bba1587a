#include "process/bpmn/rules/rules.hpp"

#include "process/bpmn/rules/groups.hpp"

namespace bpmn {

void check_rules(const xml::Element& definitions, const Globals& globals, Findings& findings)
{
    const ModelView model(definitions, globals, findings);
    check_identity(model);
    check_references(model);
    check_sequence_flows(model);
    check_connections(model);
    check_events(model);
    check_links(model);
    check_gateways(model);
    check_scopes(model);
    check_activities(model);
    check_calls(model);
    check_messages(model);
    check_expressions(model);
    check_data_sets(model);
    check_data_flow(model);
    check_collaborations(model);
    check_soundness(model);
}

}  // namespace bpmn
