#include "base/text.hpp"
#include "process/bpmn/process_reader.hpp"

namespace bpmn {

Formula ProcessReader::read_formula(const xml::Element& element, std::string_view text)
{
    const auto trimmed = base::trim(text);
    Formula formula{.text = std::string(trimmed), .expression = {}};
    if (!trimmed.starts_with('='))
        return formula;
    auto parsed = feel::parse_expression(trimmed.substr(1));
    if (parsed)
        formula.expression = std::move(*parsed);
    else
        findings_.error(
            element,
            "expression-syntax",
            "The expression «" + std::string(trimmed) + "» cannot be read: " + parsed.error().detail
        );
    return formula;
}

std::optional<feel::Expression>
ProcessReader::read_condition(const xml::Element& element, std::string_view text, std::string_view what)
{
    auto formula = read_formula(element, text);
    if (!formula.expression && !formula.text.starts_with('='))
        findings_.error(
            element,
            "condition-not-feel",
            std::string(what) + " must be a FEEL expression that begins with «=»."
        );
    return std::move(formula.expression);
}

}  // namespace bpmn
