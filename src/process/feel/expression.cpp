#include "process/feel/expression.hpp"

#include "process/feel/parser.hpp"

#include <set>

namespace feel {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t longest_text = 1U << 20U;

Result<Expression> parse(std::string_view text, const Names& known, bool is_unary_tests)
{
    if (text.size() > longest_text)
        return fail(ErrorKind::invalid, "feel.too_large", "the text is longer than 1 MiB");
    auto tree = std::make_shared<Tree>();
    tree->text = text;
    auto tokens = tokenise(tree->text);
    if (!tokens)
        return tokens.error();
    try {
        Parser parser(std::move(*tokens), known);
        tree->is_unary_tests = is_unary_tests;
        tree->root = is_unary_tests ? parser.whole_unary_tests() : parser.whole_expression();
        tree->slots = parser.names().slots();
        tree->externals = std::move(parser.names().externals());
    } catch (const Parser::SyntaxError& refused) {
        return refused.error;
    }
    return Tree::wrap(std::move(tree));
}

}  // namespace

Result<Expression> parse_expression(std::string_view text, const Names& known)
{
    return parse(text, known, /*is_unary_tests=*/false);
}

Result<Expression> parse_unary_tests(std::string_view text, const Names& known)
{
    return parse(text, known, /*is_unary_tests=*/true);
}

Expression::Expression()
{
    auto tree = std::make_shared<Tree>();
    tree->root = std::make_unique<Literal>(Place{}, Value());
    tree_ = std::move(tree);
}

const std::string& Expression::text() const
{
    return tree_->text;
}

bool Expression::is_unary_tests() const
{
    return tree_->is_unary_tests;
}

std::vector<std::string> free_variables(const Expression& expression)
{
    const auto& externals = Tree::of(expression)->externals;
    const std::set<std::string> sorted(externals.begin(), externals.end());
    return {sorted.begin(), sorted.end()};
}

}  // namespace feel
