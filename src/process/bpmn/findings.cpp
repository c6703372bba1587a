#include "process/bpmn/findings.hpp"

#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

namespace {

Finding about(
    Severity severity, Aspect aspect, const xml::Element& element, std::string_view rule, std::string sentence
)
{
    return {
        .severity = severity,
        .aspect = aspect,
        .element = std::string(id_of(element)),
        .line = element.line,
        .rule = std::string(rule),
        .sentence = std::move(sentence),
    };
}

}  // namespace

void Findings::error(const xml::Element& element, std::string_view rule, std::string sentence)
{
    findings_.push_back(about(Severity::error, Aspect::execution, element, rule, std::move(sentence)));
}

void Findings::warning(const xml::Element& element, std::string_view rule, std::string sentence)
{
    findings_.push_back(about(Severity::warning, Aspect::execution, element, rule, std::move(sentence)));
}

void Findings::structural(
    Severity severity, const xml::Element& element, std::string_view rule, std::string sentence
)
{
    findings_.push_back(about(severity, Aspect::structure, element, rule, std::move(sentence)));
}

}  // namespace bpmn
