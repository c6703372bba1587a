#pragma once

#include <string>

// Process models for the tests of this room.
namespace test_models {

inline std::string file(const std::string& content)
{
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="file" targetNamespace="urn:test">
)" + content +
           "\n</definitions>\n";
}

inline std::string process(const std::string& id, const std::string& content)
{
    return "<process id=\"" + id + "\" name=\"" + id + "\" isExecutable=\"true\">\n" + content +
           "\n</process>";
}

inline std::string flow(const std::string& from, const std::string& to)
{
    return "<sequenceFlow id=\"" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to +
           "\"/>\n";
}

inline std::string service_task(const std::string& id, const std::string& type)
{
    return "<serviceTask id=\"" + id + "\"><extensionElements><zeebe:taskDefinition type=\"" + type +
           "\" retries=\"2\"/><zeebe:taskHeaders><zeebe:header key=\"state\" value=\"paid\"/></zeebe:taskHeaders>"
           "</extensionElements></serviceTask>\n";
}

inline std::string user_task(const std::string& id)
{
    return "<userTask id=\"" + id + "\" name=\"Check " + id +
           "\"><extensionElements><zeebe:userTask/></extensionElements></userTask>\n";
}

// Start, user task "check", end.
inline std::string one_task()
{
    return file(process(
        "one-task",
        "<startEvent id=\"start\"/>" + user_task("check") + "<endEvent id=\"end\"/>" +
            flow("start", "check") + flow("check", "end")
    ));
}

// Start, job of type "work", end. A business error "LATE" leads to the user task "look".
inline std::string one_job()
{
    return file(
        process(
            "one-job",
            "<startEvent id=\"start\"/>" + service_task("work", "work") + "<endEvent id=\"end\"/>" +
                "<boundaryEvent id=\"late\" attachedToRef=\"work\">"
                "<errorEventDefinition id=\"late_error\" errorRef=\"error\"/></boundaryEvent>" +
                user_task("look") + "<endEvent id=\"end_late\"/>" + flow("start", "work") +
                flow("work", "end") + flow("late", "look") + flow("look", "end_late")
        ) +
        "<error id=\"error\" errorCode=\"LATE\"/>"
    );
}

inline std::string message(const std::string& id, const std::string& name)
{
    return "<message id=\"" + id + "\" name=\"" + name +
           "\"><extensionElements><zeebe:subscription correlationKey=\"=reference\"/></extensionElements></message>";
}

// Start, user task "before", catches "paid" by reference, user task "after", end.
inline std::string one_message(const std::string& id = "one-message")
{
    return file(
        process(
            id,
            "<startEvent id=\"start\"/>" + user_task("before") +
                "<intermediateCatchEvent id=\"wait\"><messageEventDefinition id=\"wait_message\""
                " messageRef=\"paid\"/></intermediateCatchEvent>" +
                user_task("after") + "<endEvent id=\"end\"/>" + flow("start", "before") +
                flow("before", "wait") + flow("wait", "after") + flow("after", "end")
        ) +
        message("paid", "paid")
    );
}

// A message "reported" starts it; user task "repair", end.
inline std::string started_by_message()
{
    return file(
        process(
            "repairing",
            "<startEvent id=\"start\"><messageEventDefinition id=\"m\" messageRef=\"reported\"/>"
            "</startEvent>" +
                user_task("repair") + "<endEvent id=\"end\"/>" + flow("start", "repair") +
                flow("repair", "end")
        ) +
        "<message id=\"reported\" name=\"reported\"/>"
    );
}

// Start, timer of an hour, end.
inline std::string one_timer()
{
    return file(process(
        "one-timer",
        "<startEvent id=\"start\"/><intermediateCatchEvent id=\"wait\"><timerEventDefinition id=\"t\">"
        "<timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration></timerEventDefinition>"
        "</intermediateCatchEvent><endEvent id=\"end\"/>" +
            flow("start", "wait") + flow("wait", "end")
    ));
}

// The same, and then the variable `text` is twice as long, before a user task "read".
inline std::string growing_after_timer()
{
    return file(process(
        "growing",
        "<startEvent id=\"start\"/><intermediateCatchEvent id=\"wait\"><extensionElements><zeebe:ioMapping>"
        "<zeebe:output source=\"=text + text\" target=\"text\"/></zeebe:ioMapping></extensionElements>"
        "<timerEventDefinition id=\"t\"><timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration>"
        "</timerEventDefinition></intermediateCatchEvent>" +
            user_task("read") + "<endEvent id=\"end\"/>" + flow("start", "wait") + flow("wait", "read") +
            flow("read", "end")
    ));
}

// Start, parallel split into `branches` user tasks, join, end.
inline std::string join_of(int branches)
{
    std::string content =
        "<startEvent id=\"start\"/><parallelGateway id=\"split\"/><parallelGateway id=\"join\"/>"
        "<endEvent id=\"end\"/>" +
        flow("start", "split") + flow("join", "end");
    for (int branch = 0; branch < branches; ++branch) {
        const auto task = "task" + std::to_string(branch);
        content += user_task(task) + flow("split", task) + flow(task, "join");
    }
    return file(process("joining", content));
}

// Start, calls "one-task", user task "after", end.
inline std::string caller()
{
    return file(process(
        "caller",
        "<startEvent id=\"start\"/><callActivity id=\"call\"><extensionElements>"
        "<zeebe:calledElement processId=\"one-task\"/></extensionElements></callActivity>" +
            user_task("after") + "<endEvent id=\"end\"/>" + flow("start", "call") + flow("call", "after") +
            flow("after", "end")
    ));
}

// Start, waits for the signal "closed", end.
inline std::string one_signal()
{
    return file(
        process(
            "one-signal",
            "<startEvent id=\"start\"/><intermediateCatchEvent id=\"wait\"><signalEventDefinition"
            " id=\"s\" signalRef=\"closed\"/></intermediateCatchEvent><endEvent id=\"end\"/>" +
                flow("start", "wait") + flow("wait", "end")
        ) +
        "<signal id=\"closed\" name=\"closed\"/>"
    );
}

// Start, a decision "fee" into the variable fee, user task "pay", end.
inline std::string one_decision()
{
    return file(process(
        "one-decision",
        "<startEvent id=\"start\"/><businessRuleTask id=\"decide\"><extensionElements>"
        "<zeebe:calledDecision decisionId=\"fee\" resultVariable=\"fee\"/></extensionElements>"
        "</businessRuleTask>" +
            user_task("pay") + "<endEvent id=\"end\"/>" + flow("start", "decide") + flow("decide", "pay") +
            flow("pay", "end")
    ));
}

// Decides `fee` as `amount` times the input copies.
inline std::string fee_decision(const std::string& amount)
{
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="fees" name="fees" namespace="urn:test">
  <inputData id="copies" name="copies"><variable name="copies" typeRef="number"/></inputData>
  <decision id="fee" name="Fee"><variable name="Fee"/>
    <informationRequirement id="needs_copies"><requiredInput href="#copies"/></informationRequirement>
    <literalExpression><text>copies * )" +
           amount + R"(</text></literalExpression></decision>
</definitions>
)";
}

}  // namespace test_models
