#include "process/feel/evaluator.hpp"
#include "process/feel/operators.hpp"

#include <algorithm>

namespace feel {

// What the turns of a for, some or every have brought so far.
struct Evaluator::Gathered {
    List list;
    bool is_decided = false;  // some: one was met; every: one was not
    bool is_unknown = false;
    bool is_broken = false;  // a domain that is no list
};

Value Evaluator::member_of(const Path& path, const Value& object)
{
    if (const Context* context = object.if_context()) {
        if (const Value* entry = context->find(path.name))
            return *entry;
        return refuse(path, "the context has no entry \"" + path.name + "\"");
    }
    if (const List* list = object.if_list()) {
        List members;
        members.reserve(list->size());
        spend(list->size(), list->size() * sizeof(Value));
        for (const Value& item : *list)
            members.push_back(item.is_null() ? Value() : member_of(path, item));
        return members;
    }
    if (auto property = find_property(object, path.name))
        return *std::move(property);
    return refuse(path, std::string(name_of(object.kind())) + " has no \"" + path.name + "\"");
}

Value Evaluator::evaluate_filter(const Filter& filter)
{
    const Value source = evaluate(*filter.list);
    const List single{source};
    const List* list = source.if_list();
    if (list == nullptr)
        list = source.is_null() ? nullptr : &single;
    const Value before = local(filter.item_slot);
    List found;
    const std::size_t count = list == nullptr ? 0 : list->size();
    if (count == 0) {
        local(filter.item_slot) = Value();
        const std::size_t problems = problems_.size();
        const bool is_index =
            filter.condition->kind == Node::Kind::literal && evaluate(*filter.condition).if_number();
        problems_.resize(problems);
        return is_index || list == nullptr ? Value() : Value(List{});
    }
    for (std::size_t index = 0; index < count; ++index) {
        local(filter.item_slot) = (*list)[index];
        const Value condition = evaluate(*filter.condition);
        if (const auto number = condition.if_number(); number && index == 0) {
            local(filter.item_slot) = before;
            const std::int64_t wanted = number->integer().value_or(0);
            const auto size = static_cast<std::int64_t>(count);
            if (wanted == 0 || wanted > size || wanted < -size)
                return refuse(filter, "the list has no item " + number->text());
            return (*list)[static_cast<std::size_t>(wanted > 0 ? wanted - 1 : size + wanted)];
        }
        if (condition.is_true()) {
            spend(0, sizeof(Value));
            found.push_back((*list)[index]);
        } else if (condition.kind() != Kind::boolean && !condition.is_null()) {
            local(filter.item_slot) = before;
            return refuse(filter, "a filter must be a number or true or false");
        }
    }
    local(filter.item_slot) = before;
    return found;
}

template <class Visit>
bool Evaluator::each_between(const Node& node, const Value& first, const Value& last, const Visit& visit)
{
    const auto from = first.if_number();
    const auto to = last.if_number();
    if (from && to && from->is_plain() && to->is_plain()) {
        const std::int64_t end = *to->integer();
        const std::int64_t step = *from <= *to ? 1 : -1;
        for (std::int64_t each = *from->integer(); visit(each) && each != end; each += step) {
        }
        return true;
    }
    if (from && to) {
        const bool goes_up = *from <= *to;
        for (Number each = *from; goes_up ? each <= *to : each >= *to;) {
            if (!visit(each))
                break;
            const auto next = add(each, goes_up ? 1 : -1);
            if (!next || *next == each)
                break;
            each = *next;
        }
        return true;
    }
    const auto first_day = first.if_date();
    const auto last_day = last.if_date();
    if (first_day && last_day) {
        const std::int64_t step = *first_day <= *last_day ? 1 : -1;
        for (std::int64_t day = first_day->days; step > 0 ? day <= last_day->days : day >= last_day->days;
             day += step)
            if (!visit(Date{day}))
                break;
        return true;
    }
    refuse(
        node,
        "cannot go from " + std::string(name_of(first.kind())) + " to " + std::string(name_of(last.kind())) +
            " step by step"
    );
    return false;
}

// False when the domain is nothing that can be gone through; `visit` says whether to go on.
template <class Visit>
bool Evaluator::each_of(const Iterator& iterator, const Visit& visit)
{
    const Value domain = evaluate(*iterator.domain);
    if (iterator.end)
        return each_between(*iterator.domain, domain, evaluate(*iterator.end), visit);
    if (const List* list = domain.if_list()) {
        for (const Value& item : *list)
            if (!visit(item))
                break;
        return true;
    }
    if (const Range* range = domain.if_range()) {
        // An end that is not included, and a number between two whole ones, is not visited.
        return each_between(*iterator.domain, range->low, range->high, [&](const Value& each) {
            return contains(*range, each) == true ? visit(each) : true;
        });
    }
    if (domain.is_null()) {
        refuse(*iterator.domain, "null cannot be gone through");
        return false;
    }
    visit(domain);
    return true;
}

void Evaluator::iterate(const Iteration& iteration, std::size_t depth, Gathered& gathered)
{
    if (depth < iteration.iterators.size()) {
        const Iterator& iterator = iteration.iterators[depth];
        const bool is_good = each_of(iterator, [&](const Value& item) {
            local(iterator.slot) = item;
            iterate(iteration, depth + 1, gathered);
            return !gathered.is_decided && !gathered.is_broken;
        });
        gathered.is_broken = gathered.is_broken || !is_good;
        return;
    }
    spend(1, sizeof(Value));
    if (iteration.result == Iteration::Result::list) {
        if (iteration.uses_partial) {
            spend(gathered.list.size(), gathered.list.size() * sizeof(Value));
            local(iteration.partial_slot) = gathered.list;
        }
        gathered.list.push_back(evaluate(*iteration.body));
        return;
    }
    const auto met = evaluate(*iteration.body).if_boolean();
    gathered.is_unknown = gathered.is_unknown || !met;
    gathered.is_decided = met == (iteration.result == Iteration::Result::some);
}

Value Evaluator::evaluate_iteration(const Iteration& iteration)
{
    Gathered gathered;
    iterate(iteration, 0, gathered);
    if (gathered.is_broken)
        return {};
    const bool is_some = iteration.result == Iteration::Result::some;
    if (iteration.result == Iteration::Result::list)
        return std::move(gathered.list);
    if (gathered.is_decided)
        return is_some;
    return gathered.is_unknown ? Value() : Value(!is_some);
}

}  // namespace feel
