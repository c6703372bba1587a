#pragma once

#include "base/result.hpp"
#include "process/feel/type.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace feel {

// The names an expression may use and what is known of their types. Names with spaces or signs in them
// ("Monthly Salary", "a-b") are recognised only when they stand here or in the expression itself; the fields
// of known types count too. Any name can be written between backticks.
class Names {
public:
    void add(std::string name, Type type = {});
    const Type* find(std::string_view name) const;
    auto begin() const { return types_.begin(); }
    auto end() const { return types_.end(); }

    // Types that `instance of` and parameter declarations may name beside the built-in ones.
    void add_type(std::string name, Type type);
    const Type* find_type(std::string_view name) const;
    const std::map<std::string, Type, std::less<>>& named_types() const { return named_types_; }

private:
    std::map<std::string, Type, std::less<>> types_;
    std::map<std::string, Type, std::less<>> named_types_;
};

// From 1; columns count code points.
struct Place {
    int line = 1;
    int column = 1;
    friend bool operator==(const Place&, const Place&) = default;
};

struct Tree;

// An expression or a list of unary tests, parsed once. Cheap to copy, never changes, may be evaluated by
// several threads at once.
class Expression {
public:
    Expression();  // null

    const std::string& text() const;
    bool is_unary_tests() const;

private:
    friend struct Tree;
    explicit Expression(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

    std::shared_ptr<const Tree> tree_;  // shared by all copies, and by functions that it made
};

// Refused (`invalid`, "feel.syntax") with line, column, what was found and what was expected. Texts over 1
// MiB and nesting over 200 levels are refused as well ("feel.too_large", "feel.too_deep").
base::Result<Expression> parse_expression(std::string_view text, const Names& known = {});
// A cell of a decision table: "-", or tests divided by commas, or not(...) of them. `?` is the input.
base::Result<Expression> parse_unary_tests(std::string_view text, const Names& known = {});

// What the expression takes from outside, in alphabetical order, without built-in functions.
std::vector<std::string> free_variables(const Expression& expression);

}  // namespace feel
