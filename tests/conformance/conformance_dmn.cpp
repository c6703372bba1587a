// Runs DMN TCK test files and prints a line per result as the TCK collects them:
// "folder","file","case","SUCCESS|ERROR|IGNORED","detail". Then how many were skipped (those that want
// methods of Java classes called, which Schalter refuses to do out of a model), and "N passed, M failed".
// With --gaps FILE the cases that FILE lists, one "folder,file,case" a line, must fail, and no others.
// With --rebaseline docs/feel.md it writes the table of functions there instead.

#include "gaps.hpp"
#include "kit/xml/xml.hpp"
#include "process/dmn/evaluate.hpp"
#include "process/feel/functions.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using feel::Value;

std::string read_file(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

bool is_nil(const xml::Element& element)
{
    return element.attribute_or("nil") == "true" ||
           std::any_of(
               element.attributes.begin(),
               element.attributes.end(),
               [](const xml::Attribute& attribute) {
                   return attribute.name == "nil" && attribute.value == "true";
               }
           );
}

Value typed(std::string_view type, const std::string& text)
{
    if (const std::size_t colon = type.find(':'); colon != std::string_view::npos)
        type = type.substr(colon + 1);
    if (type == "boolean")
        return text == "true" || text == "1";
    if (type == "decimal" || type == "double" || type == "integer" || type == "int" || type == "float" ||
        type == "long")
        return feel::Number::parse(text);
    if (type == "date")
        return feel::parse_date(text);
    if (type == "time")
        return feel::parse_time(text);
    if (type == "dateTime")
        return feel::parse_date_time(text);
    if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
        if (const auto days = feel::parse_days_duration(text))
            return *days;
        return feel::parse_months_duration(text);
    }
    return text;
}

std::string type_attribute(const xml::Element& element)
{
    for (const auto& attribute : element.attributes)
        if (attribute.name == "type" && !attribute.prefix.empty())
            return attribute.value;
    return "string";
}

Value read_value(const xml::Element& element)
{
    if (is_nil(element))
        return {};
    feel::Context context;
    bool has_components = false;
    for (const auto* part : element.elements()) {
        if (part->name == "value")
            return is_nil(*part) ? Value() : typed(type_attribute(*part), part->text());
        if (part->name == "list") {
            if (is_nil(*part))
                return {};
            feel::List list;
            for (const auto* item : part->elements())
                if (item->name == "item")
                    list.push_back(read_value(*item));
            return list;
        }
        if (part->name == "component") {
            has_components = true;
            context.set(part->attribute_or("name"), read_value(*part));
        }
    }
    return has_components ? Value(context) : Value();
}

// Numbers agree when they do to the eighth place: the TCK's own figures are rounded.
bool agree(const Value& expected, const Value& found)
{
    const auto a = expected.if_number();
    const auto b = found.if_number();
    if (a && b) {
        const auto gap = subtract(*a, *b);
        return gap && gap->absolute() <= *feel::Number::scaled(1, -8);
    }
    if (const auto* list = expected.if_list()) {
        const auto* other = found.if_list();
        return other != nullptr && list->size() == other->size() &&
               std::equal(list->begin(), list->end(), other->begin(), agree);
    }
    if (const auto* context = expected.if_context()) {
        const auto* other = found.if_context();
        return other != nullptr && context->size() == other->size() &&
               std::all_of(context->begin(), context->end(), [&](const auto& entry) {
                   const Value* match = other->find(entry.first);
                   return match != nullptr && agree(entry.second, *match);
               });
    }
    return feel::equal(expected, found) == true;
}

struct Count {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    std::set<std::string> failed_cases;
};

// The TCK names the output decisions of a service one by one.
const Value& wanted_part(const Value& found, const xml::Element& test, const std::string& result)
{
    const auto* outputs =
        test.attribute_or("type") == "decisionService" && test.attribute_or("invocableName") != result
            ? found.if_context()
            : nullptr;
    const Value* part = outputs == nullptr ? nullptr : outputs->find(result);
    return part == nullptr ? found : *part;
}

base::Result<dmn::Outcome>
run_case(const dmn::Model& model, const xml::Element& test, const std::string& result)
{
    feel::Context inputs;
    for (const auto* part : test.elements())
        if (part->name == "inputNode")
            inputs.set(part->attribute_or("name"), read_value(*part));
    const auto type = test.attribute_or("type", "decision");
    const auto invocable = test.attribute_or("invocableName");
    if (type != "bkm")
        return dmn::evaluate(
            model, type == "decisionService" && !invocable.empty() ? invocable : result, inputs
        );
    std::vector<Value> arguments;
    for (const auto* part : test.elements())
        if (part->name == "inputNode")
            arguments.push_back(read_value(*part));
    return dmn::invoke(model, invocable.empty() ? std::string_view(result) : invocable, arguments);
}

struct Verdict {
    bool passes = false;
    std::string detail;
    bool wants_java = false;

    std::string_view word() const { return passes ? "SUCCESS" : wants_java ? "IGNORED" : "ERROR"; }
};

Verdict judge(const dmn::Model& model, const xml::Element& test, const xml::Element& result)
{
    const std::string name(result.attribute_or("name"));
    Value expected;
    for (const auto* value : result.elements())
        if (value->name == "expected")
            expected = read_value(*value);
    const auto outcome = run_case(model, test, name);
    if (!outcome)
        return {.detail = outcome.error().detail};
    const Value& found = wanted_part(outcome->value, test, name);
    Verdict verdict{.passes = agree(expected, found), .detail = {}};
    verdict.detail = "expected " + feel::to_feel(expected) + " found " + feel::to_feel(found);
    for (const auto& problem : outcome->problems) {
        verdict.detail += "; " + problem.reason;
        verdict.wants_java =
            verdict.wants_java || problem.reason.find("functions outside FEEL (Java") != std::string::npos;
    }
    return verdict;
}

void print(const fs::path& path, const xml::Element& test, Verdict verdict, Count& count)
{
    const std::string folder =
        path.parent_path().parent_path().filename().string() + "/" + path.parent_path().filename().string();
    const std::string id(test.attribute_or("id"));
    (verdict.passes ? count.passed : verdict.wants_java ? count.skipped : count.failed) += 1;
    if (!verdict.passes && !verdict.wants_java)
        count.failed_cases.insert(folder + "," + path.stem().string() + "," + id);
    std::replace(verdict.detail.begin(), verdict.detail.end(), '"', '\'');
    std::replace(verdict.detail.begin(), verdict.detail.end(), '\n', ' ');
    std::cout << '"' << folder << "\",\"" << path.stem().string() << "\",\"" << id << "\",\""
              << verdict.word() << "\",\"" << (verdict.passes ? "" : verdict.detail) << "\"\n";
}

void run_file(const fs::path& path, Count& count)
{
    const auto document = xml::parse(read_file(path));
    if (!document || document->root.name != "testCases")
        return;
    std::string model_name;
    for (const auto* part : document->root.elements())
        if (part->name == "modelName")
            model_name = part->text();
    std::vector<dmn::Source> sources{{model_name, read_file(path.parent_path() / model_name)}};
    for (const auto& entry : fs::directory_iterator(path.parent_path()))
        if (entry.path().extension() == ".dmn" && entry.path().filename() != model_name)
            sources.push_back({entry.path().filename().string(), read_file(entry.path())});
    const auto model = dmn::Model::read(sources);
    for (const auto* test : document->root.elements()) {
        if (test->name != "testCase")
            continue;
        for (const auto* part : test->elements())
            if (part->name == "resultNode")
                print(
                    path,
                    *test,
                    model ? judge(*model, *test, *part) : Verdict{.detail = model.error().detail},
                    count
                );
    }
}

// Writes the table of functions into a page anew.
int rebaseline(const fs::path& path)
{
    const std::string page = feel::with_function_table(read_file(path));
    std::ofstream(path, std::ios::binary) << page;
    return page.find(feel::function_table()) == std::string::npos ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--rebaseline")
        return rebaseline(argv[2]);
    Count count;
    std::set<std::string> gaps;
    std::vector<fs::path> files;
    for (int index = 1; index < argc; ++index) {
        if (std::string_view(argv[index]) == "--gaps" && index + 1 < argc) {
            gaps = conformance::read_gaps(argv[++index]);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(argv[index]))
            if (entry.path().extension() == ".xml")
                files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files)
        run_file(file, count);
    const bool is_good = conformance::keeps_to(gaps, count.failed_cases) && !files.empty();
    if (count.skipped > 0)
        std::cout << count.skipped << " skipped: they call methods of Java classes\n";
    std::cout << count.passed << " passed, " << count.failed << " failed\n";
    return is_good ? 0 : 1;
}
