#include "process/feel/checker.hpp"

#include <algorithm>

namespace feel {

namespace {

// Whether a value of that type may be taken, given the conversions of DMN 1.5 section 10.3.2.9.4.
bool may_fit(const Type& argument, const Type& parameter)
{
    if (argument.is_any() || parameter.is_any() || argument.conforms_to(parameter))
        return true;
    if (argument.shape() == Type::Shape::function && parameter.shape() == Type::Shape::function)
        return true;  // what a function gives back is seldom declared
    if (argument.shape() == Type::Shape::list)
        return parameter.shape() == Type::Shape::list ? may_fit(argument.element(), parameter.element())
                                                      : may_fit(argument.element(), parameter);
    if (parameter.shape() == Type::Shape::list)
        return may_fit(argument, parameter.element());
    return argument == Type::of(Kind::date) && parameter == Type::of(Kind::date_time);
}

// Which parameter each argument is for; nothing when their number or names do not fit.
std::optional<std::vector<std::size_t>> places(const Call& call, const Signature& signature)
{
    const std::size_t count = signature.parameters.size();
    std::vector<std::size_t> found;
    if (call.names.empty()) {
        if (call.arguments.size() < signature.required ||
            (call.arguments.size() > count && !signature.is_variadic))
            return std::nullopt;
        for (std::size_t index = 0; index < call.arguments.size(); ++index)
            found.push_back(std::min(index, count - 1));
        return found;
    }
    std::size_t required = 0;
    for (const auto& name : call.names) {
        const auto parameter = std::find_if(
            signature.parameters.begin(),
            signature.parameters.end(),
            [&](const Parameter& each) { return each.name == name; }
        );
        if (parameter == signature.parameters.end())
            return std::nullopt;
        found.push_back(static_cast<std::size_t>(parameter - signature.parameters.begin()));
        if (found.back() < signature.required)
            ++required;
    }
    return required == signature.required ? std::optional(found) : std::nullopt;
}

bool fits(
    const Signature& signature, const std::vector<std::size_t>& where, const std::vector<Type>& arguments
)
{
    for (std::size_t index = 0; index < arguments.size(); ++index)
        if (!may_fit(arguments[index], signature.parameters[where[index]].type))
            return false;
    return true;
}

}  // namespace

Type Checker::infer_call(const Call& call)
{
    std::vector<Type> arguments;
    const auto* variable =
        call.callee->kind == Node::Kind::variable ? static_cast<const Variable*>(call.callee.get()) : nullptr;
    const bool is_builtin = variable != nullptr && variable->address.place == Address::Place::nowhere &&
                            variable->builtin != nullptr;
    // "is defined(x)" asks whether there is an x.
    if (is_builtin && variable->builtin->name == "is defined")
        return Type::of(Kind::boolean);
    if (variable != nullptr && knowledge_ == Knowledge::data && is_missing(*variable))
        find_unknown(*variable);
    const Type callee = is_builtin ? Type::any() : infer(call.callee);
    for (const auto& argument : call.arguments)
        arguments.push_back(infer(argument));
    return is_builtin ? check_builtin(call, *variable->builtin, arguments)
                      : check_function(call, callee, arguments);
}

Type Checker::check_builtin(const Call& call, const Builtin& builtin, const std::vector<Type>& arguments)
{
    bool has_form = false;
    for (const auto& signature : builtin.signatures) {
        const auto where = places(call, signature);
        has_form = has_form || where;
        if (where && fits(signature, *where, arguments))
            return builtin.signatures.size() == 1 ? signature.result : Type::any();
    }
    if (has_form) {
        std::string types;
        for (const Type& argument : arguments)
            types += (types.empty() ? "" : ", ") + argument.text();
        report(call.callee->place, std::string(builtin.name) + "() does not take (" + types + ")");
    } else {
        refuse_form(call, builtin, arguments);
    }
    return builtin.signatures.size() == 1 ? builtin.signatures.front().result : Type::any();
}

void Checker::refuse_form(const Call& call, const Builtin& builtin, const std::vector<Type>& arguments)
{
    std::vector<std::string> parameters;
    for (const auto& signature : builtin.signatures)
        for (const auto& parameter : signature.parameters)
            parameters.push_back(parameter.name);
    for (const auto& name : call.names)
        if (std::find(parameters.begin(), parameters.end(), name) == parameters.end()) {
            report(
                call.callee->place,
                std::string(builtin.name) + "() has no parameter \"" + name + "\"",
                nearest_name(name, parameters)
            );
            return;
        }
    std::string forms;
    for (const auto& signature : builtin.signatures)
        forms += (forms.empty() ? "(" : " or (") + std::string(signature.definition->parameters) + ")";
    report(
        call.callee->place,
        std::string(builtin.name) + "() takes " + forms + ", found " + std::to_string(arguments.size()) +
            (arguments.size() == 1 ? " argument" : " arguments")
    );
}

Type Checker::check_function(const Call& call, const Type& callee, const std::vector<Type>& arguments)
{
    if (callee.is_any())
        return callee;
    if (callee.shape() != Type::Shape::function) {
        report(call.place, callee.text() + " cannot be called");
        return {};
    }
    const auto parameters = callee.parameters();
    if (callee == Type::of(Kind::function))
        return {};
    if (parameters.size() != arguments.size()) {
        report(
            call.place,
            "the function takes " + std::to_string(parameters.size()) + " arguments, found " +
                std::to_string(arguments.size())
        );
        return callee.result();
    }
    for (std::size_t index = 0; call.names.empty() && index < arguments.size(); ++index)
        if (!may_fit(arguments[index], parameters[index]))
            report(
                call.arguments[index]->place,
                "argument " + std::to_string(index + 1) + " is " + arguments[index].text() + ", not " +
                    parameters[index].text()
            );
    return callee.result();
}

}  // namespace feel
