// Evaluations per second of decisions, read once, in one thread.
//   dmn_speed CASES [SECONDS]
// CASES is a JSON object: name: {file, decision, inputs}. Prints "<name> <per second>". The inputs' context
// is made once; no result is kept.
#include "kit/json/json.hpp"
#include "process/dmn/evaluate.hpp"
#include "speed.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace {

std::string read(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

double measure(const json::Value& written, double seconds)
{
    const std::string path(written.text_of("file"));
    const auto model = dmn::Model::read(read(path));
    if (!model)
        throw std::runtime_error(path + ": " + model.error().detail);
    const std::string decision(written.text_of("decision"));
    const auto inputs = feel::from_json(*written.find("inputs"));
    return speed::per_second(seconds, [&] {
        const auto outcome = dmn::evaluate(*model, decision, *inputs.if_context());
        if (!outcome || outcome->value.is_null())
            throw std::runtime_error(path + ": " + decision + " is null");
    });
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        if (count < 2)
            throw std::invalid_argument("dmn_speed CASES [SECONDS]");
        const auto cases = json::parse(read(arguments[1]));
        if (!cases || cases->if_object() == nullptr)
            throw std::runtime_error(std::string(arguments[1]) + " is no JSON object");
        const double seconds = count > 2 ? std::stod(arguments[2]) : 1;
        for (const auto& [name, written] : *cases->if_object())
            std::cout << name << " " << measure(written, seconds) << std::endl;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
