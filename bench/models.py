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
