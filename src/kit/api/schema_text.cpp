#include "kit/api/schema_text.hpp"

namespace api {

namespace {

std::string_view type_name(Schema::Kind kind)
{
    switch (kind) {
    case Schema::Kind::text: return "string";
    case Schema::Kind::integer: return "integer";
    case Schema::Kind::number: return "number";
    case Schema::Kind::boolean: return "boolean";
    case Schema::Kind::list: return "array";
    default: return "object";
    }
}

// What bounds are called depends on what they bound.
std::pair<std::string_view, std::string_view> bound_names(Schema::Kind kind)
{
    if (kind == Schema::Kind::text)
        return {"minLength", "maxLength"};
    if (kind == Schema::Kind::list)
        return {"minItems", "maxItems"};
    return {"minimum", "maximum"};
}

class Writer {
public:
    Writer(Members members, const std::function<std::string(const std::string&)>& sentence)
        : members_(members), sentence_(sentence)
    {
    }

    json::Object write(const Schema& schema) const
    {
        json::Object object;
        if (schema.kind == Schema::Kind::reference)
            write_reference(schema, object);
        else if (schema.kind != Schema::Kind::anything)
            write_type(schema, object);
        if (schema.kind == Schema::Kind::list)
            object.append("items", write(schema.item.front()));
        if (schema.kind == Schema::Kind::object)
            write_members(schema, object);
        if (!schema.sentence.empty())
            object.append("description", sentence_(schema.sentence));
        if (!schema.example.is_null())
            object.append("examples", json::Array{schema.example});
        return object;
    }

private:
    static void write_reference(const Schema& schema, json::Object& object)
    {
        const std::string place = "#/components/schemas/" + schema.name;
        if (schema.may_be_null)
            object.append(
                "anyOf", json::Array{json::Object{{"$ref", place}}, json::Object{{"type", "null"}}}
            );
        else
            object.append("$ref", place);
    }

    static void write_type(const Schema& schema, json::Object& object)
    {
        const json::Value type(type_name(schema.kind));
        object.append("type", schema.may_be_null ? json::Value(json::Array{type, "null"}) : type);
        if (!schema.format.empty())
            object.append("format", schema.format);
        if (schema.pattern)
            object.append("pattern", "^(?:" + schema.pattern->expression() + ")$");
        const auto [least, most] = bound_names(schema.kind);
        if (schema.least)
            object.append(std::string(least), *schema.least);
        if (schema.most)
            object.append(std::string(most), *schema.most);
        if (!schema.words.empty()) {
            json::Array words(schema.words.begin(), schema.words.end());
            if (schema.may_be_null)
                words.emplace_back();
            object.append("enum", std::move(words));
        }
    }

    void write_members(const Schema& schema, json::Object& object) const
    {
        json::Object properties;
        json::Array names;
        for (const auto& member : schema.members) {
            properties.append(member.name, write(member.schema));
            if (member.is_required)
                names.emplace_back(member.name);
        }
        if (!properties.empty())
            object.append("properties", std::move(properties));
        if (!names.empty())
            object.append("required", std::move(names));
        if (!schema.others.empty())
            object.append("additionalProperties", write(schema.others.front()));
        else if (members_ == Members::are_all)
            object.append("additionalProperties", false);
    }

    Members members_;
    const std::function<std::string(const std::string&)>& sentence_;
};

}  // namespace

json::Value schema_text(
    const Schema& schema, Members members, const std::function<std::string(const std::string& key)>& sentence
)
{
    return Writer(members, sentence).write(schema);
}

}  // namespace api
