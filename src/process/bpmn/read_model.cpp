#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/rules/rules.hpp"
#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

base::Result<Model> read_model(std::string_view text)
{
    auto document = xml::parse(text);
    if (!document)
        return document.error();
    const xml::Element& root = document->root;
    if (!is_model(root, "definitions"))
        return base::fail(
            base::ErrorKind::invalid,
            "bpmn.not_bpmn",
            "expected <definitions> of BPMN 2.0, found <" + root.name + ">"
        );

    const Globals globals(root);
    Findings findings;
    check_rules(root, globals, findings);
    Model model;
    for (const auto* element : root.elements()) {
        if (element->namespace_uri != model_namespace)
            continue;
        ProcessReader reader(*element, globals, findings);
        if (element->name == "process" && element->attribute_or("isExecutable") == "true")
            model.processes.push_back(std::make_shared<const Definition>(reader.read()));
        else if (element->name.starts_with("global") && element->name.ends_with("Task"))
            model.processes.push_back(std::make_shared<const Definition>(reader.read_global_task()));
    }
    model.findings = findings.take();
    return model;
}

}  // namespace bpmn
