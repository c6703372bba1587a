#include "process/feel/type.hpp"

#include "process/feel/value.hpp"

#include <algorithm>
#include <array>

namespace feel {

struct Type::Parts {
    std::vector<Type> types;  // element; or parameters and, last, the result
    std::vector<Field> fields;
};

namespace {

struct Simple {
    std::string_view name;
    Kind kind;
};

constexpr std::array<Simple, 9> simple_types{{
    {"boolean", Kind::boolean},
    {"number", Kind::number},
    {"string", Kind::string},
    {"date", Kind::date},
    {"time", Kind::time},
    {"date and time", Kind::date_time},
    {"years and months duration", Kind::months_duration},
    {"days and time duration", Kind::days_duration},
    {"Null", Kind::null},
}};

// What other DMN files call them: the names of DMN 1.1's typeRef and of XML Schema.
constexpr std::array<Simple, 4> other_names{{
    {"dateTime", Kind::date_time},
    {"yearMonthDuration", Kind::months_duration},
    {"dayTimeDuration", Kind::days_duration},
    {"integer", Kind::number},
}};

}  // namespace

Type Type::of(Kind kind)
{
    Type type;
    type.kind_ = kind;
    switch (kind) {
    case Kind::list: return list_of(any());
    case Kind::context: return context_of({});
    case Kind::range: return range_of(any());
    case Kind::function: type.shape_ = Shape::function; return type;  // without parts: any function
    default: type.shape_ = Shape::simple; return type;
    }
}

Type Type::list_of(Type element)
{
    Type type;
    type.shape_ = Shape::list;
    type.kind_ = Kind::list;
    type.parts_ = std::make_shared<const Parts>(Parts{{std::move(element)}, {}});
    return type;
}

Type Type::context_of(std::vector<Field> fields)
{
    Type type;
    type.shape_ = Shape::context;
    type.kind_ = Kind::context;
    type.parts_ = std::make_shared<const Parts>(Parts{{}, std::move(fields)});
    return type;
}

Type Type::range_of(Type element)
{
    Type type;
    type.shape_ = Shape::range;
    type.kind_ = Kind::range;
    type.parts_ = std::make_shared<const Parts>(Parts{{std::move(element)}, {}});
    return type;
}

Type Type::function_of(std::vector<Type> parameters, Type result)
{
    Type type;
    type.shape_ = Shape::function;
    type.kind_ = Kind::function;
    parameters.push_back(std::move(result));
    type.parts_ = std::make_shared<const Parts>(Parts{std::move(parameters), {}});
    return type;
}

std::optional<Type> Type::find_builtin(std::string_view name)
{
    if (name == "Any")
        return any();
    if (name == "context")
        return of(Kind::context);
    if (name == "list")
        return of(Kind::list);
    if (name == "range")
        return of(Kind::range);
    if (name == "function")
        return of(Kind::function);
    for (const auto& simple : simple_types)
        if (simple.name == name)
            return of(simple.kind);
    for (const auto& simple : other_names)
        if (simple.name == name)
            return of(simple.kind);
    return std::nullopt;
}

Type Type::element() const
{
    return (shape_ == Shape::list || shape_ == Shape::range) ? parts_->types.front() : any();
}

const std::vector<Type::Field>& Type::fields() const
{
    static const std::vector<Field> none;
    return shape_ == Shape::context ? parts_->fields : none;
}

std::vector<Type> Type::parameters() const
{
    if (shape_ != Shape::function || !parts_)
        return {};
    return {parts_->types.begin(), parts_->types.end() - 1};
}

Type Type::result() const
{
    return shape_ == Shape::function && parts_ ? parts_->types.back() : any();
}

const Type* Type::find_field(std::string_view name) const
{
    for (const auto& [field, type] : fields())
        if (field == name)
            return &type;
    return nullptr;
}

std::string Type::text() const
{
    switch (shape_) {
    case Shape::any: return "Any";
    case Shape::list: return "list<" + element().text() + ">";
    case Shape::range: return "range<" + element().text() + ">";
    case Shape::context: {
        std::string text = "context<";
        for (const auto& [name, type] : fields())
            text += (text.back() == '<' ? "" : ", ") + name + ": " + type.text();
        return fields().empty() ? "context" : text + ">";
    }
    case Shape::function: {
        if (!parts_)
            return "function";
        std::string text = "function<";
        for (const auto& parameter : parameters())
            text += (text.back() == '<' ? "" : ", ") + parameter.text();
        return text + "> -> " + result().text();
    }
    case Shape::simple: break;
    }
    const auto found = std::find_if(simple_types.begin(), simple_types.end(), [&](const Simple& simple) {
        return simple.kind == kind_;
    });
    return found == simple_types.end() ? "Any" : std::string(found->name);
}

// DMN 1.5 section 10.3.2.9.2: contexts may have more than is asked for, functions may take more and give
// less.
bool Type::conforms_to(const Type& other) const
{
    if (other.is_any() || (shape_ == Shape::simple && kind_ == Kind::null))
        return true;
    if (shape_ != other.shape_)
        return false;
    switch (shape_) {
    case Shape::any: return true;
    case Shape::simple: return kind_ == other.kind_;
    case Shape::list:
    case Shape::range: return element().conforms_to(other.element());
    case Shape::context:
        return std::all_of(other.fields().begin(), other.fields().end(), [&](const Field& wanted) {
            const Type* own = find_field(wanted.first);
            return own != nullptr && own->conforms_to(wanted.second);
        });
    case Shape::function: break;
    }
    if (!other.parts_ || !parts_)
        return true;
    const auto own = parameters();
    const auto theirs = other.parameters();
    return own.size() == theirs.size() && result().conforms_to(other.result()) &&
           std::equal(own.begin(), own.end(), theirs.begin(), [](const Type& mine, const Type& wanted) {
               return wanted.conforms_to(mine);
           });
}

bool Type::accepts(const Value& value) const
{
    switch (shape_) {
    case Shape::any: return true;
    case Shape::simple: return value.kind() == kind_;
    case Shape::list: {
        const List* list = value.if_list();
        const Type each = element();
        return list != nullptr &&
               (each.is_any() || std::all_of(list->begin(), list->end(), [&](const Value& item) {
                    return item.is_null() || each.accepts(item);
                }));
    }
    case Shape::context: {
        const Context* context = value.if_context();
        return context != nullptr && std::all_of(fields().begin(), fields().end(), [&](const Field& field) {
                   const Value* entry = context->find(field.first);
                   return entry != nullptr && (entry->is_null() || field.second.accepts(*entry));
               });
    }
    case Shape::range: {
        const Range* range = value.if_range();
        const Type each = element();
        return range != nullptr && (range->low.is_null() || each.accepts(range->low)) &&
               (range->high.is_null() || each.accepts(range->high));
    }
    case Shape::function: return value.if_function() != nullptr && type_of(value).conforms_to(*this);
    }
    return false;
}

bool operator==(const Type& a, const Type& b)
{
    if (a.shape_ != b.shape_ || a.kind_ != b.kind_)
        return false;
    if (a.parts_ == b.parts_)
        return true;
    return a.parts_ && b.parts_ && a.parts_->types == b.parts_->types && a.parts_->fields == b.parts_->fields;
}

Type type_of(const Value& value)
{
    switch (value.kind()) {
    case Kind::list: {
        const List& list = *value.if_list();
        if (list.empty())
            return Type::list_of(Type::any());
        const Type first = type_of(list.front());
        const bool is_uniform =
            std::all_of(list.begin(), list.end(), [&](const Value& item) { return first.accepts(item); });
        return Type::list_of(is_uniform ? first : Type::any());
    }
    case Kind::context: {
        std::vector<Type::Field> fields;
        for (const auto& [name, entry] : *value.if_context())
            fields.emplace_back(name, type_of(entry));
        return Type::context_of(std::move(fields));
    }
    case Kind::range: {
        const Range& range = *value.if_range();
        return Type::range_of(type_of(range.low.is_null() ? range.high : range.low));
    }
    case Kind::function: {
        std::vector<Type> parameters;
        for (const auto& parameter : value.if_function()->parameters)
            parameters.push_back(parameter.type);
        return Type::function_of(std::move(parameters), value.if_function()->result);
    }
    default: return Type::of(value.kind());
    }
}

}  // namespace feel
