#include "process/bpmn/story_fixture.hpp"

#include "process/bpmn/timers.hpp"

#include <set>
#include <stdexcept>
#include <utility>

namespace bpmn::story {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = std::min(text.find_first_not_of(" \n"), text.size());
    return text.substr(first, text.find_last_not_of(" \n") + 1 - first);
}

// What comes before the separator; takes it off.
std::string_view take(std::string_view& text, char separator)
{
    const auto part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

std::vector<Model> read(const std::string& text)
{
    auto model = read_model(text);
    if (!model)
        throw std::logic_error(model.error().detail);
    for (const Finding& finding : model->findings)
        if (finding.severity == Severity::error)
            throw std::logic_error(finding.element + ": " + finding.sentence + " [" + finding.rule + "]");
    std::vector<Model> models;
    models.push_back(std::move(*model));
    return models;
}

base::Instant nine_o_clock()
{
    return plan_timer(TimerKind::date, feel::Value("2026-01-05T08:00:00Z"), {}, "Europe/Zurich")->due;
}

json::Value json_of(const Variables& variables)
{
    return feel::to_json(feel::Value(variables));
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

}  // namespace

std::string formal(const std::string& element, const std::string& text)
{
    return "<" + element + " xsi:type='tFormalExpression'><![CDATA[" + text + "]]></" + element + ">";
}

std::string timer(const std::string& duration)
{
    return "<timerEventDefinition>" + formal("timeDuration", duration) + "</timerEventDefinition>";
}

std::string cycle(const std::string& repetition)
{
    return "<timerEventDefinition>" + formal("timeCycle", repetition) + "</timerEventDefinition>";
}

std::string condition(const std::string& expression)
{
    return "<conditionalEventDefinition>" + formal("condition", expression) + "</conditionalEventDefinition>";
}

std::string link(const std::string& name)
{
    return "<linkEventDefinition name='" + name + "'/>";
}

std::string extension(const std::string& inside)
{
    return "<extensionElements>" + inside + "</extensionElements>";
}

std::string node(const std::string& kind, const std::string& id, const std::string& inside)
{
    return "<" + kind + " id='" + id + "'>" + inside + "</" + kind + ">\n";
}

std::string user_task(const std::string& id, const std::string& extensions, const std::string& inside)
{
    return node("userTask", id, extension("<zeebe:userTask/>" + extensions) + inside);
}

std::string script(const std::string& id, const std::string& expression, const std::string& result)
{
    const auto attributes = "expression='" + expression + "' resultVariable='" + result + "'";
    return node("scriptTask", id, extension("<zeebe:script " + attributes + "/>"));
}

std::string service(const std::string& id, const std::string& type, const std::string& extensions)
{
    return node("serviceTask", id, extension("<zeebe:taskDefinition type='" + type + "'/>" + extensions));
}

std::string boundary(const std::string& id, const std::string& host, const std::string& event)
{
    return node("boundaryEvent", id + "' attachedToRef='" + host, event);
}

std::string beside(const std::string& id, const std::string& host, const std::string& event)
{
    return boundary(id, host + "' cancelActivity='false", event);
}

std::string compensates(const std::string& handler, const std::string& event)
{
    return "<association id='" + event + "-" + handler + "' associationDirection='One' sourceRef='" + event +
           "' targetRef='" + handler + "'/>\n";
}

std::string undoable(const std::string& id)
{
    const auto handler = "undo" + id;
    return boundary("undone" + id, id, compensation) + user_task(handler + "' isForCompensation='true") +
           compensates(handler, "undone" + id);
}

std::string multiple(const std::string& attributes, const std::string& inside)
{
    return "<multiInstanceLoopCharacteristics " + attributes + ">" + inside +
           "</multiInstanceLoopCharacteristics>";
}

std::string
event_sub_process(const std::string& id, const std::string& flows, const std::string& event, bool interrupts)
{
    const auto start = flows.substr(0, flows.find(' ')) + (interrupts ? "" : "' isInterrupting='false");
    return node(
        "subProcess", id + "' triggeredByEvent='true", scope(flows, node("startEvent", start, event))
    );
}

std::string scope(std::string_view flows, const std::string& elements)
{
    std::string xml = elements;
    std::set<std::string> made;
    const auto make = [&](const std::string& id) {
        if (elements.find("id='" + id + "'") != std::string::npos || !made.insert(id).second)
            return;
        if (id.starts_with("start") || id.starts_with("end"))
            xml += node(id.starts_with("start") ? "startEvent" : "endEvent", id);
        else
            xml += user_task(id);
    };
    while (!flows.empty()) {
        auto guard = take(flows, ';');
        auto chain = take(guard, '[');
        const auto expression = std::string(guard.substr(0, guard.rfind(']')));
        std::string before;
        while (!chain.empty()) {
            const std::string here(trimmed(take(chain, '>')));
            make(here);
            if (!before.empty())
                xml += "<sequenceFlow id='" + before + "-" + here + "' sourceRef='" + before +
                       "' targetRef='" + here + "'>" +
                       (expression.empty() ? "" : formal("conditionExpression", expression)) +
                       "</sequenceFlow>\n";
            before = here;
        }
    }
    return xml;
}

std::string file(const std::string& process, const std::string& others)
{
    return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="model"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        targetNamespace="urn:story">
        <message id="paid" name="paid">
          <extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements>
        </message>
        <message id="signed" name="signed">
          <extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements>
        </message>
        <signal id="closed" name="closed"/>
        <error id="wrong" name="wrong" errorCode="E"/>
        <escalation id="late" name="late" escalationCode="L"/>)" +
           others + "<process id='story' isExecutable='true'>" + process + "</process></definitions>";
}

std::string findings(const std::string& process, const std::string& others)
{
    const auto model = read_model(file(process, others));
    if (!model)
        throw std::logic_error(model.error().detail);
    std::string lines;
    for (const Finding& finding : model->findings)
        lines += finding.rule + " " + finding.element + ": " + finding.sentence + "\n";
    return lines;
}

Story::Story(const std::string& process, const std::string& others, Decide decide)
    : models_(read(file(process, others))),
      world_(models_, nine_o_clock(), "Europe/Zurich", std::move(decide)), player_(world_, failed_, met_)
{
}

void Story::play(const json::Value& step)
{
    if (const auto refusal = player_.play(step); !refusal.empty())
        throw std::logic_error(refusal);
}

void Story::start(const Variables& variables)
{
    play(json::Object{{"start", json::Object{{"process", "story"}, {"variables", json_of(variables)}}}});
}

void Story::complete(const std::string& element, const Variables& variables)
{
    play(json::Object{{"complete", element}, {"variables", json_of(variables)}});
}

void Story::complete_inner(const std::string& element, int counter, const Variables& variables)
{
    play(json::Object{{"complete", element}, {"index", counter}, {"variables", json_of(variables)}});
}

void Story::fail(const std::string& element, const std::string& reason)
{
    play(json::Object{{"fail", element}, {"message", reason}});
}

void Story::throw_error(const std::string& element, const std::string& code, const Variables& variables)
{
    play(json::Object{{"error", element}, {"code", code}, {"variables", json_of(variables)}});
}

void Story::send(const std::string& key, const Variables& variables, const std::string& name)
{
    play(json::Object{{"message", name}, {"key", key}, {"variables", json_of(variables)}});
}

void Story::broadcast(const Variables& variables)
{
    play(json::Object{{"signal", "closed"}, {"variables", json_of(variables)}});
}

void Story::advance(const std::string& duration)
{
    play(json::Object{{"advance", duration}});
}

void Story::resolve(const std::string& element, const Variables& variables)
{
    play(json::Object{{"resolve", element}, {"variables", json_of(variables)}});
}

void Story::cancel()
{
    play(json::Object{{"cancel", true}});
}

std::string Story::refusal(const std::string& verb, const std::string& element)
{
    return player_.play(json::Object{{verb, element}});
}

std::string Story::waiting() const
{
    std::vector<std::string> names;
    for (const WaitingElement& element : waiting_in(world_))
        names.push_back(element.element);
    std::ranges::sort(names);
    return joined(names);
}

std::string Story::value(const std::string& variable) const
{
    const auto* found = first().state.variables.find(variable);
    return found ? feel::to_text(*found) : "nothing";
}

std::string Story::incident() const
{
    for (const WorldInstance& instance : world_.instances())
        for (const RaiseIncident& incident : instance.incidents)
            return instance.definition->nodes[incident.node].id + ": " + incident.message;
    return {};
}

std::string Story::happened(TrailEvent wanted) const
{
    std::vector<std::string> names;
    for (const WorldEvent& event : world_.trail())
        if (event.entry.event == wanted && event.entry.node != 0 && event.entry.role != Role::body)
            names.push_back(world_.instances()[event.instance].definition->nodes[event.entry.node].id);
    return joined(names);
}

}  // namespace bpmn::story
