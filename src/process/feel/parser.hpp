#pragma once

#include "process/feel/ast.hpp"
#include "process/feel/lexer.hpp"
#include "process/feel/names.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace feel {

// Recursive descent over the tokens of one text (DMN 1.5 section 10.3.1.2). What does not fit the grammar
// ends it by a SyntaxError, caught where the parser is made; carrying a Result through forty rules would bury
// the grammar.
class Parser {
public:
    struct SyntaxError {
        base::Error error;
    };

    Parser(std::vector<Token> tokens, const Names& known);

    NodePointer whole_expression();
    NodePointer whole_unary_tests();
    NameTable& names() { return names_; }

private:
    enum class Brackets { filter, close };  // what a "[" behind an expression is

    class Depth;

    // parser.cpp: from the weakest operator to the strongest
    NodePointer expression();
    NodePointer disjunction();
    NodePointer conjunction();
    NodePointer comparison();
    NodePointer addition();
    NodePointer multiplication();
    NodePointer exponentiation();
    NodePointer instance_of();
    NodePointer negation();
    NodePointer binary(NodePointer left, Operator operation, NodePointer right, const Place& place);
    NodePointer between(NodePointer value);
    NodePointer in(NodePointer value);
    Test test();
    std::vector<Test> tests();
    NodePointer comparison_range();

    // parser_control.cpp
    NodePointer conditional();
    NodePointer iteration();
    NodePointer quantified(Iteration::Result result);
    void iterators(Iteration& iteration);
    NodePointer function_literal();
    std::vector<Parameter> parameters();
    Type type();
    Type generic_type(std::string_view name);

    // parser_primary.cpp
    NodePointer postfix();
    NodePointer primary();
    NodePointer symbol_primary();
    NodePointer at_literal();
    NodePointer filter(NodePointer list);
    NodePointer path(NodePointer object);
    NodePointer call(NodePointer callee);
    bool named_argument_follows() const;
    NodePointer parenthesis();
    NodePointer bracket();
    NodePointer range(const Place& place, bool includes_low, NodePointer low);
    NodePointer context();
    NodePointer variable();
    std::string name_until(std::initializer_list<std::string_view> ends);
    std::string member_name();

    // The part as a literal when it is made of literals only and has a value; otherwise itself.
    NodePointer fold(NodePointer node) const;

    // Goes back to where another reading begins. Few texts need that; one that needs it often is refused, as
    // each level of nesting would double the work.
    void retry(std::size_t at, const NameTable::Mark& mark);

    const Token& peek(std::size_t ahead = 0) const;
    Token take();
    bool take_if(std::string_view symbol);
    bool take_word(std::string_view word);
    void expect(std::string_view symbol);
    void expect_word(std::string_view word);
    [[noreturn]] void refuse(std::string_view expected) const;
    std::string text_between(std::size_t first, std::size_t last) const;

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    NameTable names_;
    int depth_ = 0;
    int retries_ = 0;
    Brackets brackets_ = Brackets::filter;
    bool mentions_input_ = false;    // `?` was read
    bool mentions_partial_ = false;  // `partial` was read
    std::string entry_name_;         // of the context entry whose value comes next
};

// A word that cannot be a name by itself.
bool is_keyword(std::string_view word);

}  // namespace feel
