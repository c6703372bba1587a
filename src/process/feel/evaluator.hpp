#pragma once

#include "process/feel/ast.hpp"
#include "process/feel/builtins/builtin.hpp"
#include "process/feel/evaluate.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace feel {

// Walks over a parsed expression. One object for one evaluation.
class Evaluator final : public Caller {
public:
    Evaluator(const Scope& scope, const Environment& environment)
        : scope_(scope), environment_(environment),
          spent_(environment.budget == nullptr ? own_budget_ : *environment.budget)
    {
    }

    Evaluation run(const std::shared_ptr<const Tree>& tree, const Value* input);
    Evaluation run(const Function& function, std::span<const Value> arguments);

    void report(std::string reason) override { report_at(place_, std::move(reason)); }
    void spend(std::uint64_t steps, std::uint64_t bytes = 0) override
    {
        spent_.steps += steps;
        spent_.bytes += bytes;
        if (spent_.steps > environment_.limits.steps || spent_.bytes > environment_.limits.bytes)
            end_over_budget();
    }
    const Environment& environment() const override { return environment_; }
    Value call(const Function& function, std::span<const Value> arguments) override;
    Value convert(const Value& value, const Type& type) override;

private:
    // Ends an evaluation that exceeds a limit; caught in `run`.
    struct LimitExceeded {
        std::string reason;
    };
    // Values that a function took from outside when it was made; nothing where there was no such name.
    using Captured = std::vector<std::optional<Value>>;
    struct Frame {
        std::size_t base = 0;  // of its slots in `locals_`
        const Captured* captured = nullptr;
        const std::shared_ptr<const Tree>* tree = nullptr;
    };
    class Depth;
    struct Gathered;

    template <class Work>
    Evaluation guarded(Work work);

    Value evaluate(const Node& node);
    Value evaluate_kind(const Node& node);
    [[noreturn]] void end_over_budget() const;
    [[noreturn]] void end_too_deep() const;
    Value evaluate_variable(const Variable& variable);
    Value evaluate_path(const Path& path);
    Value evaluate_negation(const Negation& negation);
    Value evaluate_binary(const Binary& binary);
    Value evaluate_logic(const Binary& binary);
    Value compare_values(const Node& node, Operator operation, const Value& left, const Value& right);
    Value evaluate_between(const Between& between);
    Value evaluate_in(const In& in);
    Value evaluate_unary_tests(const UnaryTests& tests);
    Value meets_any(const std::vector<Test>& tests, Value input);
    Value meets(const Test& test, const Value& input);
    Value evaluate_conditional(const Conditional& conditional);
    Value evaluate_list(const ListLiteral& literal);
    Value evaluate_context(const ContextLiteral& literal);
    Value evaluate_range(const RangeLiteral& literal);
    Value evaluate_function(const FunctionLiteral& literal);
    std::optional<Value> find(const Address& address);

    // evaluator_lists.cpp
    Value evaluate_filter(const Filter& filter);
    Value evaluate_iteration(const Iteration& iteration);
    void iterate(const Iteration& iteration, std::size_t depth, Gathered& gathered);
    template <class Visit>
    bool each_of(const Iterator& iterator, const Visit& visit);
    template <class Visit>
    bool each_between(const Node& node, const Value& first, const Value& last, const Visit& visit);
    Value member_of(const Path& path, const Value& object);

    // evaluator_calls.cpp
    Value evaluate_call(const Call& call);
    Value call_builtin(const Call& call, const Builtin& builtin, std::span<const Value> arguments);
    Value call_signatures(const Builtin& builtin, const Call* call, std::span<const Value> arguments);
    Value call_function(const Call& call, const Function& function, std::vector<Value> arguments);
    Value make_function(
        const FunctionLiteral& literal,
        const std::shared_ptr<const Tree>& tree,
        std::shared_ptr<const Captured> captured
    );
    Value run_closure(
        const FunctionLiteral& literal,
        const std::shared_ptr<const Tree>& tree,
        const std::shared_ptr<const Captured>& captured,
        std::span<const Value> arguments
    );
    Value builtin_as_value(const Builtin& builtin);
    // Puts arguments in the order of the parameters; false when their number or names do not fit.
    bool place_arguments(
        const Signature& signature, const Call* call, std::span<const Value> given, std::vector<Value>& placed
    ) const;
    bool fit_arguments(const Signature& signature, std::vector<Value>& placed) const;

    Value& local(std::size_t slot) { return locals_[frame_.base + slot]; }
    Value refuse(const Node& node, std::string reason);
    void report_at(const Place& place, std::string reason);

    const Scope& scope_;
    const Environment& environment_;
    std::vector<Value> locals_;
    Captured externals_;
    std::vector<bool> is_looked_up_;
    Frame frame_;
    Place place_;
    Budget own_budget_;
    Budget& spent_;
    std::uint32_t depth_ = 0;
    std::vector<Problem> problems_;
};

}  // namespace feel
