#include "process/feel/parser.hpp"

#include "process/feel/builtins/builtin.hpp"

#include <algorithm>
#include <array>

namespace feel {

using base::ErrorKind;
using base::fail;

namespace {

constexpr int deepest_nesting = 200;

struct ComparisonSign {
    std::string_view sign;
    Operator operation;
};

constexpr std::array<ComparisonSign, 6> comparison_signs{{
    {"=", Operator::equal},
    {"!=", Operator::not_equal},
    {"<", Operator::less},
    {"<=", Operator::less_equal},
    {">", Operator::greater},
    {">=", Operator::greater_equal},
}};

std::optional<Operator> find_comparison(const Token& token)
{
    for (const auto& each : comparison_signs)
        if (token.is(each.sign))
            return each.operation;
    return std::nullopt;
}

}  // namespace

// Counts how deep the rules are in each other; a text that goes deeper would exhaust the stack.
class Parser::Depth {
public:
    explicit Depth(Parser& parser) : parser_(parser)
    {
        if (++parser_.depth_ > deepest_nesting)
            throw SyntaxError{fail(
                ErrorKind::invalid,
                "feel.too_deep",
                to_text(parser_.peek().place) + ": nested more than 200 levels deep"
            )};
    }
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

private:
    Parser& parser_;
};

Parser::Parser(std::vector<Token> tokens, const Names& known) : tokens_(std::move(tokens)), names_(known) {}

NodePointer Parser::whole_expression()
{
    auto root = expression();
    if (peek().kind != Token::Kind::end)
        refuse("an operator or the end");
    return root;
}

NodePointer Parser::whole_unary_tests()
{
    names_.declare("?");
    auto root = std::make_unique<UnaryTests>(peek().place);
    if (peek().is("-") && peek(1).kind == Token::Kind::end) {
        take();
        return root;
    }
    const std::size_t start = at_;
    if (peek().is_name("not") && peek(1).is("(")) {
        take();
        take();
        root->is_negated = true;
        root->tests = tests();
        expect(")");
        // "not(a) and b" is an expression that begins with a negation.
        if (peek().kind == Token::Kind::end)
            return root;
        at_ = start;
        root->is_negated = false;
    }
    root->tests = tests();
    if (peek().kind != Token::Kind::end)
        refuse("a comma or the end");
    return root;
}

NodePointer Parser::expression()
{
    const Depth depth(*this);
    if (peek().is_name("if"))
        return conditional();
    if (peek().is_name("for"))
        return iteration();
    if (peek().is_name("some"))
        return quantified(Iteration::Result::some);
    if (peek().is_name("every"))
        return quantified(Iteration::Result::every);
    return disjunction();
}

NodePointer Parser::binary(NodePointer left, Operator operation, NodePointer right, const Place& place)
{
    auto node = std::make_unique<Binary>(place, operation);
    node->left = std::move(left);
    node->right = std::move(right);
    return node;
}

NodePointer Parser::disjunction()
{
    auto left = conjunction();
    while (peek().is_name("or")) {
        const Place place = take().place;
        left = binary(std::move(left), Operator::logic_or, conjunction(), place);
    }
    return left;
}

NodePointer Parser::conjunction()
{
    auto left = comparison();
    while (peek().is_name("and")) {
        const Place place = take().place;
        left = binary(std::move(left), Operator::logic_and, comparison(), place);
    }
    return left;
}

NodePointer Parser::comparison()
{
    auto left = addition();
    while (true) {
        if (const auto operation = find_comparison(peek())) {
            const Place place = take().place;
            left = binary(std::move(left), *operation, addition(), place);
        } else if (peek().is_name("between")) {
            left = between(std::move(left));
        } else if (peek().is_name("in")) {
            left = in(std::move(left));
        } else {
            return left;
        }
    }
}

NodePointer Parser::between(NodePointer value)
{
    auto node = std::make_unique<Between>(take().place);
    node->value = std::move(value);
    node->low = addition();
    expect_word("and");
    node->high = addition();
    return node;
}

NodePointer Parser::in(NodePointer value)
{
    auto node = std::make_unique<In>(take().place);
    node->value = std::move(value);
    const auto mark = names_.enter();
    node->input_slot = names_.declare("?");
    const auto inside = names_.enter();
    const auto brackets = brackets_;
    const std::size_t start = at_;
    // "in (1, >5)" is a list of tests, "in (1..5)" and "in (a + b) * c" are expressions.
    if (take_if("(")) {
        try {
            node->tests = tests();
            if (!take_if(")") || peek().is("[") || peek().is(".") || peek().is("*") || peek().is("+"))
                node->tests.clear();
        } catch (const SyntaxError&) {
            node->tests.clear();
        }
    }
    if (node->tests.empty()) {
        if (at_ != start)
            retry(start, inside);
        brackets_ = brackets;
        node->tests.push_back(test());
    }
    names_.leave(mark);
    return node;
}

std::vector<Test> Parser::tests()
{
    std::vector<Test> all;
    do
        all.push_back(test());
    while (take_if(","));
    return all;
}

Test Parser::test()
{
    if (find_comparison(peek()))
        return {comparison_range(), false};
    const bool outer = std::exchange(mentions_input_, false);
    Test made{expression(), false};
    made.mentions_input = std::exchange(mentions_input_, outer);
    return made;
}

NodePointer Parser::comparison_range()
{
    const auto operation = *find_comparison(peek());
    auto node = std::make_unique<RangeLiteral>(take().place);
    node->form = Range::Form::comparison;
    auto end = addition();
    switch (operation) {
    case Operator::less:
    case Operator::less_equal:
        node->includes_low = false;
        node->includes_high = operation == Operator::less_equal;
        node->high = std::move(end);
        break;
    case Operator::greater:
    case Operator::greater_equal:
        node->includes_high = false;
        node->includes_low = operation == Operator::greater_equal;
        node->low = std::move(end);
        break;
    case Operator::not_equal: node->form = Range::Form::exclusion; [[fallthrough]];
    default: node->low = std::move(end);
    }
    return fold(std::move(node));
}

NodePointer Parser::addition()
{
    auto left = multiplication();
    while (peek().is("+") || peek().is("-")) {
        const Token sign = take();
        left = binary(
            std::move(left),
            sign.text == "+" ? Operator::add : Operator::subtract,
            multiplication(),
            sign.place
        );
    }
    return left;
}

NodePointer Parser::multiplication()
{
    auto left = exponentiation();
    while (peek().is("*") || peek().is("/")) {
        const Token sign = take();
        left = binary(
            std::move(left),
            sign.text == "*" ? Operator::multiply : Operator::divide,
            exponentiation(),
            sign.place
        );
    }
    return left;
}

NodePointer Parser::exponentiation()
{
    auto left = instance_of();
    while (peek().is("**")) {
        const Place place = take().place;
        left = binary(std::move(left), Operator::power, instance_of(), place);
    }
    return left;
}

NodePointer Parser::instance_of()
{
    auto value = negation();
    while (peek().is_name("instance") && peek(1).is_name("of")) {
        auto node = std::make_unique<InstanceOf>(take().place);
        take();
        node->value = std::move(value);
        node->type = type();
        value = std::move(node);
    }
    return value;
}

NodePointer Parser::negation()
{
    if (!peek().is("-"))
        return postfix();
    const Depth depth(*this);
    auto node = std::make_unique<Negation>(take().place);
    node->operand = negation();
    return fold(std::move(node));
}

void Parser::retry(std::size_t at, const NameTable::Mark& mark)
{
    constexpr int most_retries = 256;
    if (++retries_ > most_retries)
        refuse("a simpler expression");
    at_ = at;
    names_.leave(mark);
}

const Token& Parser::peek(std::size_t ahead) const
{
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token Parser::take()
{
    const Token token = peek();
    if (at_ + 1 < tokens_.size())
        ++at_;
    return token;
}

bool Parser::take_if(std::string_view symbol)
{
    if (!peek().is(symbol))
        return false;
    take();
    return true;
}

bool Parser::take_word(std::string_view word)
{
    if (!peek().is_name(word))
        return false;
    take();
    return true;
}

void Parser::expect(std::string_view symbol)
{
    if (!take_if(symbol))
        refuse("\"" + std::string(symbol) + "\"");
}

void Parser::expect_word(std::string_view word)
{
    if (!take_word(word))
        refuse("\"" + std::string(word) + "\"");
}

void Parser::refuse(std::string_view expected) const
{
    const Token& found = peek();
    const std::string what =
        found.kind == Token::Kind::end ? "the end" : "\"" + std::string(found.text.substr(0, 40)) + "\"";
    throw SyntaxError{fail(
        ErrorKind::invalid,
        "feel.syntax",
        to_text(found.place) + ": expected " + std::string(expected) + ", found " + what
    )};
}

bool is_keyword(std::string_view word)
{
    constexpr std::array<std::string_view, 17> words{
        "and",
        "or",
        "between",
        "in",
        "instance",
        "of",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "function",
        "external",
        "not"};
    return word != "not" && std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace feel
