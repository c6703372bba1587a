#pragma once

#include "process/dmn/definitions.hpp"
#include "process/dmn/evaluate.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dmn {

// What is said of functions of kind Java or PMML, as feel says it.
inline constexpr const char* foreign_function = "functions outside FEEL (Java, PMML) are not called";

// Names that a piece of logic sees: a chain of frames, each made once and never changed, so that functions
// may keep theirs without keeping themselves.
class Frame : public feel::Scope {
public:
    using Pointer = std::shared_ptr<const Frame>;
};

// One evaluation of a model: each decision at most once.
class Run : public std::enable_shared_from_this<Run> {
public:
    Run(const feel::Context& inputs, const feel::Environment& environment, Explain explain);

    feel::Value value_of(const Element& element);
    feel::Value invoke(const Element& element, std::span<const feel::Value> arguments);
    void give(const Element& element, feel::Value value) { values_[&element] = std::move(value); }
    Outcome finish(feel::Value value);

private:
    friend class RequirementFrame;
    class Depth;

    // run.cpp
    feel::Value input_value(const Element& element);
    std::optional<feel::Value> given(std::string_view name) const;
    feel::Value decide(const Element& element);
    feel::Value function_of(const Element& element);
    feel::Value serve(const Element& service, std::span<const feel::Value> arguments);
    feel::Value conform(const feel::Value& value, const TypeReference& type, const std::string& what);
    bool meets(const feel::Value& value, const ItemDefinition& item);
    bool meets_one(const feel::Value& value, const ItemDefinition& item);

    // run_logic.cpp
    feel::Value evaluate(const Logic& logic, const Frame::Pointer& frame);
    feel::Value evaluate_kind(const Logic& logic, const Frame::Pointer& frame);
    feel::Value evaluate_context(const Logic& logic, Frame::Pointer frame);
    feel::Value evaluate_invocation(const Logic& logic, const Frame::Pointer& frame);
    feel::Value evaluate_relation(const Logic& logic, const Frame::Pointer& frame);
    feel::Value evaluate_filter(const Logic& logic, const Frame::Pointer& frame);
    feel::Value evaluate_iterator(const Logic& logic, const Frame::Pointer& frame);
    feel::Value make_function(const Logic& logic, const Frame::Pointer& frame, const std::string& name);
    feel::Value
    evaluate_expression(const feel::Expression& expression, const feel::Scope& scope, int rule = 0);

    // run_table.cpp
    feel::Value evaluate_table(const Table& table, const Frame::Pointer& frame);
    bool read_inputs(const Table& table, const feel::Scope& scope, std::vector<feel::Value>& inputs);
    std::vector<std::size_t>
    matches(const Table& table, const std::vector<feel::Value>& inputs, const feel::Scope& scope);
    std::vector<std::size_t> traced_matches(
        const Table& table,
        const std::vector<feel::Value>& inputs,
        const feel::Scope& scope,
        TableTrace& trace
    );
    feel::Value result_of(const Table& table, std::size_t rule, const feel::Scope& scope);
    feel::Value standard_result(const Table& table, const feel::Scope& scope);
    feel::Value choose(const Table& table, const std::vector<std::size_t>& matched, const feel::Scope& scope);
    std::vector<std::size_t>
    by_priority(const Table& table, const std::vector<feel::Value>& results, const feel::Scope& scope);

    void report(std::string reason, int rule = 0);
    feel::Environment inner_environment() const;

    const feel::Context& inputs_;
    feel::Budget own_budget_;
    feel::Environment environment_;  // all parts of the decision share its budget
    Explain explain_;
    std::map<const Element*, feel::Value> values_;
    std::vector<const Element*> open_;  // being evaluated
    std::string place_;                 // name of the innermost
    int depth_ = 0;
    std::uint64_t parts_ = 0;
    bool is_exhausted_ = false;
    Outcome outcome_;
};

// The frame of a decision's or knowledge model's logic: what it requires.
Frame::Pointer requirement_frame(Run& run, const Element& element);
Frame::Pointer with(const Frame::Pointer& outer, std::string name, feel::Value value);

}  // namespace dmn
