#pragma once

#include "app/command.hpp"

namespace app {

// `schalter check [DIR…]`: service packages, one line per finding. Without DIR: all folders below services/.
int check(Arguments arguments, Streams& streams);

inline constexpr Command check_command{
    "check",
    "check [DIR...]",
    "Checks service packages (standard: all in services/): texts, form, decisions, process, document, scenarios.",
    check};

}  // namespace app
