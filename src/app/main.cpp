#include "app/check_command.hpp"
#include "app/client_commands.hpp"
#include "app/decision_commands.hpp"
#include "app/demo_command.hpp"
#include "app/process_commands.hpp"
#include "app/program.hpp"
#include "app/serving.hpp"
#include "app/settings.hpp"
#include "app/webhook_commands.hpp"

#include <iostream>

namespace {

constexpr app::Command commands[] = {
    {"serve",
     "serve [--config FILE] [--database URL] [--listen HOST:PORT] [--no-migrate]",
     "Serves the portal. URL is sqlite:PATH or postgresql://…; migrates on start unless told not to.",
     app::serve_command},
    {"demo",
     "demo [--data DIR] [--listen HOST:PORT]",
     "Serves the demo canton with the outside world beside it.",
     app::demo_command},
    {"migrate", "migrate --database URL", "Brings the schema to the newest version.", app::migrate_command},
    {"--help-settings",
     "--help-settings",
     "Lists every setting with default and sentence.",
     app::help_settings_command},
    app::check_command,
    app::client_add_command,
    app::client_rotate_command,
    app::client_off_command,
    app::client_list_command,
    app::webhook_add_command,
    app::webhook_list_command,
    app::webhook_remove_command,
    app::webhook_replay_command,
    app::feel_command,
    app::dmn_evaluate_command,
    app::bpmn_check_command,
    app::bpmn_run_command,
};

}  // namespace

int main(int count, char** values)
{
    const std::vector<std::string> arguments(values + 1, values + count);
    app::Streams streams{std::cin, std::cout, std::cerr};
    return app::run(arguments, commands, streams);
}
