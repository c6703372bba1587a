#include "process/dmn/logic_reader.hpp"

#include "base/text.hpp"
#include "process/feel/check.hpp"

#include <algorithm>
#include <array>

namespace dmn {

namespace {

const xml::Element* child(const xml::Element& element, std::string_view name)
{
    for (const auto* each : element.elements())
        if (each->name == name)
            return each;
    return nullptr;
}

std::string text_of(const xml::Element& element)
{
    const auto* text = child(element, "text");
    return text == nullptr ? std::string() : text->text();
}

// The boxed expression among the children, if there is one.
const xml::Element* logic_in(const xml::Element& element)
{
    constexpr std::array names{
        "literalExpression",
        "decisionTable",
        "context",
        "invocation",
        "relation",
        "list",
        "functionDefinition",
        "conditional",
        "filter",
        "for",
        "every",
        "some"};
    for (const auto* each : element.elements())
        if (std::find(names.begin(), names.end(), each->name) != names.end())
            return each;
    return nullptr;
}

}  // namespace

void LogicReader::find_fault(const xml::Element& source, std::string sentence)
{
    definitions_.findings.push_back({Finding::Severity::error, element_, source.line, 0, std::move(sentence)}
    );
}

TypeReference LogicReader::find_type(std::string_view reference) const
{
    if (const std::size_t colon = reference.find(':'); colon != std::string_view::npos)
        reference = reference.substr(colon + 1);
    for (const auto& item : definitions_.items)
        if (item->name == reference)
            return {item->type, item.get()};
    for (const auto& import : definitions_.imports) {
        if (!import.name.empty() && !(reference.starts_with(import.name + ".")))
            continue;
        const auto name = import.name.empty() ? reference : reference.substr(import.name.size() + 1);
        for (const auto& item : import.definitions->items)
            if (item->name == name)
                return {item->type, item.get()};
    }
    return {feel::Type::find_builtin(reference).value_or(feel::Type::any()), nullptr};
}

std::unique_ptr<ItemDefinition> LogicReader::make_item(const xml::Element& source)
{
    auto item = std::make_unique<ItemDefinition>();
    item->name = source.attribute_or("name");
    item->is_collection = source.attribute_or("isCollection") == "true";
    return item;
}

void LogicReader::read_items(const std::vector<const xml::Element*>& declared)
{
    for (const auto* source : declared)
        definitions_.items.push_back(make_item(*source));
    // A type may be used before it is declared; as many rounds as there can be links make all of them known.
    constexpr int most_rounds = 8;
    for (int round = 0; round < most_rounds; ++round)
        for (std::size_t index = 0; index < declared.size(); ++index)
            resolve_item(*definitions_.items[index], *declared[index], 0);
}

void LogicReader::resolve_item(ItemDefinition& item, const xml::Element& source, int depth)
{
    constexpr int deepest = 20;
    if (depth > deepest)
        return;
    element_ = item.name;
    std::vector<feel::Type::Field> fields;
    item.components.clear();
    for (const auto* part : source.elements()) {
        if (part->name == "itemComponent") {
            item.components.push_back(make_item(*part));
            resolve_item(*item.components.back(), *part, depth + 1);
            fields.emplace_back(item.components.back()->name, item.components.back()->type);
        } else if (part->name == "typeRef") {
            const auto found = find_type(base::trim(part->text()));
            item.type = found.type;
            item.base = found.item == &item ? nullptr : found.item;
        } else if (part->name == "functionItem") {
            std::vector<feel::Type> parameters;
            for (const auto* parameter : part->elements())
                if (parameter->name == "parameters")
                    parameters.push_back(find_type(parameter->attribute_or("typeRef")).type);
            item.type = feel::Type::function_of(
                std::move(parameters), find_type(part->attribute_or("outputTypeRef")).type
            );
        } else if (part->name == "allowedValues") {
            item.allowed_values = compile_tests(part, {}, item.type);
        } else if (part->name == "typeConstraint") {
            item.type_constraint = compile_tests(part, {}, item.type);
        }
    }
    if (!fields.empty())
        item.type = feel::Type::context_of(std::move(fields));
    if (item.is_collection)
        item.type = feel::Type::list_of(item.type);
}

feel::Names LogicReader::names_for(const Element& element) const
{
    feel::Names names;
    for (const auto& item : definitions_.items)
        names.add_type(item->name, item->type);
    for (const auto& import : definitions_.imports) {
        for (const auto& item : import.definitions->items)
            names.add_type(import.name.empty() ? item->name : import.name + "." + item->name, item->type);
        std::vector<feel::Type::Field> members;
        for (const auto& other : import.definitions->elements) {
            members.emplace_back(other->name, other->type.type);
            if (import.name.empty())
                names.add(other->name, other->type.type);
        }
        if (!import.name.empty())
            names.add(import.name, feel::Type::context_of(std::move(members)));
    }
    for (const auto* required : element.required)
        if (required->owner == &definitions_)
            names.add(required->name, required->type.type);
    return names;
}

void LogicReader::read_element(Element& element, const xml::Element& source)
{
    element_ = element.id.empty() ? element.name : element.id;
    auto names = names_for(element);
    if (element.kind == Element::Kind::decision) {
        const auto* logic = logic_in(source);
        if (logic == nullptr)
            definitions_.findings.push_back(
                {Finding::Severity::warning, element_, source.line, 0, "the decision has no logic"}
            );
        else
            element.logic = read_logic(*logic, names);
    } else if (element.kind == Element::Kind::knowledge) {
        names.add(element.name);  // it may call itself
        if (const auto* logic = child(source, "encapsulatedLogic"))
            element.logic = read_function(*logic, names);
    }
}

void LogicReader::find_in(
    const xml::Element& source, const feel::Expression& expression, const feel::Names& names
)
{
    const auto* text = child(source, "text");
    const auto knowledge =
        is_in_filter_ || definitions_.is_open ? feel::Knowledge::partial : feel::Knowledge::complete;
    for (const auto& finding : feel::check(expression, names, knowledge))
        definitions_.findings.push_back(
            {finding.severity == feel::Finding::Severity::error ? Finding::Severity::error
                                                                : Finding::Severity::warning,
             element_,
             (text == nullptr ? source.line : text->line) + finding.place.line - 1,
             0,
             "FEEL: " + to_text(finding)}
        );
}

feel::Expression LogicReader::compile(const xml::Element& source, const feel::Names& names)
{
    const std::string text = text_of(source);
    if (base::trim(text).empty())
        return {};
    auto expression = feel::parse_expression(text, names);
    if (!expression) {
        find_fault(source, "FEEL: " + expression.error().detail);
        return {};
    }
    find_in(source, *expression, names);
    return *std::move(expression);
}

std::optional<feel::Expression>
LogicReader::compile_tests(const xml::Element* source, const feel::Names& names, const feel::Type& input)
{
    if (source == nullptr)
        return std::nullopt;
    const std::string text = text_of(*source);
    if (base::trim(text).empty())
        return std::nullopt;
    auto tests = feel::parse_unary_tests(text, names);
    if (!tests) {
        find_fault(*source, "FEEL: " + tests.error().detail);
        return std::nullopt;
    }
    auto known = names;
    known.add("?", input);
    find_in(*source, *tests, known);
    return *std::move(tests);
}

LogicPointer LogicReader::first_logic(const xml::Element& source, const feel::Names& names)
{
    const auto* logic = logic_in(source);
    if (logic != nullptr)
        return read_logic(*logic, names);
    return std::make_unique<Logic>();
}

LogicPointer LogicReader::read_logic(const xml::Element& source, const feel::Names& names)
{
    LogicPointer logic;
    if (source.name == "decisionTable") {
        logic = read_table(source, names);
    } else if (source.name == "context") {
        logic = read_context(source, names);
    } else if (source.name == "invocation") {
        logic = read_invocation(source, names);
    } else if (source.name == "relation") {
        logic = read_relation(source, names);
    } else if (source.name == "functionDefinition") {
        logic = read_function(source, names);
    } else if (source.name == "filter") {
        logic = read_filter(source, names);
    } else if (source.name == "for") {
        logic = read_iterator(source, names, Logic::Kind::iteration);
    } else if (source.name == "some") {
        logic = read_iterator(source, names, Logic::Kind::some);
    } else if (source.name == "every") {
        logic = read_iterator(source, names, Logic::Kind::every);
    } else {
        logic = std::make_unique<Logic>();
        if (source.name == "list") {
            logic->kind = Logic::Kind::list;
            for (const auto* item : source.elements())
                if (item->name != "description" && item->name != "extensionElements")
                    logic->parts.push_back(read_logic(*item, names));
        } else if (source.name == "conditional") {
            logic->kind = Logic::Kind::conditional;
            for (const auto* part : {"if", "then", "else"}) {
                const auto* branch = child(source, part);
                logic->parts.push_back(
                    branch == nullptr ? std::make_unique<Logic>() : first_logic(*branch, names)
                );
            }
        } else {
            logic->kind = Logic::Kind::literal;
            logic->expression = compile(source, names);
        }
    }
    logic->type = find_type(source.attribute_or("typeRef"));
    return logic;
}

LogicPointer LogicReader::read_context(const xml::Element& source, feel::Names names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::context;
    for (const auto* entry : source.elements()) {
        if (entry->name != "contextEntry")
            continue;
        Binding binding;
        if (const auto* variable = child(*entry, "variable")) {
            binding.name = variable->attribute_or("name");
            binding.type = find_type(variable->attribute_or("typeRef"));
        }
        binding.logic = first_logic(*entry, names);
        if (!binding.name.empty())
            names.add(binding.name, binding.type.type);
        logic->bindings.push_back(std::move(binding));
    }
    return logic;
}

LogicPointer LogicReader::read_invocation(const xml::Element& source, const feel::Names& names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::invocation;
    for (const auto* part : source.elements()) {
        if (part->name == "literalExpression") {
            logic->expression = compile(*part, names);
        } else if (part->name == "binding") {
            Binding binding;
            if (const auto* parameter = child(*part, "parameter"))
                binding.name = parameter->attribute_or("name");
            binding.logic = first_logic(*part, names);
            logic->bindings.push_back(std::move(binding));
        }
    }
    return logic;
}

LogicPointer LogicReader::read_relation(const xml::Element& source, const feel::Names& names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::relation;
    for (const auto* part : source.elements()) {
        if (part->name == "column")
            logic->names.emplace_back(part->attribute_or("name"));
        if (part->name != "row")
            continue;
        std::size_t cells = 0;
        for (const auto* cell : part->elements()) {
            logic->parts.push_back(read_logic(*cell, names));
            ++cells;
        }
        if (cells != logic->names.size())
            find_fault(*part, "the row has " + std::to_string(cells) + " cells");
        logic->parts.resize(logic->parts.size() - cells + logic->names.size());
    }
    return logic;
}

LogicPointer LogicReader::read_function(const xml::Element& source, feel::Names names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::function;
    for (const auto* parameter : source.elements()) {
        if (parameter->name != "formalParameter")
            continue;
        const auto type = find_type(parameter->attribute_or("typeRef"));
        logic->parameters.push_back({std::string(parameter->attribute_or("name")), type.type});
        names.add(logic->parameters.back().name, type.type);
    }
    const auto kind = source.attribute_or("kind", "FEEL");
    if (kind == "FEEL")
        logic->parts.push_back(first_logic(source, names));
    else
        find_fault(source, "functions of kind " + std::string(kind) + " are not called");
    return logic;
}

LogicPointer LogicReader::read_filter(const xml::Element& source, feel::Names names)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = Logic::Kind::filter;
    const auto* list = child(source, "in");
    const auto* match = child(source, "match");
    logic->parts.push_back(list == nullptr ? std::make_unique<Logic>() : first_logic(*list, names));
    // The entries of an item are names inside; which there are is known when it is evaluated.
    names.add("item");
    const bool was_in_filter = std::exchange(is_in_filter_, true);
    logic->parts.push_back(match == nullptr ? std::make_unique<Logic>() : first_logic(*match, names));
    is_in_filter_ = was_in_filter;
    return logic;
}

LogicPointer LogicReader::read_iterator(const xml::Element& source, feel::Names names, Logic::Kind kind)
{
    auto logic = std::make_unique<Logic>();
    logic->kind = kind;
    logic->names.emplace_back(source.attribute_or("iteratorVariable"));
    const auto* list = child(source, "in");
    const auto* body = child(source, kind == Logic::Kind::iteration ? "return" : "satisfies");
    logic->parts.push_back(list == nullptr ? std::make_unique<Logic>() : first_logic(*list, names));
    names.add(logic->names.front());
    names.add("partial");
    logic->parts.push_back(body == nullptr ? std::make_unique<Logic>() : first_logic(*body, names));
    return logic;
}

}  // namespace dmn
