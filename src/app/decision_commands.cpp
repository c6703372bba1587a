#include "app/decision_commands.hpp"

#include "app/files.hpp"
#include "app/options.hpp"
#include "base/random.hpp"
#include "process/dmn/evaluate.hpp"
#include "process/dmn/model.hpp"
#include "process/feel/evaluate.hpp"

#include <filesystem>
#include <ostream>
#include <vector>

namespace app {

namespace {

// The JSON object of a file as a context; an empty one when no file is named.
base::Result<feel::Context> read_context(const std::optional<std::string>& path, Streams& streams)
{
    if (!path)
        return feel::Context{};
    const auto document = read_json(*path, streams.in);
    if (!document)
        return document.error();
    const auto value = feel::from_json(*document);
    if (value.if_context() == nullptr)
        return base::fail(base::ErrorKind::invalid, "app.no_object", *path + ": expected a JSON object");
    return *value.if_context();
}

int refuse(const base::Error& error, Streams& streams)
{
    streams.error << error.detail << "\n";
    return refused;
}

// A model with what it imports: other models in its folder, found by their namespace.
base::Result<dmn::Model> read_model(const std::string& path, Streams& streams)
{
    const auto text = read_file(path, streams.in);
    if (!text)
        return text.error();
    auto alone = dmn::Model::read(*text);
    if (alone || alone.error().message_key != "dmn.import_missing" || path == "-")
        return alone;
    std::vector<dmn::Source> sources{{path, *text}};
    const auto folder = std::filesystem::absolute(path).parent_path();
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto other = entry.path().string();
        if (entry.path().extension() != ".dmn" || std::filesystem::equivalent(other, path))
            continue;
        const auto content = read_file(other, streams.in);
        if (content)
            sources.push_back({other, *content});
    }
    return dmn::Model::read(sources);
}

json::Array numbers(const std::vector<int>& list)
{
    json::Array array;
    for (const int number : list)
        array.emplace_back(number);
    return array;
}

json::Value explanation(const dmn::Outcome& outcome)
{
    json::Array tables;
    for (const auto& table : outcome.tables) {
        json::Array inputs;
        for (const auto& input : table.inputs)
            inputs.push_back(json::Object{{"expression", input.text}, {"value", feel::to_json(input.value)}});
        json::Array nearest;
        for (const auto& miss : table.nearest)
            nearest.push_back(json::Object{{"rule", miss.rule}, {"failed", numbers(miss.failed)}});
        tables.push_back(json::Object{
            {"decision", table.decision},
            {"inputs", std::move(inputs)},
            {"matched", numbers(table.matched)},
            {"nearest", std::move(nearest)},
            {"output", feel::to_json(table.output)},
        });
    }
    return json::Object{{"result", feel::to_json(outcome.value)}, {"tables", std::move(tables)}};
}

}  // namespace

int evaluate_feel(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"context"};
    const auto options = Options::read(arguments, with_value, {});
    if (!options || options->words().size() != 1) {
        streams.error << (options ? "feel takes one expression" : options.error().detail) << "\n";
        return wrong_usage;
    }
    const auto context = read_context(options->value("context"), streams);
    if (!context)
        return refuse(context.error(), streams);
    feel::Names names;
    for (const auto& [name, value] : *context)
        names.add(name, feel::type_of(value));
    const auto expression = feel::parse_expression(options->words().front(), names);
    if (!expression)
        return refuse(expression.error(), streams);
    base::SystemRandom random;
    const base::SystemClock clock;
    feel::Environment environment;
    environment.now = clock.now();
    environment.zone = "Europe/Zurich";
    environment.random = &random;
    const auto evaluation = feel::evaluate(*expression, *context, environment);
    for (const auto& problem : evaluation.problems)
        streams.error << "line " << problem.place.line << ", column " << problem.place.column << ": "
                      << problem.reason << "\n";
    streams.out << json::write(feel::to_json(evaluation.value)) << "\n";
    return done;
}

int evaluate_dmn(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"decision", "input"};
    constexpr std::string_view flags[] = {"explain"};
    const auto options = Options::read(arguments, with_value, flags);
    if (!options || options->words().size() != 1) {
        streams.error << (options ? "dmn evaluate takes one model" : options.error().detail) << "\n";
        return wrong_usage;
    }
    const auto inputs = read_context(options->value("input"), streams);
    if (!inputs)
        return refuse(inputs.error(), streams);
    const auto model = read_model(options->words().front(), streams);
    if (!model)
        return refuse(model.error(), streams);
    const auto decisions = model->decisions();
    const auto decision = options->value("decision").value_or(decisions.empty() ? "" : decisions.front());
    base::SystemRandom random;
    feel::Environment environment;
    environment.now = base::SystemClock().now();
    environment.zone = "Europe/Zurich";
    environment.random = &random;
    const bool explains = options->has("explain");
    const auto outcome = dmn::evaluate(
        *model, decision, *inputs, environment, explains ? dmn::Explain::yes : dmn::Explain::no
    );
    if (!outcome)
        return refuse(outcome.error(), streams);
    for (const auto& problem : outcome->problems)
        streams.error << problem.element << (problem.rule > 0 ? ", rule " + std::to_string(problem.rule) : "")
                      << ": " << problem.reason << "\n";
    streams.out << json::write(explains ? explanation(*outcome) : feel::to_json(outcome->value)) << "\n";
    return done;
}

}  // namespace app
