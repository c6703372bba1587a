#pragma once

#include "app/command.hpp"

namespace app {

// `schalter client …`: programs of others that may use /v2, and their secrets (docs/workers.md).
int add_client(Arguments arguments, Streams& streams);
int rotate_client(Arguments arguments, Streams& streams);
int switch_off_client(Arguments arguments, Streams& streams);
int list_clients(Arguments arguments, Streams& streams);

inline constexpr Command client_add_command{
    "client add",
    "client add --database URL --tenant BFS --name NAME --scopes \"SCOPE…\"",
    "Lets a program use /v2 for an authority; prints its id and, once, its secret.",
    add_client};
inline constexpr Command client_rotate_command{
    "client rotate",
    "client rotate --database URL CLIENT",
    "Prints a new secret; the former one is taken for another day.",
    rotate_client};
inline constexpr Command client_off_command{
    "client off",
    "client off --database URL CLIENT",
    "Takes its secrets and tokens no longer.",
    switch_off_client};
inline constexpr Command client_list_command{
    "client list",
    "client list --database URL",
    "Lists the programs, their scopes and last use.",
    list_clients};

}  // namespace app
