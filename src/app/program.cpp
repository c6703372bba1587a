#include "app/program.hpp"

#include <algorithm>
#include <exception>
#include <ostream>

namespace app {

namespace {

std::size_t words_of(std::string_view name)
{
    return static_cast<std::size_t>(std::ranges::count(name, ' ')) + 1;
}

// The command whose one or two words the arguments begin with.
const Command* find_command(const std::vector<std::string>& arguments, std::span<const Command> commands)
{
    for (const Command& command : commands) {
        std::string given = arguments.empty() ? "" : arguments[0];
        if (words_of(command.name) == 2 && arguments.size() > 1)
            given += " " + arguments[1];
        if (given == command.name)
            return &command;
    }
    return nullptr;
}

void list(std::span<const Command> commands, std::ostream& stream)
{
    stream << "schalter: the open service portal of a canton's municipalities\n\n";
    for (const Command& command : commands)
        stream << "  schalter " << command.usage << "\n      " << command.sentence << "\n";
}

}  // namespace

int run(const std::vector<std::string>& arguments, std::span<const Command> commands, Streams& streams)
{
    const Command* command = find_command(arguments, commands);
    const bool wants_help = std::ranges::find(arguments, "--help") != arguments.end();
    if (command == nullptr) {
        list(commands, wants_help ? streams.out : streams.error);
        return wants_help ? done : wrong_usage;
    }
    if (wants_help) {
        streams.out << "usage: schalter " << command->usage << "\n" << command->sentence << "\n";
        return done;
    }
    try {
        const int code = command->run(Arguments(arguments).subspan(words_of(command->name)), streams);
        if (code == wrong_usage)
            streams.error << "usage: schalter " << command->usage << "\n";
        return code;
    } catch (const std::exception& error) {
        streams.error << "schalter: " << error.what() << "\n";
        return our_fault;
    }
}

}  // namespace app
