#include "process/feel/builtins/rows.hpp"

#include <array>

namespace feel {

namespace {

const Context& entries(const Value& value)
{
    return *value.if_context();
}

Value get_value(Caller& caller, Arguments arguments)
{
    const Value* found = entries(arguments[0]).find(*arguments[1].if_string());
    return found != nullptr
               ? *found
               : refuse(caller, "the context has no entry \"" + *arguments[1].if_string() + "\"");
}

Value get_value_by_path(Caller& caller, Arguments arguments)
{
    Value found = arguments[0];
    for (const Value& key : *arguments[1].if_list()) {
        const Context* context = found.if_context();
        const Value* next =
            context != nullptr && key.kind() == Kind::string ? context->find(*key.if_string()) : nullptr;
        if (next == nullptr)
            return refuse(caller, "the context has no such entry");
        found = Value(*next);
    }
    return found;
}

Value get_entries(Caller& caller, Arguments arguments)
{
    List list;
    for (const auto& [name, value] : entries(arguments[0]))
        list.emplace_back(Context{{"key", name}, {"value", value}});
    caller.spend(list.size(), list.size() * 2 * sizeof(Context::Entry));
    return list;
}

// From a list of {key, value}; null when one is none, or a key comes twice.
Value context_of(Caller& caller, Arguments arguments)
{
    Context made;
    for (const Value& item : *arguments[0].if_list()) {
        const Context* entry = item.if_context();
        const Value* key = entry != nullptr ? entry->find("key") : nullptr;
        const Value* value = entry != nullptr ? entry->find("value") : nullptr;
        if (key == nullptr || value == nullptr || key->kind() != Kind::string)
            return refuse(caller, "each entry needs a key, a string, and a value");
        if (made.find(*key->if_string()) != nullptr)
            return refuse(caller, "the key \"" + *key->if_string() + "\" stands there twice");
        caller.spend(1 + made.size(), sizeof(Context::Entry));
        made.set(*key->if_string(), *value);
    }
    return made;
}

Value put(Caller& caller, const Value& context, std::span<const Value> path, const Value& value)
{
    if (path.front().kind() != Kind::string)
        return refuse(caller, "a key must be a string");
    if (!context.is_null() && context.kind() != Kind::context)
        return refuse(caller, "the value at \"" + *path.front().if_string() + "\" is no context");
    Context changed = context.is_null() ? Context{} : entries(context);
    caller.spend(1 + changed.size(), changed.size() * sizeof(Context::Entry));
    const std::string& key = *path.front().if_string();
    if (path.size() == 1) {
        changed.set(key, value);
        return changed;
    }
    const Value* inner = changed.find(key);
    Value deeper = put(caller, inner == nullptr ? Value() : *inner, path.subspan(1), value);
    if (deeper.is_null())
        return deeper;
    changed.set(key, std::move(deeper));
    return changed;
}

Value context_put(Caller& caller, Arguments arguments)
{
    return put(caller, arguments[0], arguments.subspan(1, 1), arguments[2]);
}

Value context_put_path(Caller& caller, Arguments arguments)
{
    const List& path = *arguments[1].if_list();
    if (path.empty())
        return refuse(caller, "the list of keys is empty");
    return put(caller, arguments[0], path, arguments[2]);
}

Value context_merge(Caller& caller, Arguments arguments)
{
    Context merged;
    for (const Value& each : *arguments[0].if_list()) {
        const Context* context = each.if_context();
        if (context == nullptr)
            return refuse(caller, "the list holds something that is no context");
        for (const auto& [name, value] : *context) {
            caller.spend(1 + merged.size(), sizeof(Context::Entry));
            merged.set(name, value);
        }
    }
    return merged;
}

constexpr std::array rows{
    Definition{
        "get value", "m: context, key: string", "Any", standard, "get value({a: 1}, \"a\") = 1", get_value},
    Definition{
        "get value",
        "context: context, keys: list",
        "Any",
        extension,
        "get value({a: {b: 1}}, [\"a\", \"b\"]) = 1",
        get_value_by_path},
    Definition{
        "get entries",
        "m: context",
        "list",
        standard,
        "get entries({a: 1}) = [{key: \"a\", value: 1}]",
        get_entries},
    Definition{
        "context",
        "entries: list",
        "context",
        standard,
        "context([{key: \"a\", value: 1}]) = {a: 1}",
        context_of},
    Definition{
        "context put",
        "context: context, key: string, value: Any",
        "context",
        standard,
        "context put({a: 1}, \"b\", 2) = {a: 1, b: 2}",
        context_put},
    Definition{
        "context put",
        "context: context, keys: list, value: Any",
        "context",
        standard,
        "context put({a: {b: 1}}, [\"a\", \"b\"], 2) = {a: {b: 2}}",
        context_put_path},
    Definition{
        "context merge",
        "contexts: list",
        "context",
        standard,
        "context merge([{a: 1}, {b: 2}]) = {a: 1, b: 2}",
        context_merge},
    Definition{
        "put",
        "context: context, key: string, value: Any",
        "context",
        extension,
        "put({a: 1}, \"b\", 2) = {a: 1, b: 2}",
        context_put},
    Definition{
        "put",
        "context: context, keys: list, value: Any",
        "context",
        extension,
        "put({a: {b: 1}}, [\"a\", \"b\"], 2) = {a: {b: 2}}",
        context_put_path},
    Definition{
        "put all",
        "contexts: Any...",
        "context",
        extension,
        "put all({a: 1}, {b: 2}) = {a: 1, b: 2}",
        context_merge},
};

}  // namespace

std::span<const Definition> context_functions()
{
    return rows;
}

}  // namespace feel
