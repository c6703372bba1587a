#include "process/bpmn/run.hpp"

#include <algorithm>

namespace bpmn {

namespace {

// The names an element instance sees: what the engine adds, its own, those around it, the process's.
class ElementScope final : public feel::Scope {
public:
    ElementScope(Run& run, Id element, const Variables& extra) : run_(run), element_(element), extra_(extra)
    {
    }

    std::optional<feel::Value> find(std::string_view name) const override
    {
        if (const feel::Value* value = extra_.find(name))
            return *value;
        if (const feel::Value* value = run_.find_variable(element_, name))
            return *value;
        return std::nullopt;
    }

private:
    Run& run_;
    Id element_;
    const Variables& extra_;
};

std::string first_reason(const feel::Evaluation& evaluation)
{
    return evaluation.problems.empty() ? std::string() : ": " + evaluation.problems.front().reason;
}

}  // namespace

const feel::Value* Run::find_variable(Id element, std::string_view name)
{
    for (const ElementInstance* at = find(element); at; at = find(at->parent))
        if (const feel::Value* value = at->locals.find(name))
            return value;
    return state_.variables.find(name);
}

void Run::set_local(Id element, std::string_view name, feel::Value value)
{
    ElementInstance* instance = find(element);
    (instance->parent == 0 ? state_.variables : instance->locals).set(name, std::move(value));
    has_changes_ = true;
}

void Run::set_variable(Id element, std::string_view name, feel::Value value)
{
    has_changes_ = true;
    for (ElementInstance* at = find(element); at; at = find(at->parent))
        if (at->locals.find(name))
            return at->locals.set(name, std::move(value));
    state_.variables.set(name, std::move(value));
}

// With output mappings they decide what gets out; without, every result goes to where its name is known, and
// at last to the process. What a data association copies is the element's own.
void Run::deliver(Id element, const Variables& results)
{
    const auto& outputs = node(element).outputs;
    for (const auto& [name, value] : results)
        if (std::ranges::any_of(outputs, [&](const Mapping& mapping) {
                return !mapping.is_association || mapping.copied == name;
            }))
            set_local(element, name, value);
        else
            set_variable(element, name, value);
}

Variables Run::visible_variables(Id element)
{
    Variables visible;
    for (const ElementInstance* at = find(element); at; at = find(at->parent))
        for (const auto& [name, value] : at->locals)
            if (!visible.find(name))
                visible.set(name, value);
    for (const auto& [name, value] : state_.variables)
        if (!visible.find(name))
            visible.set(name, value);
    return visible;
}

feel::Evaluation Run::evaluate(Id element, const feel::Expression& expression, const Variables& extra)
{
    return feel::evaluate(
        expression,
        ElementScope(*this, element, extra),
        {.now = context_.now, .zone = context_.zone, .limits = context_.limits}
    );
}

feel::Value Run::value_of(Id element, const Formula& formula)
{
    if (formula.expression)
        return evaluate(element, *formula.expression).value;
    return formula.text.empty() ? feel::Value() : feel::Value(formula.text);
}

std::optional<std::string> Run::text_of(Id element, const Formula& formula, std::string_view what)
{
    if (!formula.expression)
        return formula.text;
    const auto evaluation = evaluate(element, *formula.expression);
    if (const auto* text = evaluation.value.if_string())
        return *text;
    if (evaluation.value.if_number())
        return feel::to_text(evaluation.value);
    fail(
        element,
        "expression",
        std::string(what) + " «" + formula.text + "» must be a text but is " +
            feel::to_text(evaluation.value) + first_reason(evaluation)
    );
    return std::nullopt;
}

std::optional<bool>
Run::truth_of(Id element, const feel::Expression& expression, std::string_view what, const Variables& extra)
{
    const auto evaluation = evaluate(element, expression, extra);
    if (const auto truth = evaluation.value.if_boolean())
        return truth;
    fail(
        element,
        "expression",
        std::string(what) + " «=" + expression.text() + "» must be true or false but is " +
            feel::to_text(evaluation.value) + first_reason(evaluation)
    );
    return std::nullopt;
}

// Each mapping sees what the ones before it gave. A dotted target sets an entry of a context.
bool Run::map(Id element, const std::vector<Mapping>& mappings, Id target)
{
    for (const Mapping& mapping : mappings) {
        feel::Value value;
        if (mapping.copied.empty()) {
            value = value_of(element, mapping.source);
        } else if (const feel::Value* found = find_variable(element, mapping.copied)) {
            value = *found;
        } else {
            continue;
        }
        const auto dot = mapping.target.find('.');
        const auto name = mapping.target.substr(0, dot);
        if (dot != std::string::npos) {
            const feel::Value* around = find_variable(target, name);
            feel::Context context = around && around->if_context() ? *around->if_context() : feel::Context();
            context.set(mapping.target.substr(dot + 1), std::move(value));
            value = feel::Value(std::move(context));
        }
        if (target == element)
            set_local(element, name, std::move(value));
        else
            set_variable(target, name, std::move(value));
    }
    return true;
}

}  // namespace bpmn
