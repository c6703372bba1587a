// `schalter feel` and `schalter dmn evaluate`, as the contracts have them.
#include "app/decision_commands.hpp"
#include "app/program.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace app;

namespace {

namespace fs = std::filesystem;

struct Answer {
    int code;
    std::string out;
    std::string error;
};

Answer call(
    int (*command)(Arguments, Streams&),
    const std::vector<std::string>& arguments,
    const std::string& input = {}
)
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream error;
    Streams streams{in, out, error};
    const int code = command(arguments, streams);
    return {code, out.str(), error.str()};
}

const std::string fee_model = testing::source_path("examples/decide/fee.dmn");

// Two models, of which one imports the other, in a folder of their own.
class Folder {
public:
    Folder()
    {
        std::string pattern = fs::temp_directory_path() / "schalter-models-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        write(
            "rates.dmn",
            "urn:rates",
            "",
            "<decision id=\"rate\" name=\"Rate\">" + literal("25") + "</decision>"
        );
        write(
            "fees.dmn",
            "urn:fees",
            "<import name=\"rates\" namespace=\"urn:rates\""
            " importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>",
            "<decision id=\"double\" name=\"Double\"><informationRequirement>"
            "<requiredDecision href=\"urn:rates#rate\"/></informationRequirement>" +
                literal("rates.Rate * 2") + "</decision>"
        );
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name) const { return path_ / name; }

private:
    static std::string literal(const std::string& text)
    {
        return "<literalExpression><text>" + text + "</text></literalExpression>";
    }

    void write(
        const std::string& name,
        const std::string& name_space,
        const std::string& imports,
        const std::string& rest
    ) const
    {
        std::ofstream(
            path_ / name
        ) << "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"d\""
             " name=\"d\" namespace=\"" +
                 name_space + "\">" + imports + rest + "</definitions>";
    }

    fs::path path_;
};

}  // namespace

TEST_CASE("an expression is evaluated with the context that comes in, and printed as JSON")
{
    const auto answer =
        call(evaluate_feel, {"Monthly Salary * 12", "--context", "-"}, R"({"Monthly Salary": 8000.50})");

    CHECK(answer.code == done);
    CHECK(answer.out == "96006.00\n");
    CHECK(answer.error.empty());
    CHECK(call(evaluate_feel, {"date(\"2026-11-28\") + duration(\"P1M\")"}).out == "\"2026-12-28\"\n");
}

TEST_CASE(
    "null through an error is printed with its reason, and what cannot be read is refused with its place"
)
{
    const auto divided = call(evaluate_feel, {"1 / 0"});
    CHECK(divided.code == done);
    CHECK(divided.out == "null\n");
    CHECK(divided.error.find("line 1, column 3: \"/\" has no result") == 0);

    const auto broken = call(evaluate_feel, {"1 +"});
    CHECK(broken.code == refused);
    CHECK(broken.error.find("line 1, column 4") == 0);
    CHECK(call(evaluate_feel, {}).code == wrong_usage);
    CHECK(call(evaluate_feel, {"1", "--context", "-"}, "[1]").error == "-: expected a JSON object\n");
}

TEST_CASE("a decision is explained by the rules that matched, and by the nearest miss where none did")
{
    const auto fee = call(
        evaluate_dmn,
        {fee_model, "--decision", "Fee", "--input", "-", "--explain"},
        R"({"copies": 3, "post": true})"
    );
    CHECK(fee.code == done);
    CHECK(fee.out.find(R"("result":46.20)") != std::string::npos);
    CHECK(fee.out.find(R"("matched":[3])") != std::string::npos);

    const auto missed = call(evaluate_dmn, {fee_model, "--input", "-", "--explain"}, R"({"copies": 2})");
    CHECK(missed.out.find(R"("result":null)") != std::string::npos);
    CHECK(missed.out.find(R"("nearest":[{"rule":2,"failed":[2]},)") != std::string::npos);
    CHECK(missed.error == "Fee: no rule matches\n");
}

TEST_CASE("a decision that is not there is refused with the names of those that are")
{
    const auto answer = call(evaluate_dmn, {fee_model, "--decision", "Price"});

    CHECK(answer.code == refused);
    CHECK(answer.error.find("there is no decision \"Price\"; there are: \"Fee\"") == 0);
}

TEST_CASE("models that a model imports are found beside it")
{
    const Folder folder;

    CHECK(call(evaluate_dmn, {folder.file("fees.dmn")}).out == "50\n");
    fs::remove(folder.file("rates.dmn"));
    CHECK(call(evaluate_dmn, {folder.file("fees.dmn")}).code == refused);
}
