#include "base/text.hpp"
#include "process/bpmn/cron.hpp"
#include "process/bpmn/rules/groups.hpp"
#include "process/bpmn/timers.hpp"
#include "process/bpmn/vocabulary.hpp"

#include <array>
#include <cctype>

namespace bpmn {

namespace {

constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

constexpr std::array expressions{
    std::string_view("conditionExpression"),
    std::string_view("completionCondition"),
    std::string_view("activationCondition"),
    std::string_view("loopCondition"),
    std::string_view("loopCardinality"),
    std::string_view("condition"),
    std::string_view("timeDate"),
    std::string_view("timeDuration"),
    std::string_view("timeCycle"),
    std::string_view("transformation"),
    std::string_view("messagePath"),
    std::string_view("dataPath"),
    std::string_view("from"),
    std::string_view("to"),
};

constexpr std::array conditions{
    std::string_view("conditionExpression"),
    std::string_view("completionCondition"),
    std::string_view("activationCondition"),
    std::string_view("loopCondition"),
    std::string_view("condition"),
};

bool is_formal(const xml::Element& expression, std::string_view text)
{
    const auto* type = expression.find_attribute(instance_namespace, "type");
    if (expression.name == "messagePath" || expression.name == "dataPath" ||
        expression.name == "transformation")
        return true;  // formal by its place in the schema
    return (type && local_reference(*type) == "tFormalExpression") || text.starts_with('=');
}

bool is_literal_other_than_boolean(std::string_view formula)
{
    formula = base::trim(formula.substr(formula.starts_with('=') ? 1 : 0));
    const auto is_digit = [](char letter) {
        return letter == '.' || std::isdigit(static_cast<unsigned char>(letter)) != 0;
    };
    const bool is_number = !formula.empty() && std::all_of(formula.begin(), formula.end(), is_digit);
    const bool is_text =
        formula.size() > 1 && formula.front() == '"' && formula.find('"', 1) == formula.size() - 1;
    return is_number || is_text;
}

// 8.4.6 and 8.4.7: natural language is for people; what is executed is a formal expression with a body.
void check_expression(const ModelView& model, const xml::Element& expression)
{
    const auto whole = expression.text();
    const auto text = base::trim(whole);
    const auto* owner = model.parent(expression);
    const auto where = "The <" + expression.name + "> of " + (owner ? named(*owner) : std::string("nothing"));
    if (text.empty())
        model.refuse(expression, "expression-empty", where + " needs a body.");
    else if (model.is_executable(expression) && !is_formal(expression, text))
        model.refuse(
            expression,
            "expression-informal",
            where + " must be a tFormalExpression (xsi:type) in an executable process."
        );
    if (is_one_of(conditions, expression.name) && is_literal_other_than_boolean(text))
        model.refuse(expression, "condition-boolean", where + " must give true or false.");
}

// RFC 3986: characters of a URI, and "%" only before two hexadecimal digits.
bool is_uri(std::string_view text)
{
    constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=";
    for (std::size_t index = 0; index < text.size(); ++index) {
        const auto letter = static_cast<unsigned char>(text[index]);
        if (letter == '%') {
            if (index + 2 >= text.size() || std::isxdigit(static_cast<unsigned char>(text[index + 1])) == 0 ||
                std::isxdigit(static_cast<unsigned char>(text[index + 2])) == 0)
                return false;
            index += 2;
        } else if (letter < 128 && std::isalnum(letter) == 0 && others.find(text[index]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

// RFC 2045: "text/plain", perhaps with parameters.
bool is_mime_type(std::string_view text)
{
    const auto type = text.substr(0, text.find(';'));
    const auto slash = type.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < type.size() &&
           type.find('/', slash + 1) == std::string_view::npos && type.find(' ') == std::string_view::npos;
}

struct Format {
    std::string_view attribute;
    bool is_mime;
};

constexpr std::array formats{
    Format{"textFormat", true},
    Format{"scriptFormat", true},
    Format{"language", false},
    Format{"expressionLanguage", false},
    Format{"typeLanguage", false},
    Format{"evaluatesToTypeRef", false},
};

void check_formats(const ModelView& model, const xml::Element& element)
{
    for (const Format& format : formats) {
        const auto* value = element.find_attribute(format.attribute);
        if (value && !(format.is_mime ? is_mime_type(*value) : is_uri(*value)))
            model.refuse(
                element,
                format.is_mime ? "mime-type" : "uri",
                "The " + std::string(format.attribute) + " «" + *value + "» of " + named(element) +
                    " must be a " + (format.is_mime ? "MIME type such as text/plain." : "URI.")
            );
    }
    // Table 10.22: the protocol of a transaction.
    if (element.name == "transaction" && !is_uri(element.attribute_or("method")))
        model.refuse(
            element, "uri", "The method of " + named(element) + " must be a URI or begin with «##»."
        );
}

TimerKind kind_of(std::string_view name)
{
    if (name == "timeDate")
        return TimerKind::date;
    return name == "timeCycle" ? TimerKind::cycle : TimerKind::duration;
}

// Table 10.101: one of date, duration and cycle, in ISO 8601 (a cycle may also be a cron expression).
void check_timer(const ModelView& model, const xml::Element& timer)
{
    int count = 0;
    for (const auto* name : {"timeDate", "timeDuration", "timeCycle"}) {
        const auto text = child_text(timer, name);
        if (!has_model_child(timer, name))
            continue;
        ++count;
        if (text.empty() || text.starts_with('='))
            continue;
        const auto plan = plan_timer(kind_of(name), feel::Value(text), base::Instant{}, "UTC");
        if (!plan)
            model.refuse(
                timer, "timer-syntax", "The " + std::string(name) + ": " + plan.error().detail + "."
            );
    }
    if (count > 1)
        model.refuse(timer, "timer", "A timer needs a date, a duration or a cycle, not several of them.");
}

}  // namespace

void check_expressions(const ModelView& model)
{
    for (const auto* element : model.elements()) {
        check_formats(model, *element);
        if (is_one_of(expressions, element->name))
            check_expression(model, *element);
        if (element->name == "timerEventDefinition")
            check_timer(model, *element);
    }
}

}  // namespace bpmn
