// Evaluations per second of the expressions in a file, in one thread: parsed at each call, and parsed once.
//   feel_speed FILE [SECONDS]
// FILE is a JSON object: name: {text, context, input (of unary tests)}. Prints "<name> <per second>" and
// "<name>_compiled <per second>". The context is made once; no result is kept.
#include "kit/json/json.hpp"
#include "process/feel/evaluate.hpp"
#include "speed.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace {

struct Measured {
    std::string text;
    feel::Context context;
    feel::Value input;
    bool is_test = false;
    feel::Names names;
};

Measured read(const json::Value& written)
{
    Measured measured;
    measured.text = written.text_of("text");
    const auto context = feel::from_json(*written.find("context"));
    measured.context = *context.if_context();
    for (const auto& [name, value] : measured.context)
        measured.names.add(name);
    if (const auto* input = written.find("input")) {
        measured.is_test = true;
        measured.input = feel::from_json(*input);
    }
    return measured;
}

feel::Expression parse(const Measured& measured)
{
    const auto parsed = measured.is_test ? feel::parse_unary_tests(measured.text, measured.names)
                                         : feel::parse_expression(measured.text, measured.names);
    if (!parsed)
        throw std::runtime_error(measured.text + ": " + parsed.error().detail);
    return *parsed;
}

void evaluate(const Measured& measured, const feel::Expression& expression)
{
    const feel::ContextScope scope(measured.context);
    const auto evaluation =
        measured.is_test ? feel::test(expression, measured.input, scope) : feel::evaluate(expression, scope);
    if (evaluation.value.is_null())
        throw std::runtime_error(measured.text + " is null");
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        if (count < 2)
            throw std::invalid_argument("feel_speed FILE [SECONDS]");
        std::ifstream file(arguments[1]);
        const auto document = json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!document || document->if_object() == nullptr)
            throw std::runtime_error(std::string(arguments[1]) + " is no JSON object");
        const double seconds = count > 2 ? std::stod(arguments[2]) : 1;
        for (const auto& [name, written] : *document->if_object()) {
            const auto measured = read(written);
            const auto expression = parse(measured);
            std::cout << name << " "
                      << speed::per_second(seconds, [&] { evaluate(measured, parse(measured)); }) << "\n"
                      << name << "_compiled "
                      << speed::per_second(seconds, [&] { evaluate(measured, expression); }) << std::endl;
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
