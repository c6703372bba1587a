#include "process/bpmn/findings.hpp"

#include "process/bpmn/vocabulary.hpp"

namespace bpmn {

void Findings::error(const xml::Element& element, std::string_view rule, std::string sentence)
{
    add(Severity::error, element, rule, std::move(sentence));
}

void Findings::warning(const xml::Element& element, std::string_view rule, std::string sentence)
{
    add(Severity::warning, element, rule, std::move(sentence));
}

void Findings::add(
    Severity severity, const xml::Element& element, std::string_view rule, std::string sentence
)
{
    findings_.push_back({
        .severity = severity,
        .element = std::string(id_of(element)),
        .line = element.line,
        .rule = std::string(rule),
        .sentence = std::move(sentence),
    });
}

}  // namespace bpmn
