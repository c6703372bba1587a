#include "process/bpmn/run.hpp"

#include "process/bpmn/symbols/symbols.hpp"

#include <algorithm>
#include <utility>

namespace bpmn {

namespace {

// A model can send a token round for ever without anything that waits. After so many moves each further
// element becomes an incident instead.
constexpr std::uint32_t most_moves = 100'000;

}  // namespace

void Run::until_quiet()
{
    while (state_.outlook == Outlook::active) {
        if (has_changes_ && check_conditions())
            continue;
        if (next_move_ < moves_.size()) {
            move(Move(moves_[next_move_++]));
            continue;
        }
        moves_.clear();
        next_move_ = 0;
        if (!settle())
            return;
    }
}

void Run::take(FlowIndex flow, Id scope)
{
    outcome_.trail.push_back({.event = TrailEvent::taken, .flow = flow});
    moves_.push_back({.flow = flow, .scope = scope});
}

void Run::begin_later(NodeIndex node, Id scope)
{
    moves_.push_back({.node = node, .scope = scope});
}
void Run::check_scope_later(Id scope)
{
    emptied_.push_back(scope);
}
void Run::throw_later(Id element)
{
    throwing_.push_back(element);
}

void Run::move(const Move& move)
{
    if (!find(move.scope))
        return;  // its scope has been ended since
    const NodeIndex target = move.flow == none ? move.node : definition_.flows[move.flow].target;
    if (++moved_ > most_moves) {
        const Id element = create(target, move.scope);
        fail(
            element, "limit", "The step has moved more than 100,000 tokens: the model may be an endless loop."
        );
        return;
    }
    const Rule& rule = rule_of(node_at(target).symbol);
    if (move.flow != none && rule.arrive)
        rule.arrive(*this, move.flow, move.scope);
    else
        begin(target, move.scope);
}

// What is decided only when no token moves: whether a scope is empty, what a signal reaches, whether an
// inclusive or complex gateway has to wait for more.
bool Run::settle()
{
    if (settle_compensations(*this))
        return true;
    if (!emptied_.empty()) {
        const Id scope = emptied_.front();
        emptied_.erase(emptied_.begin());
        settle_scope(scope);
        return true;
    }
    while (!throwing_.empty()) {
        const Id element = throwing_.front();
        throwing_.pop_front();
        if (!find(element))
            continue;
        work(element);
        return true;
    }
    return settle_joins();
}

void Run::settle_scope(Id scope)
{
    ElementInstance* instance = find(scope);
    if (!instance || instance->waiting != Waiting::scope)
        return;
    const bool has_children =
        std::any_of(state_.elements.begin(), state_.elements.end(), [&](const auto& element) {
            return element.parent == scope;
        });
    const bool has_tokens =
        std::any_of(state_.arrivals.begin(), state_.arrivals.end(), [&](const auto& arrival) {
            return arrival.scope == scope;
        });
    if (has_children || has_tokens || (is_ad_hoc(node(scope)) && begin_next_of_ad_hoc(*this, scope)))
        return;
    complete(scope);
}

bool Run::settle_joins()
{
    std::vector<std::pair<Id, NodeIndex>> joins;
    const auto add = [&](Id scope, NodeIndex gateway) {
        const auto join = std::pair(scope, gateway);
        if (std::find(joins.begin(), joins.end(), join) == joins.end())
            joins.push_back(join);
    };
    for (const Arrival& arrival : state_.arrivals)
        add(arrival.scope, definition_.flows[arrival.flow].target);
    for (const Reset& reset : state_.resets)
        add(reset.scope, reset.gateway);
    for (const auto& [scope, gateway] : joins) {
        const Symbol symbol = node_at(gateway).symbol;
        if (symbol == Symbol::inclusive_gateway && try_inclusive_join(*this, gateway, scope))
            return true;
        if (symbol == Symbol::complex_gateway && try_complex_join(*this, gateway, scope))
            return true;
    }
    return false;
}

// A conditional event happens when its condition becomes true, and again only after it was false.
bool Run::check_conditions()
{
    has_changes_ = false;
    for (std::size_t index = 0; index < state_.watches.size(); ++index) {
        const Watch& watch = state_.watches[index];
        if (watch.trigger != Trigger::conditional)
            continue;
        const auto& condition = node_at(watch.event).events[watch.part].condition;
        const bool holds = condition && evaluate(watch.owner, *condition).value.is_true();
        const bool held = watch.has_happened;
        const Id id = watch.id;
        state_.watches[index].has_happened = holds;
        if (holds && !held) {
            happen(id, {});
            has_changes_ = true;
            return true;
        }
    }
    return false;
}

std::optional<std::vector<FlowIndex>> Run::choose_flows(Id element)
{
    const Node& from = node(element);
    if (from.symbol == Symbol::parallel_gateway)
        return from.outgoing;
    const bool takes_one = from.symbol == Symbol::exclusive_gateway;
    std::vector<FlowIndex> chosen;
    bool has_conditions = false;
    bool is_met = false;
    for (const FlowIndex index : from.outgoing) {
        const Flow& flow = definition_.flows[index];
        if (index == from.default_flow)
            continue;
        if (flow.condition) {
            has_conditions = true;
            const auto truth = truth_of(element, *flow.condition, "The condition of «" + flow.id + "»");
            if (!truth)
                return std::nullopt;
            if (!*truth)
                continue;
            is_met = true;
        }
        chosen.push_back(index);
        if (takes_one)
            break;
    }
    // The default is for conditions that are not met; beside flows without one it does not count for a split.
    const bool needs_default = takes_one ? chosen.empty() : !is_met && (has_conditions || chosen.empty());
    if (from.default_flow != none && needs_default)
        chosen.push_back(from.default_flow);
    if (chosen.empty() && !from.outgoing.empty()) {
        fail(
            element,
            "flow",
            "No condition of an outgoing flow of «" + from.id + "» is met, and there is no default."
        );
        return std::nullopt;
    }
    return chosen;
}

}  // namespace bpmn
