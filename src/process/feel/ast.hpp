#pragma once

#include "process/feel/expression.hpp"
#include "process/feel/value.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace feel {

struct Builtin;

// Where a name's value is found while evaluating.
struct Address {
    enum class Place { local, captured, external, nowhere };

    Place place = Place::nowhere;
    std::size_t index = 0;
    friend bool operator==(const Address&, const Address&) = default;
};

// A part of a parsed expression. A closed family: what is done with parts (evaluate, check, …) switches over
// `kind`.
struct Node {
    enum class Kind {
        literal,
        variable,
        path,
        filter,
        negation,
        binary,
        between,
        in,
        instance_of,
        conditional,
        iteration,
        list,
        context,
        range,
        function,
        call,
        unary_tests,
    };

    Node(Kind own_kind, Place own_place) : kind(own_kind), place(own_place) {}
    virtual ~Node() = default;

    Kind kind;
    Place place;
};

using NodePointer = std::unique_ptr<Node>;

struct Literal final : Node {
    Literal(Place own_place, Value own_value) : Node(Kind::literal, own_place), value(std::move(own_value)) {}
    Value value;
};

struct Variable final : Node {
    Variable(Place own_place, std::string own_name)
        : Node(Kind::variable, own_place), name(std::move(own_name))
    {
    }
    std::string name;
    std::vector<Address>
        items;  // of filters around it, innermost first: their entries hide what lies outside
    Address address;
    const Builtin* builtin = nullptr;  // what the name means when nothing else has it
};

struct Path final : Node {
    explicit Path(Place own_place) : Node(Kind::path, own_place) {}
    NodePointer object;
    std::string name;
};

struct Filter final : Node {
    explicit Filter(Place own_place) : Node(Kind::filter, own_place) {}
    NodePointer list;
    NodePointer condition;
    std::size_t item_slot = 0;
};

struct Negation final : Node {
    explicit Negation(Place own_place) : Node(Kind::negation, own_place) {}
    NodePointer operand;
};

enum class Operator {
    logic_or,
    logic_and,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    add,
    subtract,
    multiply,
    divide,
    power
};

struct Binary final : Node {
    Binary(Place own_place, Operator own_operation) : Node(Kind::binary, own_place), operation(own_operation)
    {
    }
    Operator operation;
    NodePointer left;
    NodePointer right;
};

struct Between final : Node {
    explicit Between(Place own_place) : Node(Kind::between, own_place) {}
    NodePointer value;
    NodePointer low;
    NodePointer high;
};

// One positive unary test: an expression, and whether that speaks of the input itself as `?`.
struct Test {
    NodePointer expression;
    bool mentions_input = false;
};

struct In final : Node {
    explicit In(Place own_place) : Node(Kind::in, own_place) {}
    NodePointer value;
    std::vector<Test> tests;
    std::size_t input_slot = 0;
};

struct InstanceOf final : Node {
    explicit InstanceOf(Place own_place) : Node(Kind::instance_of, own_place) {}
    NodePointer value;
    Type type;
};

struct Conditional final : Node {
    explicit Conditional(Place own_place) : Node(Kind::conditional, own_place) {}
    NodePointer condition;
    NodePointer then;
    NodePointer otherwise;
};

struct Iterator {
    std::string name;
    std::size_t slot = 0;
    NodePointer domain;
    NodePointer end;  // of "1..n"; else none
};

struct Iteration final : Node {
    enum class Result { list, some, every };

    Iteration(Place own_place, Result own_result) : Node(Kind::iteration, own_place), result(own_result) {}
    Result result;
    std::vector<Iterator> iterators;
    NodePointer body;
    std::size_t partial_slot = 0;
    bool uses_partial = false;
};

struct ListLiteral final : Node {
    explicit ListLiteral(Place own_place) : Node(Kind::list, own_place) {}
    std::vector<NodePointer> items;
};

struct ContextLiteral final : Node {
    struct Entry {
        std::string name;
        NodePointer value;
        std::size_t slot = 0;
    };

    explicit ContextLiteral(Place own_place) : Node(Kind::context, own_place) {}
    std::vector<Entry> entries;
};

struct RangeLiteral final : Node {
    explicit RangeLiteral(Place own_place) : Node(Kind::range, own_place) {}
    NodePointer low;   // none: open
    NodePointer high;  // none: open
    bool includes_low = true;
    bool includes_high = true;
    Range::Form form = Range::Form::interval;
};

struct FunctionLiteral final : Node {
    explicit FunctionLiteral(Place own_place) : Node(Kind::function, own_place) {}
    std::string name;                   // of the context entry that holds it, so that it can call itself
    std::vector<Parameter> parameters;  // in the slots from 0
    Type result;
    NodePointer body;
    std::vector<Address> captures;  // where their values are found outside
    std::size_t self_slot = 0;      // holds the function itself while it runs
    std::size_t slots = 0;
    bool is_external = false;
};

struct Call final : Node {
    explicit Call(Place own_place) : Node(Kind::call, own_place) {}
    NodePointer callee;
    std::vector<NodePointer> arguments;
    std::vector<std::string> names;  // of the arguments, when they are named
};

struct UnaryTests final : Node {
    explicit UnaryTests(Place own_place) : Node(Kind::unary_tests, own_place) {}
    std::vector<Test> tests;  // none: "-"
    bool is_negated = false;
};

// What an Expression holds.
struct Tree {
    std::string text;
    NodePointer root;
    std::vector<std::string> externals;
    std::size_t slots = 0;
    bool is_unary_tests = false;  // the input is in slot 0

    static const std::shared_ptr<const Tree>& of(const Expression& expression) { return expression.tree_; }
    static Expression wrap(std::shared_ptr<const Tree> tree) { return Expression(std::move(tree)); }
};

}  // namespace feel
