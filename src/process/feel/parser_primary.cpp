#include "process/feel/builtins/builtin.hpp"
#include "process/feel/parser.hpp"

#include <algorithm>

namespace feel {

NodePointer Parser::postfix()
{
    auto node = primary();
    while (true) {
        if (peek().is("."))
            node = path(std::move(node));
        else if (peek().is("[") && brackets_ == Brackets::filter)
            node = filter(std::move(node));
        else if (peek().is("("))
            node = call(std::move(node));
        else
            return node;
    }
}

NodePointer Parser::primary()
{
    const Token& token = peek();
    switch (token.kind) {
    case Token::Kind::number: {
        const auto number = Number::parse(token.text);
        if (!number)
            refuse("a number within 34 digits and 6144 powers of ten");
        return std::make_unique<Literal>(take().place, *number);
    }
    case Token::Kind::string: {
        Token text = take();
        return std::make_unique<Literal>(text.place, std::move(text.content));
    }
    case Token::Kind::quoted_name: return variable();
    case Token::Kind::name: break;
    case Token::Kind::symbol: return symbol_primary();
    case Token::Kind::end: refuse("an expression");
    }
    if (token.text == "function" && peek(1).is("("))
        return function_literal();
    if (names_.longest_match(std::span(tokens_).subspan(at_)))
        return variable();
    if (token.text == "true" || token.text == "false")
        return std::make_unique<Literal>(token.place, take().text == "true");
    if (token.text == "null")
        return std::make_unique<Literal>(take().place, Value());
    if (token.text == "if" || token.text == "for" || token.text == "some" || token.text == "every")
        return expression();
    if (is_keyword(token.text))
        refuse("an expression");
    return variable();
}

NodePointer Parser::symbol_primary()
{
    if (peek().is("("))
        return parenthesis();
    if (peek().is("["))
        return bracket();
    if (peek().is("{"))
        return context();
    if (peek().is("@"))
        return at_literal();
    if (peek().is("]")) {
        const Place place = take().place;
        return range(place, /*includes_low=*/false, expression());
    }
    refuse("an expression");
}

NodePointer Parser::at_literal()
{
    const Place place = take().place;
    if (peek().kind != Token::Kind::string)
        refuse("a text in quotes");
    const std::string& text = peek().content;
    Value value;
    if (const auto date = parse_date(text))
        value = *date;
    else if (const auto moment = parse_date_time(text))
        value = *moment;
    else if (const auto time = parse_time(text))
        value = *time;
    else if (const auto days = parse_days_duration(text))
        value = *days;
    else if (const auto months = parse_months_duration(text))
        value = *months;
    else
        refuse("a date, time, date and time or duration");
    take();
    return std::make_unique<Literal>(place, std::move(value));
}

NodePointer Parser::filter(NodePointer list)
{
    auto node = std::make_unique<Filter>(take().place);
    node->list = std::move(list);
    const auto mark = names_.enter();
    node->item_slot = names_.declare("item");
    names_.open_filter(node->item_slot);
    node->condition = expression();
    names_.leave(mark);
    expect("]");
    return node;
}

NodePointer Parser::path(NodePointer object)
{
    auto node = std::make_unique<Path>(take().place);
    node->object = std::move(object);
    node->name = member_name();
    return node;
}

std::string Parser::member_name()
{
    if (peek().kind == Token::Kind::quoted_name)
        return std::string(take().text);
    if (const auto match = names_.longest_member_match(std::span(tokens_).subspan(at_))) {
        at_ += match->tokens;
        return match->name;
    }
    if (peek().kind != Token::Kind::name)
        refuse("a name");
    // Two names in a row are never correct otherwise, so they are one.
    const std::size_t first = at_++;
    while (peek().kind == Token::Kind::name && !is_keyword(peek().text))
        ++at_;
    return text_between(first, at_);
}

bool Parser::named_argument_follows() const
{
    constexpr std::size_t longest = 16;
    for (std::size_t ahead = 0; ahead < longest; ++ahead) {
        const Token& token = peek(ahead);
        if (token.is(":"))
            return ahead > 0;
        const bool may_be_in_name = token.kind == Token::Kind::name ||
                                    token.kind == Token::Kind::quoted_name ||
                                    token.kind == Token::Kind::number ||
                                    (token.kind == Token::Kind::symbol &&
                                     std::string_view("./-'+*").find(token.text) != std::string_view::npos);
        if (!may_be_in_name)
            return false;
    }
    return false;
}

NodePointer Parser::call(NodePointer callee)
{
    auto node = std::make_unique<Call>(take().place);
    const auto brackets = std::exchange(brackets_, Brackets::filter);
    node->callee = std::move(callee);
    if (!peek().is(")")) {
        const bool is_named = named_argument_follows();
        do {
            if (is_named) {
                node->names.push_back(name_until({":"}));
                expect(":");
            }
            node->arguments.push_back(expression());
        } while (take_if(","));
    }
    expect(")");
    brackets_ = brackets;
    return fold(std::move(node));
}

NodePointer Parser::parenthesis()
{
    const Place place = take().place;
    const auto brackets = std::exchange(brackets_, Brackets::filter);
    NodePointer node;
    const bool is_test = peek().is("<") || peek().is("<=") || peek().is(">") || peek().is(">=") ||
                         peek().is("=") || peek().is("!=");
    if (is_test) {
        node = comparison_range();
        expect(")");
    } else {
        node = expression();
        if (peek().is(".."))
            node = range(place, /*includes_low=*/false, std::move(node));
        else
            expect(")");
    }
    brackets_ = brackets;
    return node;
}

NodePointer Parser::bracket()
{
    const Place place = take().place;
    const auto brackets = std::exchange(brackets_, Brackets::filter);
    auto list = std::make_unique<ListLiteral>(place);
    NodePointer node;
    if (!peek().is("]")) {
        list->items.push_back(expression());
        if (peek().is(".."))
            node = range(place, /*includes_low=*/true, std::move(list->items.front()));
        while (!node && take_if(","))
            list->items.push_back(expression());
    }
    if (!node) {
        expect("]");
        node = fold(std::move(list));
    }
    brackets_ = brackets;
    return node;
}

// From the ".." on. In "[1..x[1]]" the second bracket filters, in "[1..x[" it ends the range.
NodePointer Parser::range(const Place& place, bool includes_low, NodePointer low)
{
    auto node = std::make_unique<RangeLiteral>(place);
    node->includes_low = includes_low;
    node->low = std::move(low);
    expect("..");
    const std::size_t start = at_;
    const auto mark = names_.enter();
    const auto brackets = std::exchange(brackets_, Brackets::filter);
    try {
        node->high = expression();
        if (!peek().is("]") && !peek().is(")"))
            node->high = nullptr;
    } catch (const SyntaxError&) {
        node->high = nullptr;
    }
    if (!node->high) {
        retry(start, mark);
        brackets_ = Brackets::close;
        node->high = expression();
    }
    brackets_ = brackets;
    if (!peek().is("]") && !peek().is(")") && !peek().is("["))
        refuse("the end of the range");
    node->includes_high = take().text == "]";
    return fold(std::move(node));
}

NodePointer Parser::context()
{
    auto node = std::make_unique<ContextLiteral>(take().place);
    const auto brackets = std::exchange(brackets_, Brackets::filter);
    const auto mark = names_.enter();
    if (!peek().is("}")) {
        do {
            ContextLiteral::Entry entry;
            entry.name = peek().kind == Token::Kind::string ? take().content : name_until({":"});
            expect(":");
            if (peek().is_name("function"))
                entry_name_ = entry.name;
            entry.value = expression();
            entry_name_.clear();
            entry.slot = names_.declare(entry.name);
            node->entries.push_back(std::move(entry));
        } while (take_if(","));
    }
    expect("}");
    names_.leave(mark);
    brackets_ = brackets;
    return node;
}

NodePointer Parser::variable()
{
    const Place place = peek().place;
    std::string name;
    const bool is_quoted = peek().kind == Token::Kind::quoted_name;
    const auto match = is_quoted ? std::nullopt : names_.longest_match(std::span(tokens_).subspan(at_));
    if (match) {
        name = match->name;
        at_ += match->tokens;
    } else {
        name = take().text;
    }
    mentions_input_ = mentions_input_ || name == "?";
    mentions_partial_ = mentions_partial_ || name == "partial";
    auto node = std::make_unique<Variable>(place, std::move(name));
    if (!is_quoted && peek().is("(") && names_.is_builtin(node->name))
        node->builtin = find_builtin(node->name);
    else
        names_.resolve(*node);
    return node;
}

std::string Parser::name_until(std::initializer_list<std::string_view> ends)
{
    const std::size_t first = at_;
    const auto is_end = [&](const Token& token) {
        return (token.kind == Token::Kind::symbol || token.kind == Token::Kind::name) &&
               std::find(ends.begin(), ends.end(), token.text) != ends.end();
    };
    while (!is_end(peek()) && peek().kind != Token::Kind::end) {
        const Token& token = peek();
        const bool is_sign = token.kind == Token::Kind::symbol &&
                             std::string_view("./-'+*&%$#!|~").find(token.text) == std::string_view::npos &&
                             static_cast<unsigned char>(token.text[0]) < 0x80;
        if (is_sign || token.kind == Token::Kind::string)
            refuse("a name");
        ++at_;
    }
    if (at_ == first)
        refuse("a name");
    return text_between(first, at_);
}

// Tokens as one name; white space in between counts as one space, whatever it was.
std::string Parser::text_between(std::size_t first, std::size_t last) const
{
    std::string text(tokens_[first].text);
    for (std::size_t index = first + 1; index < last; ++index) {
        if (tokens_[index].begin > tokens_[index - 1].end)
            text += ' ';
        text += tokens_[index].text;
    }
    return text;
}

}  // namespace feel
