#include "process/bpmn/symbols/symbols.hpp"
#include "process/bpmn/timers.hpp"

namespace bpmn {

namespace {

std::optional<std::vector<std::string>>
texts_of(Run& run, Id element, const Formula& formula, std::string_view what)
{
    std::vector<std::string> texts;
    const feel::Value value = run.value_of(element, formula);
    if (const auto* list = value.if_list()) {
        for (const feel::Value& item : *list)
            texts.push_back(feel::to_text(item));
        return texts;
    }
    if (formula.empty() || value.is_null())
        return texts;
    const auto text = run.text_of(element, formula, what);
    if (!text)
        return std::nullopt;
    for (std::size_t from = 0; from <= text->size();) {
        const auto comma = std::min(text->find(',', from), text->size());
        const auto first = text->find_first_not_of(' ', from);
        if (first < comma)
            texts.push_back(text->substr(first, comma - first));
        from = comma + 1;
    }
    return texts;
}

// False after an incident.
bool set_date(
    Run& run, Id element, const Formula& formula, std::string_view what, std::optional<base::Instant>& date
)
{
    const feel::Value value = run.value_of(element, formula);
    if (value.is_null())
        return true;
    const auto plan = plan_timer(TimerKind::date, value, run.context().now, run.context().zone);
    if (!plan) {
        run.fail(element, "expression", std::string(what) + " cannot be read: " + plan.error().detail);
        return false;
    }
    date = plan->due;
    return true;
}

void create_task(Run& run, Id element)
{
    const TaskDefinition& task = run.node(element).task;
    CreateTask effect;
    effect.node = run.find(element)->node;
    effect.element = element;
    if (!task.assignee.empty() && !run.value_of(element, task.assignee).is_null()) {
        auto assignee = run.text_of(element, task.assignee, "The assignee");
        if (!assignee)
            return;
        effect.assignee = std::move(*assignee);
    }
    auto groups = texts_of(run, element, task.candidate_groups, "The candidate groups");
    if (!groups)
        return;
    auto users = texts_of(run, element, task.candidate_users, "The candidate users");
    if (!users)
        return;
    auto form = run.text_of(element, task.form, "The form");
    if (!form)
        return;
    if (!set_date(run, element, task.due_date, "The due date", effect.due) ||
        !set_date(run, element, task.follow_up_date, "The follow-up date", effect.follow_up))
        return;
    effect.candidate_groups = std::move(*groups);
    effect.candidate_users = std::move(*users);
    effect.form = std::move(*form);
    const feel::Value priority = run.value_of(element, task.priority);
    const auto number =
        priority.if_string() ? feel::Number::parse(*priority.if_string()) : priority.if_number();
    if (number && number->integer())
        effect.priority = static_cast<int>(std::clamp<std::int64_t>(*number->integer(), 0, 100));
    ElementInstance* instance = run.find(element);
    instance->waiting = Waiting::task;
    effect.id = instance->job = run.next_id();
    run.emit(std::move(effect));
}

}  // namespace

// Waits until a person has completed it. Task listeners run before it is there and before it is completed;
// `listener` counts all of these stages.
void work_user_task(Run& run, Id element)
{
    const TaskDefinition& task = run.node(element).task;
    const std::size_t stage = run.find(element)->listener;
    const std::size_t created = task.creating.size();
    if (stage < created)
        run.create_job(element, task.creating[stage], JobKind::creating_listener);
    else if (stage == created)
        create_task(run, element);
    else if (stage - created - 1 < task.completing.size())
        run.create_job(element, task.completing[stage - created - 1], JobKind::completing_listener);
    else
        run.complete(element);
}

}  // namespace bpmn
