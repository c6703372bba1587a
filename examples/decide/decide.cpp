// What another program needs of Schalter's decisions: two rooms, process/feel and process/dmn, and nothing else.
//   decide [MODEL DECISION NAME=EXPRESSION…]
// Evaluates a decision; each input is a FEEL expression. Without arguments: the fee of examples/decide/fee.dmn.
#include "process/dmn/evaluate.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

feel::Context read_inputs(const std::vector<std::string>& assignments)
{
    feel::Context inputs;
    for (const auto& assignment : assignments) {
        const auto equals = assignment.find('=');
        const auto parsed = feel::parse_expression(std::string_view(assignment).substr(equals + 1));
        if (equals == std::string::npos || !parsed)
            throw std::runtime_error("NAME=EXPRESSION expected, found " + assignment);
        inputs.set(assignment.substr(0, equals), feel::evaluate(*parsed, inputs).value);
    }
    return inputs;
}

int decide(const std::string& path, const std::string& decision, const std::vector<std::string>& assignments)
{
    std::ifstream file(path);
    const auto model = dmn::Model::read(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!model)
        throw std::runtime_error(path + ": " + model.error().detail);
    for (const auto& finding : dmn::check(*model))
        std::cerr << path << ":" << finding.line << ": " << finding.element << ": " << finding.sentence << "\n";

    // A model is read once and evaluated as often as one likes, by as many threads as one likes.
    const auto outcome = dmn::evaluate(*model, decision, read_inputs(assignments), {}, dmn::Explain::yes);
    if (!outcome)
        throw std::runtime_error(outcome.error().detail);
    for (const auto& problem : outcome->problems)
        std::cerr << problem.element << ": " << problem.reason << "\n";
    for (const auto& table : outcome->tables)
        for (const int rule : table.matched)
            std::cout << table.decision << ": rule " << rule << "\n";
    std::cout << decision << " = " << feel::to_feel(outcome->value) << "\n";
    return outcome->problems.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        const std::vector<std::string> words(arguments + 1, arguments + count);
        if (words.empty())
            return decide("examples/decide/fee.dmn", "Fee", {"copies=3", "post=true"});
        if (words.size() < 2)
            throw std::runtime_error("usage: decide MODEL DECISION NAME=EXPRESSION…");
        return decide(words[0], words[1], {words.begin() + 2, words.end()});
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
