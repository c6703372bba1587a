#pragma once

#include "app/command.hpp"
#include "base/settings.hpp"

#include <vector>

namespace app {

// Every setting of the program, the rooms' own first.
std::vector<base::Setting> all_settings();

// Reads the file (empty: none) and the environment. `detail` of the error says what is wrong and where.
base::Result<base::Settings> read_settings(const std::string& file);

int help_settings_command(Arguments arguments, Streams& streams);

}  // namespace app
