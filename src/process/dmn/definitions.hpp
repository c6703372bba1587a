#pragma once

#include "process/dmn/model.hpp"
#include "process/feel/expression.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dmn {

// What <itemDefinition> declares: a type of FEEL, and what its values are restricted to.
struct ItemDefinition {
    std::string name;
    feel::Type type;
    bool is_collection = false;
    const ItemDefinition* base = nullptr;  // what it refers to, if that is declared too
    std::vector<std::unique_ptr<ItemDefinition>> components;
    std::optional<feel::Expression> allowed_values;   // of the value, or of each item of a collection
    std::optional<feel::Expression> type_constraint;  // of the value as a whole (DMN 1.5)
};

// A typeRef with what is known of it.
struct TypeReference {
    feel::Type type;
    const ItemDefinition* item = nullptr;
};

struct Logic;
using LogicPointer = std::unique_ptr<Logic>;

struct Binding {
    std::string name;
    LogicPointer logic;
    TypeReference type;
};

enum class HitPolicy { unique, first, priority, any, collect, rule_order, output_order };
enum class Aggregation { none, sum, count, min, max };

struct Input {
    std::string text;
    feel::Type type;
    feel::Expression expression;
    std::optional<feel::Expression> allowed_values;
};

struct Output {
    std::string name;
    TypeReference type;
    std::vector<feel::Expression> allowed_values;  // one by one, in order of priority
    std::optional<feel::Expression> standard;      // the default
};

struct Rule {
    std::string id;
    int line = 0;
    std::vector<feel::Expression> conditions;
    std::vector<feel::Expression> results;
};

class TableIndex;

struct Table {
    Table();
    ~Table();

    int line = 0;
    HitPolicy policy = HitPolicy::unique;
    Aggregation aggregation = Aggregation::none;
    std::vector<Input> inputs;
    std::vector<Output> outputs;
    std::vector<Rule> rules;
    std::unique_ptr<const TableIndex> index;
};

// A boxed expression (DMN 1.5 chapter 10.2).
struct Logic {
    enum class Kind {
        literal,
        table,
        context,
        invocation,
        relation,
        list,
        function,
        conditional,
        filter,
        iteration,
        some,
        every,
        broken,  // could not be read; why stands among the findings
    };

    Kind kind = Kind::broken;
    TypeReference type;
    feel::Expression expression;  // literal; invocation: what is called; iteration, some, every: see parts
    std::unique_ptr<Table> table;
    std::vector<Binding>
        bindings;  // context: entries, the last without name is the result; invocation: arguments
    std::vector<LogicPointer>
        parts;  // list: items; relation: cells row by row; others: in the order of the schema
    std::vector<std::string> names;           // relation: columns; iteration: its variable
    std::vector<feel::Parameter> parameters;  // function
};

struct Element {
    enum class Kind { input, decision, knowledge, service };

    Kind kind = Kind::input;
    std::string id;
    std::string name;
    int line = 0;
    TypeReference type;
    const Definitions* owner = nullptr;
    LogicPointer logic;                            // decision; knowledge: a function
    std::vector<const Element*> required;          // inputs, decisions, knowledge, services
    std::vector<const Element*> output_decisions;  // service; also what follows
    std::vector<const Element*> encapsulated;
    std::vector<const Element*> input_decisions;
    std::vector<const Element*> input_data;
};

struct Import {
    std::string name;
    const Definitions* definitions = nullptr;
};

// One file, and those it imports.
struct Definitions {
    std::string id;
    std::string name;
    std::string name_space;
    std::vector<std::unique_ptr<ItemDefinition>> items;
    std::vector<std::unique_ptr<Element>> elements;
    std::vector<Import> imports;
    std::vector<Finding> findings;
    std::vector<std::unique_ptr<Definitions>> others;  // of the main file: all imported ones, owned here
    // No input data is drawn, as Camunda's modeller leaves it: names that are not declared are taken from
    // the given variables. Else a decision sees what it requires only (DMN 1.5 chapter 6).
    bool is_open = false;

    const Element* find(std::string_view id_or_name) const;
    const Import* import_of(const Element& element) const;
};

}  // namespace dmn
