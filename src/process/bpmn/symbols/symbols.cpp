#include "process/bpmn/symbols/symbols.hpp"

#include <array>

namespace bpmn {

const Rule& rule_of(Symbol symbol)
{
    static constexpr std::array rules{
        Rule{.work = work_process},
        Rule{.work = work_sub_process, .arrive = arrive_at_activity},
        Rule{.work = work_call_activity, .arrive = arrive_at_activity},
        Rule{.work = work_task, .arrive = arrive_at_activity},
        Rule{.work = work_user_task, .arrive = arrive_at_activity},
        Rule{.work = work_service_task, .arrive = arrive_at_activity},
        Rule{.work = work_send_task, .arrive = arrive_at_activity},
        Rule{.work = work_receive_task, .arrive = arrive_at_activity},
        Rule{.work = work_business_rule_task, .arrive = arrive_at_activity},
        Rule{.work = work_script_task, .arrive = arrive_at_activity},
        Rule{.work = work_start_event},
        Rule{.work = work_end_event},
        Rule{.work = work_catch_event},
        Rule{.work = work_throw_event},
        Rule{.work = work_boundary_event},
        Rule{.work = work_exclusive_gateway},
        Rule{.work = work_parallel_gateway, .arrive = arrive_at_parallel_gateway},
        Rule{.work = work_inclusive_gateway, .arrive = arrive_at_inclusive_gateway},
        Rule{.work = work_complex_gateway, .arrive = arrive_at_inclusive_gateway},
        Rule{.work = work_event_based_gateway},
    };
    static_assert(rules.size() == static_cast<std::size_t>(Symbol::event_based_gateway) + 1);
    return rules[static_cast<std::size_t>(symbol)];
}

}  // namespace bpmn
