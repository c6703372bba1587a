#pragma once

#include "base/clock.hpp"
#include "process/feel/expression.hpp"
#include "process/feel/value.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {
class Random;
}

namespace feel {

// What no evaluation may exceed. One that does ends with null and a problem that names the limit.
struct Limits {
    std::uint64_t steps = 10'000'000;  // parts of the expression evaluated, items of lists gone through
    std::uint32_t depth = 2'000;  // parts evaluated inside each other, so also how deep functions recurse
    std::uint64_t bytes = 256U << 20U;      // made for texts, lists and contexts, whether still in use or not
    std::uint32_t regular_expression = 50;  // work of one match, in about milliseconds
};

// What has been spent of the limits. Evaluations that belong together, such as those of one decision, count
// on the same one.
struct Budget {
    std::uint64_t steps = 0;
    std::uint64_t bytes = 0;
};

// The world as an evaluation sees it. Without `random`, random number() and uuid() are null.
struct Environment {
    base::Instant now = {};
    std::string zone = "UTC";  // of now() and today(), as in the IANA database
    base::Random* random = nullptr;
    Limits limits = {};
    Budget* budget = nullptr;  // null: the limits are for this evaluation alone
};

// A reason why a part became null, or a limit that was met.
struct Problem {
    enum class Kind { error, limit };

    Kind kind = Kind::error;
    Place place;
    std::string reason;  // English, for the modeller
    friend bool operator==(const Problem&, const Problem&) = default;
};

struct Evaluation {
    Value value;
    std::vector<Problem> problems;  // in the order in which they happened, the first hundred
};

// Where an expression finds the names it does not define itself. Asked at most once per name and evaluation.
class Scope {
public:
    virtual ~Scope() = default;
    virtual std::optional<Value> find(std::string_view name) const = 0;  // nothing: there is no such name
};

// The entries of a context as names. Holds a reference only.
class ContextScope final : public Scope {
public:
    explicit ContextScope(const Context& context) : context_(context) {}
    std::optional<Value> find(std::string_view name) const override;

private:
    const Context& context_;
};

// Never throws for what an expression does: what has no meaning is null with a problem.
// Unary tests are evaluated against null here; use `test`.
Evaluation evaluate(const Expression& expression, const Scope& scope, const Environment& environment = {});
Evaluation
evaluate(const Expression& expression, const Context& context, const Environment& environment = {});

// Whether `input` meets the unary tests: true, false, or null when that cannot be told.
Evaluation test(
    const Expression& unary_tests, const Value& input, const Scope& scope, const Environment& environment = {}
);

// The evaluation that called a function.
class Caller {
public:
    virtual ~Caller() = default;
    // Notes why the function yields null.
    virtual void report(std::string reason) = 0;
    // Counts work towards the limits; throws the evaluation's end when one is exceeded.
    virtual void spend(std::uint64_t steps, std::uint64_t bytes = 0) = 0;
    virtual const Environment& environment() const = 0;
    // Calls another function, converting arguments to the parameters' types; null and a problem if it
    // refuses.
    virtual Value call(const Function& function, std::span<const Value> arguments) = 0;
    // A value as a parameter or result of that type takes it: a list of one unwrapped, a date as midnight UTC
    // (DMN 1.5 section 10.3.2.9.4). null and a problem when it does not conform.
    virtual Value convert(const Value& value, const Type& type) = 0;
};

// As Caller::convert, outside of an evaluation: nothing when the value does not conform.
std::optional<Value> coerce(const Value& value, const Type& type);

// Calls a function from outside an expression.
Evaluation
call(const Function& function, std::span<const Value> arguments, const Environment& environment = {});

}  // namespace feel
