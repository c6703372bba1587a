#include "platform/catalog/check_package.hpp"

#include "base/text.hpp"
#include "kit/xml/xml.hpp"
#include "platform/catalog/json_file.hpp"
#include "platform/catalog/json_line.hpp"
#include "platform/catalog/package_reader.hpp"
#include "process/bpmn/definition.hpp"
#include "process/bpmn/scenario.hpp"
#include "process/dmn/evaluate.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace catalog {

namespace {

// Swiss spelling: no ß in any language; in German texts «…» and no other quotes. A line of a file in several
// languages is German when it begins with "de".
void spelling(const std::string& path, bool is_german, std::vector<Finding>& findings)
{
    const auto text = read_file(path);
    int line = 0;
    for (const auto content : text ? base::split(*text, '\n') : std::vector<std::string_view>()) {
        ++line;
        if (content.find("ß") != content.npos)
            findings.push_back({path, line, "write ss: there is no ß in Switzerland"});
        const bool is_german_line = is_german || base::trim(content).starts_with("\"de\":");
        for (const std::string_view quote : {"„", "“", "”", "\\\""}) {
            if (is_german_line && content.find(quote) != content.npos)
                findings.push_back({path, line, "write quotes as «…»"});
        }
    }
}

// One check of a folder: collects what it finds.
class Check {
public:
    Check(std::string directory, const Library& library) : directory_(std::move(directory)), library_(library)
    {
    }

    std::vector<Finding> run()
    {
        const bool is_ordered_here = check_service();
        for (const auto language : html::all_languages) {
            const std::string file = "texts/" + std::string(html::code_of(language)) + ".json";
            check_json(file, parse_service_texts);
            check_spelling(file, language == html::Language::de);
        }
        if (!is_ordered_here)
            return std::move(findings_);
        check_json("form.json", [&](const json::Value& document) { return Form::parse(document, library_); });
        check_spelling("form.json", /*is_german=*/false);
        check_decisions();
        check_process();
        if (findings_.empty())
            check_together();
        return std::move(findings_);
    }

private:
    void add(const std::string& file, int line, std::string sentence)
    {
        findings_.push_back({directory_ + "/" + file, line, std::move(sentence)});
    }

    // The text; says so when there is none.
    std::optional<std::string> read(const std::string& file)
    {
        auto text = read_file(directory_ + "/" + file);
        if (!text)
            add(file, 0, "cannot be read");
        return text;
    }

    // "line 3, column 7: …" or "pages[1].id: …" of a refusal as a line of the file.
    static int line_in(std::string_view text, std::string_view detail)
    {
        constexpr std::string_view line_word = "line ";
        if (detail.starts_with(line_word)) {
            int line = 0;
            std::from_chars(detail.data() + line_word.size(), detail.data() + detail.size(), line);
            return line;
        }
        return line_of(text, detail.substr(0, detail.find(": ")));
    }

    template <class Parse>
    auto check_json(const std::string& file, Parse parse) -> std::optional<decltype(parse(json::Value()))>
    {
        const auto text = read(file);
        if (!text)
            return {};
        const auto document = json::parse(*text);
        if (!document) {
            add(file, line_in(*text, document.error().detail), document.error().detail);
            return {};
        }
        auto parsed = parse(*document);
        if (!parsed)
            add(file, line_in(*text, parsed.error().detail), parsed.error().detail);
        return parsed;
    }

    // Whether it is ordered here: then there is more to check.
    bool check_service()
    {
        check_json("service.json", parse_fee_parts);
        const auto service = check_json("service.json", [&](const json::Value& document) {
            return parse_service(document, library_);
        });
        check_spelling("service.json", /*is_german=*/false);
        if (!service || !*service)
            return true;
        if ((*service)->id != folder())
            add("service.json",
                0,
                "id: expected the folder's name \"" + folder() + "\", found \"" + (*service)->id + "\"");
        shared_process_ = (*service)->process;
        is_paid_online_ = (*service)->is_paid("online");
        return !(*service)->is_ordered_elsewhere();
    }

    std::string folder() const { return std::filesystem::path(directory_).filename().string(); }

    void check_spelling(const std::string& file, bool is_german)
    {
        spelling(directory_ + "/" + file, is_german, findings_);
    }

    void check_decisions()
    {
        const auto text = read_file(directory_ + "/decisions.dmn");
        if (!text && is_paid_online_)
            add("decisions.dmn", 0, "it is paid online: the decision \"fee\" is needed");
        if (!text)
            return;
        const auto model = dmn::Model::read(*text);
        if (!model) {
            add("decisions.dmn", 0, model.error().detail);
            return;
        }
        for (const auto& finding : dmn::check(*model)) {
            if (finding.severity == dmn::Finding::Severity::error)
                add("decisions.dmn", finding.line, finding.element + ": " + finding.sentence);
        }
        const auto decisions = model->decisions();
        if (std::ranges::find(decisions, "fee") == decisions.end())
            add("decisions.dmn", 0, "there is no decision called \"fee\"");
        // All services' decisions are deployed side by side: processes find them by id.
        const auto document = xml::parse(*text);
        for (const auto* element :
             document ? document->root.elements() : std::vector<const xml::Element*>()) {
            const auto id = element->attribute_or("id");
            if (element->name == "decision" && !id.starts_with(folder() + "_"))
                add("decisions.dmn",
                    element->line,
                    "the id of a decision begins with \"" + folder() + "_\", found \"" + std::string(id) +
                        "\"");
        }
    }

    void check_process()
    {
        auto text = read_file(directory_ + "/process.bpmn");
        if (!text) {
            const auto shared = library_.processes.find(shared_process_);
            if (shared == library_.processes.end())
                return add("process.bpmn", 0, "cannot be read, and service.json names none in processes/");
            text = process_of_service(shared->second, folder(), "");
        }
        const auto model = bpmn::read_model(*text);
        if (!model) {
            add("process.bpmn", 0, model.error().detail);
            return;
        }
        for (const auto& finding : model->findings) {
            if (finding.severity == bpmn::Severity::error)
                add("process.bpmn", finding.line, finding.element + ": " + finding.sentence);
        }
        const auto id = folder();
        const bool has_process =
            std::ranges::any_of(model->processes, [&](const auto& process) { return process->id == id; });
        if (!has_process)
            add("process.bpmn", 0, "there is no executable process with the id \"" + id + "\"");
    }

    // Whatever only shows when all parts are there and each is well: the ways through the process.
    void check_together()
    {
        const auto package = read_package(directory_, library_);
        if (!package) {
            add("service.json", 0, package.error().detail);
            return;
        }
        const auto model = bpmn::read_model(package->process);
        if (!model)
            return;
        std::vector<std::string> files;
        std::error_code no_directory;
        for (const auto& entry :
             std::filesystem::directory_iterator(directory_ + "/scenarios", no_directory)) {
            if (entry.path().extension() == ".json")
                files.push_back("scenarios/" + entry.path().filename().string());
        }
        std::ranges::sort(files);
        if (files.empty())
            add("scenarios", 0, "there is no scenario: write one for each way through the process");
        for (const auto& file : files)
            run_scenario(file, *model, package->decision_model);
    }

    void run_scenario(
        const std::string& file, const bpmn::Model& model, const std::optional<dmn::Model>& decisions
    )
    {
        const auto scenario =
            check_json(file, [](const json::Value& document) { return base::Result<json::Value>(document); });
        if (!scenario || !*scenario)
            return;
        const auto decide = [&](std::string_view decision,
                                const bpmn::Variables& inputs) -> base::Result<feel::Value> {
            if (!decisions)
                return base::fail(
                    base::ErrorKind::not_found, "catalog.no_decisions", "no decisions.dmn here"
                );
            auto outcome = dmn::evaluate(*decisions, decision, inputs);
            if (!outcome)
                return outcome.error();
            return outcome->value;
        };
        const auto outcome = bpmn::run_scenario(std::span(&model, 1), **scenario, decide);
        if (!outcome) {
            add(file, 0, outcome.error().detail);
            return;
        }
        for (const auto& failed : outcome->failed)
            add(file, 0, failed);
    }

    std::string directory_;
    const Library& library_;
    std::string shared_process_;
    bool is_paid_online_ = false;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_library(const std::string& directory)
{
    std::vector<Finding> findings;
    for (const auto* name : {"wording.json", "vocabulary.json"})
        spelling(directory + "/" + name, /*is_german=*/false, findings);
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(directory + "/blocks", absent))
        spelling(entry.path().string(), /*is_german=*/false, findings);
    std::ranges::sort(findings, {}, &Finding::file);
    return findings;
}

std::vector<Finding> check_package(const std::string& directory, const Library& library)
{
    return Check(directory, library).run();
}

}  // namespace catalog
