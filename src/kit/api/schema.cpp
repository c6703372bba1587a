#include "kit/api/schema.hpp"

#include <re2/re2.h>

#include <stdexcept>

namespace api {

namespace {

Schema of_kind(Schema::Kind kind)
{
    Schema schema;
    schema.kind = kind;
    return schema;
}

Schema text_of_format(std::string_view format)
{
    Schema schema = text();
    schema.format = format;
    return schema;
}

}  // namespace

Schema Schema::at_least(std::int64_t bound) const
{
    Schema schema = *this;
    schema.least = bound;
    return schema;
}

Schema Schema::at_most(std::int64_t bound) const
{
    Schema schema = *this;
    schema.most = bound;
    return schema;
}

Schema Schema::matching(std::string_view regular_expression) const
{
    Schema schema = *this;
    schema.pattern = std::make_shared<const Pattern>(regular_expression);
    return schema;
}

Schema Schema::or_null() const
{
    Schema schema = *this;
    schema.may_be_null = true;
    return schema;
}

Schema Schema::explained(std::string_view key) const
{
    Schema schema = *this;
    schema.sentence = key;
    return schema;
}

Schema Schema::like(json::Value shown) const
{
    Schema schema = *this;
    schema.example = std::move(shown);
    return schema;
}

Schema anything()
{
    return {};
}

Schema text()
{
    return of_kind(Schema::Kind::text);
}

Schema integer()
{
    return of_kind(Schema::Kind::integer);
}

Schema number()
{
    return of_kind(Schema::Kind::number);
}

Schema boolean()
{
    return of_kind(Schema::Kind::boolean);
}

Schema date()
{
    return text_of_format("date");
}

Schema instant()
{
    return text_of_format("date-time");
}

Schema email()
{
    return text_of_format("email");
}

Schema uri()
{
    return text_of_format("uri");
}

Schema one_of(std::vector<std::string> words)
{
    Schema schema = text();
    schema.words = std::move(words);
    return schema;
}

Schema list_of(Schema item)
{
    Schema schema = of_kind(Schema::Kind::list);
    schema.item.push_back(std::move(item));
    return schema;
}

Schema object(std::vector<Member> members)
{
    Schema schema = of_kind(Schema::Kind::object);
    schema.members = std::move(members);
    return schema;
}

Schema map_of(Schema value)
{
    Schema schema = of_kind(Schema::Kind::object);
    schema.others.push_back(std::move(value));
    return schema;
}

Schema reference(std::string_view name)
{
    Schema schema = of_kind(Schema::Kind::reference);
    schema.name = name;
    return schema;
}

Member required(std::string_view name, Schema schema)
{
    return {std::string(name), std::move(schema), /*is_required=*/true};
}

Member optional(std::string_view name, Schema schema)
{
    return {std::string(name), std::move(schema), /*is_required=*/false};
}

struct Pattern::Compiled {
    re2::RE2 expression;
};

Pattern::Pattern(std::string_view expression)
    : expression_(expression),
      compiled_(new Compiled{
          re2::RE2(re2::StringPiece(expression.data(), expression.size()), re2::RE2::Quiet)})
{
    if (!compiled_->expression.ok())
        throw std::logic_error("no regular expression: " + expression_);
}

Pattern::~Pattern() = default;

bool Pattern::fits(std::string_view text) const
{
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression);
}

}  // namespace api
