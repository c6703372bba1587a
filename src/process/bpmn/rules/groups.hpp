#pragma once

#include "process/bpmn/rules/model_view.hpp"

// The groups of rules, one file each. docs/bpmn.md lists them by name. Sections are those of BPMN 2.0.2.
namespace bpmn {

void check_identity(const ModelView& model);        // 8.2.1
void check_references(const ModelView& model);      // 8 to 12: what each reference may point at
void check_sequence_flows(const ModelView& model);  // 8.4.13, 7.6.1
void check_connections(const ModelView& model);     // 10.5.2, 10.5.3: nothing hangs in the air
void check_events(const ModelView& model);          // 10.5
void check_links(const ModelView& model);           // 10.5.1
void check_gateways(const ModelView& model);        // 10.6
void check_scopes(const ModelView& model);          // 10.2.1, 10.3.5
void check_activities(const ModelView& model);      // 10.3
void check_calls(const ModelView& model);           // 10.3.6, 8.4.3
void check_messages(const ModelView& model);        // 10.3.3, 10.5.1
void check_expressions(const ModelView& model);     // 8.4.6, 8.4.7
void check_data_sets(const ModelView& model);       // 10.4.1, 10.4.2
void check_data_flow(const ModelView& model);       // 10.4.2, 10.5.1
void check_collaborations(const ModelView& model);  // 9
void check_soundness(const ModelView& model);       // warnings only: 10.5, 10.6, 13.4

}  // namespace bpmn
