"""Decision models to measure with: (XML, the decision's id, inputs), in the subset that all engines read."""
from xml.sax.saxutils import escape

NAMESPACE = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"


def definitions(content):
    return (f'<definitions xmlns="{NAMESPACE}" id="bench" name="bench" namespace="http://schalter.example/bench">\n'
            f"{content}</definitions>\n")


def text(tag, content, attributes=""):
    return f"<{tag}{attributes}><text>{escape(content)}</text></{tag}>"


def table(rules, inputs):
    """FIRST; a number range, a text, then flags; only the last rule matches."""
    kinds = ["number", "string"] + ["boolean"] * (inputs - 2)
    names = [f"in{index}" for index in range(inputs)]
    columns = ""
    for index, (name, kind) in enumerate(zip(names, kinds)):
        expression = text("inputExpression", name, f' id="e{index}" typeRef="{kind}"')
        columns += f'<input id="i{index}">{expression}</input>\n'
    rows = ""
    for rule in range(rules):
        cells = [f"[{rule * 10}..{rule * 10 + 9}]", f'"group {rule % 7}"'] + ["true"] * (inputs - 2)
        entries = "".join(text("inputEntry", cell, f' id="c{rule}_{index}"') for index, cell in enumerate(cells))
        output = text("outputEntry", str(rule), f' id="o{rule}"')
        rows += f'<rule id="r{rule}">{entries}{output}</rule>\n'
    model = definitions(
        f'<decision id="decide" name="decide"><decisionTable id="t" hitPolicy="FIRST">\n{columns}'
        f'<output id="o" name="fee" typeRef="number"/>\n{rows}</decisionTable></decision>\n')
    last = rules - 1
    values = [last * 10 + 5, f"group {last % 7}"] + [True] * (inputs - 2)
    return model, "decide", dict(zip(names, values))


def linked(decisions):
    """Each decision adds its own number to the one before it."""
    content = '<inputData id="start" name="start"><variable name="start" typeRef="number"/></inputData>\n'
    for number in range(decisions):
        before = f"step{number - 1}" if number else "start"
        kind = "requiredDecision" if number else "requiredInput"
        content += (f'<decision id="step{number}" name="step{number}"><variable name="step{number}" typeRef="number"/>'
                    f'<informationRequirement><{kind} href="#{before}"/></informationRequirement>'
                    f'{text("literalExpression", f"{before} + {number}")}</decision>\n')
    return definitions(content), f"step{decisions - 1}", {"start": 1}


BPMN = ('xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"')


class Process:
    """A BPMN process built from nodes and flows, for our dialect or for bpmn-engine's."""

    def __init__(self, for_peer=False):
        self.for_peer = for_peer
        self.nodes, self.flows, self.messages = [], [], []

    def node(self, kind, name, inside="", attributes=""):
        self.nodes.append(f'<{kind} id="{name}" name="{name}"{attributes}>{inside}</{kind}>\n')
        return name

    def script(self, name, loop=""):
        if self.for_peer:
            return self.node("scriptTask", name, "<script>next()</script>" + loop, ' scriptFormat="javascript"')
        extension = f'<extensionElements><zeebe:script expression="=1 + 1" resultVariable="{name}"/></extensionElements>'
        return self.node("scriptTask", name, extension + loop)

    def user(self, name):
        inside = "" if self.for_peer else "<extensionElements><zeebe:userTask/></extensionElements>"
        return self.node("userTask", name, inside)

    def flow(self, *names, condition=""):
        for source, target in zip(names, names[1:]):
            inside = (f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}</conditionExpression>'
                      if condition else "")
            flow = f"{source}_{target}"
            self.flows.append(f'<sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>\n')
        return flow

    def xml(self):
        content = "".join(self.nodes + self.flows)
        return (f'<definitions {BPMN} id="model" targetNamespace="http://schalter.example/bench">\n{"".join(self.messages)}'
                f'<process id="bench" isExecutable="true">\n{content}</process></definitions>\n')


def three_scripts(for_peer=False):
    process = Process(for_peer)
    process.node("startEvent", "start")
    for number in range(3):
        process.script(f"script{number}")
    process.node("endEvent", "end")
    process.flow("start", "script0", "script1", "script2", "end")
    return process.xml()


def xor_user_task(for_peer=False):
    process = Process(for_peer)
    process.node("startEvent", "start")
    process.user("ask")
    process.node("exclusiveGateway", "choose", attributes=' default="choose_no"')
    process.node("endEvent", "yes")
    process.node("endEvent", "no")
    process.flow("start", "ask", "choose")
    process.flow("choose", "yes", condition="${environment.output.ask.ok}" if for_peer else "=ok")
    process.flow("choose", "no")
    return process.xml()


def fork_join(branches, for_peer=False):
    process = Process(for_peer)
    process.node("startEvent", "start")
    process.node("parallelGateway", "fork")
    process.node("parallelGateway", "join")
    process.node("endEvent", "end")
    process.flow("start", "fork")
    for branch in range(branches):
        process.script(f"script{branch}")
        process.flow("fork", f"script{branch}", "join")
    process.flow("join", "end")
    return process.xml()


def multi_instance(number):
    process = Process()
    process.node("startEvent", "start")
    loop = (f'<multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">={number}'
            "</loopCardinality></multiInstanceLoopCharacteristics>")
    process.script("many", loop)
    process.node("endEvent", "end")
    process.flow("start", "many", "end")
    return process.xml()


def message_race():
    process = Process()
    process.messages.append('<message id="paid" name="paid"><extensionElements><zeebe:subscription '
                            'correlationKey="=1"/></extensionElements></message>\n')
    process.node("startEvent", "start")
    process.node("eventBasedGateway", "race")
    process.node("intermediateCatchEvent", "came", '<messageEventDefinition id="m" messageRef="paid"/>')
    process.node("intermediateCatchEvent", "late",
                 '<timerEventDefinition id="t"><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>')
    process.node("endEvent", "done")
    process.node("endEvent", "expired")
    process.flow("start", "race", "came", "done")
    process.flow("race", "late", "expired")
    return process.xml()


def chain_of_user_tasks(number):
    process = Process()
    process.node("startEvent", "start")
    names = [process.user(f"task{index}") for index in range(number)]
    process.node("endEvent", "end")
    process.flow("start", *names, "end")
    return process.xml()


def loop_of_user_task():
    process = Process()
    process.node("startEvent", "start")
    process.node("exclusiveGateway", "merge")
    process.user("task")
    process.node("exclusiveGateway", "again", attributes=' default="again_end"')
    process.node("endEvent", "end")
    process.flow("start", "merge", "task", "again")
    process.flow("again", "merge", condition="=1 = 1")
    process.flow("again", "end")
    return process.xml()
