#include "process/bpmn/packing.hpp"
#include "process/bpmn/state.hpp"

namespace bpmn {

namespace {

// Written first. A later version may add to the end of what it writes; `decode` reads all of them.
constexpr std::uint64_t format_version = 1;

void pack(Packer& packer, const ElementInstance& element)
{
    packer.number(element.id);
    packer.number(element.node);
    packer.number(element.parent);
    packer.number(static_cast<std::uint64_t>(element.waiting));
    // Phase, role and listener are small and mostly nothing: they share a byte or two.
    packer.number(
        static_cast<std::uint64_t>(element.phase) + 8 * static_cast<std::uint64_t>(element.role) +
        32 * std::uint64_t{element.listener}
    );
    packer.number(element.job);
    packer.number(element.compensation);
    packer.variables(element.locals);
}

ElementInstance unpack_element(Unpacker& unpacker)
{
    ElementInstance element;
    element.id = unpacker.small_number();
    element.node = unpacker.small_number();
    element.parent = unpacker.small_number();
    element.waiting = static_cast<Waiting>(unpacker.small_number());
    const auto stage = unpacker.small_number();
    element.phase = static_cast<Phase>(stage % 8);
    element.role = static_cast<Role>(stage / 8 % 4);
    element.listener = static_cast<std::uint8_t>(stage / 32);
    element.job = unpacker.small_number();
    element.compensation = unpacker.small_number();
    element.locals = unpacker.context();
    if (element.waiting > Waiting::incident || element.phase > Phase::departing || element.role > Role::inner)
        throw Malformed("an element instance in an unknown condition");
    return element;
}

void pack(Packer& packer, const Watch& watch)
{
    packer.number(watch.id);
    packer.number(watch.owner);
    packer.number(watch.event);
    packer.number(watch.part);
    packer.number(static_cast<std::uint64_t>(watch.trigger) * 2 + (watch.has_happened ? 1 : 0));
    packer.signed_number(watch.due.time_since_epoch().count());
    packer.signed_number(watch.repetitions);
    packer.text(watch.cycle);
    packer.text(watch.name);
}

Watch unpack_watch(Unpacker& unpacker)
{
    Watch watch;
    watch.id = unpacker.small_number();
    watch.owner = unpacker.small_number();
    watch.event = unpacker.small_number();
    watch.part = unpacker.small_number();
    const auto trigger = unpacker.small_number();
    watch.trigger = static_cast<Trigger>(trigger / 2);
    watch.has_happened = trigger % 2 == 1;
    watch.due = base::Instant(std::chrono::milliseconds(unpacker.signed_number()));
    watch.repetitions = static_cast<int>(unpacker.signed_number());
    watch.cycle = unpacker.text();
    watch.name = unpacker.text();
    if (watch.trigger > Trigger::terminate)
        throw Malformed("a watch with an unknown trigger");
    return watch;
}

void pack(Packer& packer, const OpenIncident& incident)
{
    packer.number(incident.id);
    packer.number(incident.owner);
    packer.text(incident.kind);
    packer.text(incident.message);
}

OpenIncident unpack_incident(Unpacker& unpacker)
{
    OpenIncident incident;
    incident.id = unpacker.small_number();
    incident.owner = unpacker.small_number();
    incident.kind = unpacker.text();
    incident.message = unpacker.text();
    return incident;
}

void pack(Packer& packer, const Arrival& arrival)
{
    packer.number(arrival.flow);
    packer.number(arrival.scope);
    packer.number(arrival.count);
}

Arrival unpack_arrival(Unpacker& unpacker)
{
    Arrival arrival;
    arrival.flow = unpacker.small_number();
    arrival.scope = unpacker.small_number();
    arrival.count = unpacker.small_number();
    return arrival;
}

void pack(Packer& packer, const Compensable& record)
{
    packer.number(record.instance);
    packer.number(record.node);
    packer.number(record.scope);
    packer.variables(record.locals);
}

Compensable unpack_compensable(Unpacker& unpacker)
{
    Compensable record;
    record.instance = unpacker.small_number();
    record.node = unpacker.small_number();
    record.scope = unpacker.small_number();
    record.locals = unpacker.context();
    return record;
}

void pack(Packer& packer, const Reset& reset);
void pack(Packer& packer, const Round& round);
void pack(Packer& packer, const Compensation& compensation);

template <class T>
void pack_all(Packer& packer, const std::vector<T>& items)
{
    packer.number(items.size());
    for (const T& item : items)
        pack(packer, item);
}

template <class T>
void unpack_all(Unpacker& unpacker, std::vector<T>& items, T (*unpack)(Unpacker&))
{
    for (auto left = unpacker.number(); left > 0; --left)
        items.push_back(unpack(unpacker));
}

void pack(Packer& packer, const Reset& reset)
{
    packer.number(reset.scope);
    packer.number(reset.gateway);
    packer.number(reset.arrived.size());
    for (const FlowIndex flow : reset.arrived)
        packer.number(flow);
}

Reset unpack_reset(Unpacker& unpacker)
{
    Reset reset;
    reset.scope = unpacker.small_number();
    reset.gateway = unpacker.small_number();
    for (auto left = unpacker.number(); left > 0; --left)
        reset.arrived.push_back(unpacker.small_number());
    return reset;
}

void pack(Packer& packer, const Round& round)
{
    for (const auto number :
         {round.body, round.total, round.started, round.active, round.completed, round.terminated})
        packer.number(number);
    packer.large_value(feel::Value(round.items));
    packer.large_value(feel::Value(round.results));
}

Round unpack_round(Unpacker& unpacker)
{
    Round round;
    for (auto* number :
         {&round.body, &round.total, &round.started, &round.active, &round.completed, &round.terminated})
        *number = unpacker.small_number();
    const feel::Value items = unpacker.value();
    const feel::Value results = unpacker.value();
    if (!items.if_list() || !results.if_list())
        throw Malformed("a loop without lists");
    round.items = *items.if_list();
    round.results = *results.if_list();
    return round;
}

void pack(Packer& packer, const Compensation& compensation)
{
    packer.number(compensation.id);
    packer.number(compensation.thrower);
    packer.number(compensation.running);
    pack_all(packer, compensation.pending);
}

Compensation unpack_compensation(Unpacker& unpacker)
{
    Compensation compensation;
    compensation.id = unpacker.small_number();
    compensation.thrower = unpacker.small_number();
    compensation.running = unpacker.small_number();
    unpack_all(unpacker, compensation.pending, unpack_compensable);
    return compensation;
}

}  // namespace

std::string encode(const State& state, Aside* aside)
{
    Packer packer(aside);
    packer.number(format_version);
    packer.number(static_cast<std::uint64_t>(state.outlook));
    packer.number(state.next_id);
    pack_all(packer, state.elements);
    pack_all(packer, state.watches);
    pack_all(packer, state.incidents);
    pack_all(packer, state.arrivals);
    pack_all(packer, state.resets);
    pack_all(packer, state.rounds);
    pack_all(packer, state.compensables);
    pack_all(packer, state.compensations);
    packer.variables(state.variables);
    return packer.take();
}

base::Result<State> decode(std::string_view bytes, const FetchAside& fetch)
{
    try {
        Unpacker unpacker(bytes, &fetch);
        if (const auto version = unpacker.number(); version != format_version)
            throw Malformed("format version " + std::to_string(version) + " is not known");
        State state;
        state.outlook = static_cast<Outlook>(unpacker.small_number());
        if (state.outlook > Outlook::failed)
            throw Malformed("an unknown outlook");
        state.next_id = unpacker.small_number();
        unpack_all(unpacker, state.elements, unpack_element);
        unpack_all(unpacker, state.watches, unpack_watch);
        unpack_all(unpacker, state.incidents, unpack_incident);
        unpack_all(unpacker, state.arrivals, unpack_arrival);
        unpack_all(unpacker, state.resets, unpack_reset);
        unpack_all(unpacker, state.rounds, unpack_round);
        unpack_all(unpacker, state.compensables, unpack_compensable);
        unpack_all(unpacker, state.compensations, unpack_compensation);
        state.variables = unpacker.context();
        if (!unpacker.is_at_end())
            throw Malformed("something follows the state");
        return state;
    } catch (const Malformed& malformed) {
        return base::fail(base::ErrorKind::invalid, "bpmn.state", malformed.what());
    }
}

}  // namespace bpmn
