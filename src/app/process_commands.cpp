#include "app/process_commands.hpp"

#include "app/files.hpp"
#include "app/options.hpp"
#include "process/bpmn/scenario.hpp"

#include <ostream>
#include <vector>

namespace app {

namespace {

void print(const std::string& file, const bpmn::Finding& finding, std::ostream& out)
{
    const bool is_error = finding.severity == bpmn::Severity::error;
    out << file << ":" << finding.line << ": " << (is_error ? "error" : "warning");
    if (!finding.element.empty())
        out << " in '" << finding.element << "'";
    out << ": " << finding.sentence << " [" << finding.rule << "]\n";
}

base::Result<bpmn::Model> read(const std::string& file, Streams& streams)
{
    const auto text = read_file(file, streams.in);
    if (!text)
        return text.error();
    auto model = bpmn::read_model(*text);
    if (!model)
        return base::fail(model.error().kind, model.error().message_key, file + ": " + model.error().detail);
    return model;
}

// A scenario without a file starts the model's first process and sees how far it comes.
json::Value first_process(const bpmn::Model& model)
{
    return json::Object{{"start", json::Object{{"process", model.processes.front()->id}}}};
}

}  // namespace

int check_models(Arguments arguments, Streams& streams)
{
    if (arguments.empty())
        return wrong_usage;
    int code = done;
    for (const auto& file : arguments) {
        const auto model = read(file, streams);
        if (!model) {
            streams.error << model.error().detail << "\n";
            code = refused;
            continue;
        }
        for (const auto& finding : model->findings)
            print(file, finding, streams.out);
        if (!model->is_executable())
            code = refused;
    }
    return code;
}

int run_model(Arguments arguments, Streams& streams)
{
    constexpr std::string_view with_value[] = {"scenario"};
    constexpr std::string_view flags[] = {"trail"};
    const auto options = Options::read(arguments, with_value, flags);
    if (!options || options->words().size() != 1) {
        streams.error << (options ? "bpmn run takes one model" : options.error().detail) << "\n";
        return wrong_usage;
    }
    const auto& file = options->words().front();
    const auto model = read(file, streams);
    if (!model) {
        streams.error << model.error().detail << "\n";
        return refused;
    }
    for (const auto& finding : model->findings)
        if (finding.severity == bpmn::Severity::error)
            print(file, finding, streams.error);
    const auto path = options->value("scenario");
    auto scenario = path ? read_json(*path, streams.in) : base::Result(json::Value());
    if (!scenario) {
        streams.error << scenario.error().detail << "\n";
        return refused;
    }
    if (!path && model->is_executable())
        scenario = first_process(*model);
    const std::vector<bpmn::Model> models{*model};
    auto outcome = bpmn::run_scenario(models, *scenario);
    if (!outcome) {
        streams.error << outcome.error().detail << "\n";
        return refused;
    }
    if (auto* report = outcome->report.if_object(); report != nullptr && !options->has("trail"))
        report->erase("trail");
    streams.out << json::write_pretty(outcome->report) << "\n";
    return outcome->failed.empty() ? done : refused;
}

}  // namespace app
