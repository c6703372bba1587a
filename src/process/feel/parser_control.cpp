#include "process/feel/parser.hpp"

#include <array>

namespace feel {

NodePointer Parser::conditional()
{
    auto node = std::make_unique<Conditional>(take().place);
    node->condition = expression();
    expect_word("then");
    node->then = expression();
    expect_word("else");
    node->otherwise = expression();
    return node;
}

void Parser::iterators(Iteration& iteration)
{
    do {
        Iterator iterator;
        iterator.name = name_until({"in"});
        expect_word("in");
        iterator.domain = expression();
        if (take_if(".."))
            iterator.end = expression();
        iterator.slot = names_.declare(iterator.name);
        iteration.iterators.push_back(std::move(iterator));
    } while (take_if(","));
}

NodePointer Parser::iteration()
{
    auto node = std::make_unique<Iteration>(take().place, Iteration::Result::list);
    const auto mark = names_.enter();
    iterators(*node);
    expect_word("return");
    node->partial_slot = names_.declare("partial");
    const bool outer = std::exchange(mentions_partial_, false);
    node->body = expression();
    node->uses_partial = std::exchange(mentions_partial_, outer || mentions_partial_);
    names_.leave(mark);
    return node;
}

NodePointer Parser::quantified(Iteration::Result result)
{
    auto node = std::make_unique<Iteration>(take().place, result);
    const auto mark = names_.enter();
    iterators(*node);
    expect_word("satisfies");
    node->body = expression();
    names_.leave(mark);
    return node;
}

NodePointer Parser::function_literal()
{
    auto node = std::make_unique<FunctionLiteral>(take().place);
    node->name = std::exchange(entry_name_, {});
    expect("(");
    names_.open_function();
    node->self_slot = names_.declare(node->name.empty() ? " " : node->name);
    node->parameters = parameters();
    expect(")");
    for (const auto& parameter : node->parameters)
        names_.declare(parameter.name);
    if (take_word("external"))
        node->is_external = true;
    node->body = expression();
    auto [captures, slots] = names_.close_function();
    node->captures = std::move(captures);
    node->slots = slots;
    return node;
}

std::vector<Parameter> Parser::parameters()
{
    std::vector<Parameter> all;
    if (peek().is(")"))
        return all;
    do {
        Parameter parameter{name_until({",", ":", ")"})};
        if (take_if(":"))
            parameter.type = type();
        all.push_back(std::move(parameter));
    } while (take_if(","));
    return all;
}

Type Parser::type()
{
    if (++depth_ > 100)
        refuse("a simpler type");
    const std::size_t first = at_;
    Type found;
    // The longest run of tokens that is the name of a type.
    std::size_t best = 0;
    constexpr std::size_t longest = 12;
    for (std::size_t count = 1; count <= longest && first + count < tokens_.size(); ++count) {
        const Token& last = tokens_[first + count - 1];
        if (last.kind == Token::Kind::string || last.is("<") || last.is(">") || last.is("(") || last.is(")"))
            break;
        const std::string name = text_between(first, first + count);
        if (const Type* known = names_.known().find_type(name)) {
            found = *known;
            best = count;
        } else if (const auto builtin = Type::find_builtin(name)) {
            found = *builtin;
            best = count;
        }
    }
    if (best == 0)
        refuse("a type");
    const std::string name = text_between(first, first + best);
    at_ = first + best;
    if (peek().is("<"))
        found = generic_type(name);
    --depth_;
    return found;
}

Type Parser::generic_type(std::string_view name)
{
    expect("<");
    if (name == "list" || name == "range") {
        Type element = type();
        expect(">");
        return name == "list" ? Type::list_of(std::move(element)) : Type::range_of(std::move(element));
    }
    if (name == "context") {
        std::vector<Type::Field> fields;
        do {
            std::string field = name_until({":"});
            expect(":");
            fields.emplace_back(std::move(field), type());
        } while (take_if(","));
        expect(">");
        return Type::context_of(std::move(fields));
    }
    if (name == "function") {
        std::vector<Type> parameters;
        while (!peek().is(">")) {
            parameters.push_back(type());
            if (!take_if(","))
                break;
        }
        expect(">");
        expect("->");
        return Type::function_of(std::move(parameters), type());
    }
    refuse("a type without parts");
}

}  // namespace feel
