// `schalter check`: what is wrong in a service's folder is said with file and line.
#include "app/check_command.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

using namespace app;

namespace {

namespace fs = std::filesystem;

// What the command says of a folder; empty when it finds nothing.
std::string findings_in(const std::string& folder)
{
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    Streams streams{in, out, error};
    const std::vector<std::string> arguments{folder};
    const int code = check(arguments, streams);
    CHECK((code == done) == error.str().empty());
    CHECK((code == refused) == !error.str().empty());
    return error.str();
}

// A copy of the shipped service in which a test breaks something.
class Package {
public:
    Package()
    {
        std::string pattern = fs::temp_directory_path() / "schalter-package-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
        folder_ = root_ / "hauptwohnsitzbescheinigung";
        for (const auto* name :
             {"hauptwohnsitzbescheinigung", "blocks", "processes", "wording.json", "vocabulary.json"})
            fs::copy(
                testing::source_path("services/" + std::string(name)),
                root_ / name,
                fs::copy_options::recursive
            );
    }
    ~Package() { fs::remove_all(root_); }
    Package(const Package&) = delete;
    Package& operator=(const Package&) = delete;

    void replace(const std::string& file, std::string_view old_text, std::string_view new_text) const
    {
        std::ifstream in(folder_ / file);
        std::string text(std::istreambuf_iterator<char>(in), {});
        const auto at = text.find(old_text);
        REQUIRE(at != std::string::npos);
        text.replace(at, old_text.size(), new_text);
        std::ofstream(folder_ / file) << text;
    }

    void remove(const std::string& file) const { fs::remove(folder_ / file); }

    std::string findings() const { return findings_in(folder_.string()); }

private:
    fs::path root_;
    fs::path folder_;
};

bool contains(const std::string& text, std::string_view part)
{
    INFO(text);
    const bool is_there = text.find(part) != std::string::npos;
    CHECK(is_there);
    return is_there;
}

}  // namespace

TEST_CASE("the shipped services have no findings")
{
    CHECK(Package().findings().empty());
    CHECK(findings_in(testing::source_path("services")).empty());
}

TEST_CASE("a file that is no JSON is named with its line")
{
    const Package package;
    package.replace("form.json", "\"pages\": [", "\"pages\": [,");

    contains(package.findings(), "form.json:");
}

TEST_CASE("a question that lacks a language is named with file, line and place")
{
    const Package package;
    package.replace("form.json", "\"en\": \"Purpose\"", "\"en\": \"\"");

    const auto findings = package.findings();

    contains(findings, "form.json:");
    contains(findings, "label");
    contains(findings, "en");
}

TEST_CASE("a process that cannot be run, and one that does not do what its scenarios say, are found")
{
    const Package broken;
    broken.replace("process.bpmn", "=review.straightThrough", "=review.straightThrough +");
    contains(broken.findings(), "process.bpmn:");

    const Package different;
    different.replace("process.bpmn", "in (\"approve\", \"correct\")", "in (\"approve\")");
    contains(different.findings(), "scenarios/clerk_corrects.json");
}

TEST_CASE("a decision without a price and a document that cannot be drawn are found")
{
    const Package package;
    package.remove("decisions.dmn");
    contains(package.findings(), "decisions.dmn: it is paid online");

    const Package document;
    document.replace("document.json", "\"format\": \"document/1\"", "\"format\": \"document/9\"");
    contains(document.findings(), "document.json");
}

TEST_CASE("a decision that another service could take for its own is found")
{
    const Package package;
    package.replace("decisions.dmn", "decision id=\"hauptwohnsitzbescheinigung_fee\"", "decision id=\"fee\"");

    contains(package.findings(), "decisions.dmn:");
}

TEST_CASE("what services share is checked with them")
{
    const Package package;
    package.replace("../blocks/contact.json", "E-Mail-Adresse", "Strasse heisst nicht Straße");
    package.replace("../wording.json", "Füllen Sie das Feld", "Füllen Sie „das“ Feld");

    const auto findings = package.findings();

    contains(findings, "blocks/contact.json:");
    contains(findings, "wording.json:");
}

TEST_CASE("a folder without services is said to be one")
{
    contains(findings_in("/nowhere"), "/nowhere");
}

TEST_CASE("what is wrong with the shared words is said once, not for each service")
{
    const Package package;
    package.replace("../vocabulary.json", "\"responsible\"", "\"responsibel\"");

    const auto findings = package.findings();

    contains(findings, "vocabulary.json: responsibel");
    CHECK(std::ranges::count(findings, '\n') == 1);
}
