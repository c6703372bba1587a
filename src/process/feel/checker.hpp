#pragma once

#include "process/feel/ast.hpp"
#include "process/feel/builtins/builtin.hpp"
#include "process/feel/check.hpp"

#include <optional>
#include <string>
#include <vector>

namespace feel {

// Walks over a parsed expression and infers the type of each part, Any where that cannot be told.
class Checker {
public:
    Checker(const Names& known, Knowledge knowledge) : known_(known), knowledge_(knowledge) {}

    std::vector<Finding> run(const NodePointer& root);

private:
    struct Local {
        std::string name;
        Type type;
    };

    Type infer(const NodePointer& node);
    Type infer_variable(const Variable& variable);
    Type infer_path(const Path& path);
    Type member_of(const Path& path, const Type& object);
    Type infer_filter(const Filter& filter);
    Type infer_negation(const Negation& negation);
    Type infer_binary(const Binary& binary);
    Type infer_between(const Between& between);
    Type infer_in(const In& in);
    Type infer_conditional(const Conditional& conditional);
    Type infer_iteration(const Iteration& iteration);
    Type infer_list(const ListLiteral& literal);
    Type infer_context(const ContextLiteral& literal);
    Type infer_range(const RangeLiteral& literal);
    Type infer_function(const FunctionLiteral& literal);
    Type infer_unary_tests(const UnaryTests& tests);

    // checker_calls.cpp
    Type infer_call(const Call& call);
    Type check_builtin(const Call& call, const Builtin& builtin, const std::vector<Type>& arguments);
    Type check_function(const Call& call, const Type& callee, const std::vector<Type>& arguments);
    void refuse_form(const Call& call, const Builtin& builtin, const std::vector<Type>& arguments);

    void check_test(const Test& test, const Type& input);
    void want_boolean(const Node& node, const Type& type, const std::string& what);
    void want_comparable(const Node& node, const Type& a, const Type& b);
    bool is_missing(const Variable& variable) const;
    void find_unknown(const Variable& variable);
    void report(const Place& place, std::string sentence, std::string nearest = {});

    const Names& known_;
    Knowledge knowledge_;
    std::vector<Local> locals_;  // the innermost last
    std::vector<Type> items_;    // of the filters around, the innermost last
    std::vector<Finding> findings_;
};

}  // namespace feel
