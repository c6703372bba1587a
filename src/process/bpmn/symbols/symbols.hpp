#pragma once

#include "process/bpmn/run.hpp"

namespace bpmn {

// The rules of the symbols, one file each. `arrive` is what a token does that comes to the symbol by a flow;
// without one the symbol begins at once. `work` is what an active instance does.
struct Rule {
    void (*work)(Run& run, Id element) = nullptr;
    void (*arrive)(Run& run, FlowIndex flow, Id scope) = nullptr;
};
const Rule& rule_of(Symbol symbol);

void work_process(Run& run, Id element);
void work_sub_process(Run& run, Id element);
void work_ad_hoc(Run& run, Id element);
void work_call_activity(Run& run, Id element);
void work_task(Run& run, Id element);
void work_user_task(Run& run, Id element);
void work_service_task(Run& run, Id element);
void work_send_task(Run& run, Id element);
void work_receive_task(Run& run, Id element);
void work_business_rule_task(Run& run, Id element);
void work_script_task(Run& run, Id element);
void work_start_event(Run& run, Id element);
// One of several events that must all happen before the process goes on: `part` has.
void begin_parallel_start(Run& run, NodeIndex event, std::uint32_t part);
void work_end_event(Run& run, Id element);
void work_catch_event(Run& run, Id element);
void work_throw_event(Run& run, Id element);
void work_boundary_event(Run& run, Id element);
void work_exclusive_gateway(Run& run, Id element);
void work_parallel_gateway(Run& run, Id element);
void work_inclusive_gateway(Run& run, Id element);
void work_complex_gateway(Run& run, Id element);
void work_event_based_gateway(Run& run, Id element);

void arrive_at_activity(Run& run, FlowIndex flow, Id scope);
void arrive_at_parallel_gateway(Run& run, FlowIndex flow, Id scope);
void arrive_at_inclusive_gateway(Run& run, FlowIndex flow, Id scope);

// Joins that are decided when all is quiet. True when a gateway has fired or been reset.
bool try_inclusive_join(Run& run, NodeIndex gateway, Id scope);
bool try_complex_join(Run& run, NodeIndex gateway, Id scope);

// No flow leads to it, and nothing else does: it begins when its scope does.
bool begins_by_itself(const Node& node);

// Tokens that wait at a node.
void add_arrival(Run& run, FlowIndex flow, Id scope);
bool has_arrival(Run& run, FlowIndex flow, Id scope);
void consume_arrival(Run& run, FlowIndex flow, Id scope);
// A token elsewhere in the scope can come to a flow that is still empty, and to none that is occupied.
bool is_blocked(Run& run, NodeIndex gateway, Id scope, const std::vector<FlowIndex>& occupied);

// A message event or send task sends its message, or has a worker do it; true when it need not wait.
bool send_message(Run& run, Id element, const EventDefinition& event);

// Loops and multi-instances.
void work_body(Run& run, Id body);
void inner_completed(Run& run, Id body, std::uint32_t counter, feel::Value result);
feel::Value result_of_inner(Run& run, Id inner);

// Ad hoc sub-processes. An activity inside has completed: false when that was enough. Nothing is active
// inside: true when another one begins.
bool goes_on_in_ad_hoc(Run& run, Id ad_hoc);
bool begin_next_of_ad_hoc(Run& run, Id ad_hoc);

// Event-based gateways: the event of an arm has happened.
void take_arm(Run& run, Id gateway, NodeIndex event, const Variables& payload);
void begin_parallel_event_gateway(Run& run, NodeIndex gateway, NodeIndex event, const Variables& payload);

// Compensation.
void record_compensable(Run& run, const ElementInstance& completed);
// True when the thrower has to wait for handlers.
bool compensate(Run& run, Id thrower, Id scope, NodeIndex activity, bool waits);
void handler_completed(Run& run, Id compensation);
void forget_compensations_of(Run& run, Id thrower);
// True when one goes on, because its handler has been ended.
bool settle_compensations(Run& run);
// Something else begins in a scope whose inside is being undone.
void interrupt_compensation(Run& run, Id scope);

// Transactions.
void cancel_transaction(Run& run, Id element);
void transaction_compensated(Run& run, Id transaction);

}  // namespace bpmn
