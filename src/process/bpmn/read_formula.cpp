#include "base/text.hpp"
#include "process/bpmn/process_reader.hpp"
#include "process/bpmn/vocabulary.hpp"
#include "process/feel/check.hpp"

#include <array>

namespace bpmn {

namespace {

constexpr std::array named_data{
    std::string_view("dataObject"),
    std::string_view("property"),
    std::string_view("dataInput"),
    std::string_view("dataOutput"),
    std::string_view("inputDataItem"),
    std::string_view("outputDataItem"),
};

}  // namespace

void ProcessReader::learn_names(const xml::Element& element)
{
    const bool is_mapping = element.is(dialect_namespace, "input") || element.is(dialect_namespace, "output");
    const auto name = element.attribute_or(is_mapping ? "target" : "name");
    if ((is_mapping || is_one_of(named_data, element.name)) && name.find(' ') != std::string_view::npos)
        names_.add(std::string(name));
    for (const auto* child : element.elements())
        learn_names(*child);
}

Formula ProcessReader::read_formula(const xml::Element& element, std::string_view text)
{
    const auto trimmed = base::trim(text);
    Formula formula{.text = std::string(trimmed), .expression = {}};
    if (!trimmed.starts_with('='))
        return formula;
    auto parsed = feel::parse_expression(trimmed.substr(1), names_);
    if (!parsed) {
        findings_.error(
            element,
            "expression-syntax",
            "The expression «" + std::string(trimmed) + "» cannot be read: " + parsed.error().detail
        );
        return formula;
    }
    for (const auto& finding : feel::check(*parsed, names_, feel::Knowledge::data)) {
        const auto sentence =
            "The expression «" + std::string(trimmed) + "»: " + feel::to_text(finding) + ".";
        if (finding.severity == feel::Finding::Severity::error)
            findings_.error(element, "expression-type", sentence);
        else
            findings_.warning(element, "expression-type", sentence);
    }
    formula.expression = std::move(*parsed);
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
