#include "app/options.hpp"
#include "app/program.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

using namespace app;

namespace {

int greet(Arguments arguments, Streams& streams)
{
    if (arguments.size() != 1)
        return wrong_usage;
    streams.out << "Grüezi " << arguments[0];
    return done;
}

int fall(Arguments, Streams&)
{
    throw std::runtime_error("the disk is full");
}

constexpr Command commands[] = {
    {"greet", "greet NAME", "Greets somebody.", greet},
    {"bpmn fall", "bpmn fall", "Falls.", fall},
};

struct Outcome {
    int code;
    std::string out;
    std::string error;
};

Outcome call(const std::vector<std::string>& arguments)
{
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream error;
    Streams streams{in, out, error};
    const int code = run(arguments, commands, streams);
    return {code, out.str(), error.str()};
}

}  // namespace

TEST_CASE("a command runs with the arguments after its name")
{
    CHECK(call({"greet", "Ada"}).out == "Grüezi Ada");
}

TEST_CASE("every command explains itself, and so does the program")
{
    CHECK(call({"greet", "--help"}).out == "usage: schalter greet NAME\nGreets somebody.\n");
    CHECK(call({"--help"}).code == done);
    CHECK(call({"--help"}).out.find("schalter bpmn fall") != std::string::npos);
}

TEST_CASE("wrong usage ends with 2, our own fault with 70 and a sentence")
{
    CHECK(call({}).code == wrong_usage);
    CHECK(call({"dance"}).code == wrong_usage);
    CHECK(call({"greet"}).error == "usage: schalter greet NAME\n");
    CHECK(call({"bpmn", "fall"}).code == our_fault);
    CHECK(call({"bpmn", "fall"}).error == "schalter: the disk is full\n");
}

TEST_CASE("options take values in both forms, unknown ones are refused")
{
    const std::vector<std::string> arguments{"model.dmn", "--input", "a.json", "--decision=Fee", "--explain"};
    const std::vector<std::string_view> with_value{"input", "decision"};
    const std::vector<std::string_view> flags{"explain"};

    const auto options = Options::read(arguments, with_value, flags);

    REQUIRE(options);
    CHECK(options->words() == std::vector<std::string>{"model.dmn"});
    CHECK(options->value("input") == "a.json");
    CHECK(options->value("decision") == "Fee");
    CHECK(options->has("explain"));
    CHECK_FALSE(Options::read(std::vector<std::string>{"--inputs", "x"}, with_value, flags));
    CHECK_FALSE(Options::read(std::vector<std::string>{"--input"}, with_value, flags));
}
