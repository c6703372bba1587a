#pragma once

#include "app/command.hpp"

namespace app {

// `serve` with the demo canton's data under --data (default data/demo) and `schalter-sandbox` beside it.
int demo_command(Arguments arguments, Streams& streams);

}  // namespace app
