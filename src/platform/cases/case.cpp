#include "platform/cases/case.hpp"

#include <algorithm>
#include <array>

namespace cases {

namespace {

constexpr std::array<std::pair<State, std::string_view>, 7> names{{
    {State::awaiting_payment, "awaiting_payment"},
    {State::in_progress, "in_progress"},
    {State::with_clerk, "with_clerk"},
    {State::completed, "completed"},
    {State::refused, "refused"},
    {State::expired, "expired"},
    {State::withdrawn, "withdrawn"},
}};

constexpr Transition all_transitions[] = {
    {State::awaiting_payment, State::in_progress, "the payment was confirmed, or nothing is to be paid"},
    {State::awaiting_payment, State::expired, "nobody paid in time"},
    {State::awaiting_payment, State::withdrawn, "the applicant gave up before paying"},
    {State::in_progress, State::with_clerk, "a person has to look at it"},
    {State::in_progress, State::completed, "the result was delivered without a clerk"},
    {State::in_progress, State::refused, "the rules do not allow it"},
    {State::with_clerk, State::in_progress, "the clerk decided, the process goes on"},
    {State::with_clerk, State::completed, "the clerk approved and the result was delivered"},
    {State::with_clerk, State::refused, "the clerk refused"},
    {State::with_clerk, State::withdrawn, "the applicant gave up while the clerk had not decided"},
};

}  // namespace

std::string_view name_of(State state)
{
    return std::ranges::find(names, state, &std::pair<State, std::string_view>::first)->second;
}

std::optional<State> parse_state(std::string_view name)
{
    const auto found = std::ranges::find(names, name, &std::pair<State, std::string_view>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

std::span<const Transition> transitions()
{
    return all_transitions;
}

bool may_become(State from, State to)
{
    return std::ranges::any_of(all_transitions, [&](const Transition& transition) {
        return transition.from == from && transition.to == to;
    });
}

bool is_final(State state)
{
    return std::ranges::none_of(all_transitions, [&](const Transition& transition) {
        return transition.from == state;
    });
}

std::string applicant_of(const json::Value& answers)
{
    const std::string last_name(answers.text_of("person.last_name"));
    const std::string first_name(answers.text_of("person.first_name"));
    return last_name.empty() || first_name.empty() ? last_name + first_name : last_name + " " + first_name;
}

std::optional<base::TenantId> tenant_of_reference(std::string_view reference)
{
    const auto first = reference.find('-');
    const auto second = reference.find('-', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        return std::nullopt;
    return base::TenantId{std::string(reference.substr(first + 1, second - first - 1))};
}

}  // namespace cases
