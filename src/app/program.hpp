#pragma once

#include "app/command.hpp"

#include <string>
#include <vector>

namespace app {

// Finds the command and runs it; answers --help for each, and usage mistakes with exit code 2.
// An exception that reaches this point is our fault: one line on `error`, exit code 70.
int run(const std::vector<std::string>& arguments, std::span<const Command> commands, Streams& streams);

}  // namespace app
