#include "app/settings.hpp"

#include "app/outgoing.hpp"
#include "platform/connectors/settings.hpp"
#include "platform/documents/document_tasks.hpp"
#include "platform/identity/settings.hpp"
#include "platform/payments/settings.hpp"
#include "platform/webhooks/settings.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <map>
#include <ostream>

namespace app {

namespace {

constexpr base::Setting own_settings[] = {
    {"server.listen",
     "127.0.0.1:8080",
     "Where the portal listens, HOST:PORT; a proxy with TLS stands in front."},
    {"server.public_address",
     "http://localhost:8080",
     "The address people use, for links in mails and documents."},
    {"server.trusted_proxies", "127.0.0.1,::1", "Whose X-Forwarded-For and X-Forwarded-Proto are believed."},
    {"server.workers", "16", "Threads that answer requests which need the database."},
    {"server.metrics_listen",
     "127.0.0.1:9464",
     "Where /metrics answers, for Prometheus; empty for nowhere. Not for the public."},
    {"server.disk_reserve_mebibytes",
     "100",
     "With less left on the disk of an SQLite database, /health/ready says no."},
    {"server.access_log", "off", "'on' writes a line of JSON for each request to standard error."},
    {"server.contact",
     "mailto:security@localhost.example",
     "Whom to tell about a weakness; stands in /.well-known/security.txt."},
    {"database.url", "sqlite:data/schalter.db", "sqlite:PATH or postgresql://…"},
    {"database.connections", "16", "Connections to PostgreSQL that one program keeps at most."},
    {"catalog.directory", "services", "The folder with one folder per public service."},
    {"crypto.keys",
     "",
     "What seals personal data at rest: lines of 'id:64 hexadecimal digits', newest first.",
     true},
    {"crypto.csrf_key", "", "What ties forms to browsers; any long random text.", true},
    {"mail.smtp_address", "127.0.0.1:25", "The mail server that takes our messages."},
    {"mail.smtp_encryption", "required", "'required' (STARTTLS, or TLS on port 465) or 'none'."},
    {"mail.smtp_user", "", "Its user, empty for none."},
    {"mail.smtp_password", "", "Its password.", true},
    {"mail.sender", "schalter@localhost.example", "Who our mails come from."},
    {"process.threads", "2", "Threads that drive processes and their workers."},
    {"process.lock_time",
     "2m",
     "How long a step of a process may take before it is taken for dead and done again; longer than neighbours' "
     "patience."},
    {"process.mebibytes", "1", "How large one instance of a process may become, with its variables."},
    {"process.keep_for",
     "90d",
     "How long an instance that is over is kept with its trail, where its process does not say."},
    {"process.expression_steps",
     "10000000",
     "Parts that one expression or decision of a process may evaluate at most."},
    {"process.expression_depth",
     "2000",
     "How deep expressions may lie in each other, and functions recurse."},
    {"process.expression_mebibytes", "256", "What one expression or decision may make of texts and lists."},
    {"process.pattern_milliseconds", "50", "How long one match of a regular expression may take, about."},
    {"jobs.lock_time", "2m", "The same for mail, webhooks and other work in the background."},
    {"jobs.threads", "2", "Threads for mail, webhooks and other work in the background."},
};

std::map<std::string, std::string> environment()
{
    std::map<std::string, std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        const auto equals = line.find('=');
        if (line.starts_with("SCHALTER_") && equals != std::string_view::npos)
            variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return variables;
}

}  // namespace

std::vector<base::Setting> all_settings()
{
    std::vector<base::Setting> all;
    for (const auto& room :
         {payments::settings(),
          documents::settings(),
          connectors::settings(),
          webhooks::settings(),
          identity::settings(),
          outgoing_settings()})
        all.insert(all.end(), room.begin(), room.end());
    all.insert(all.end(), std::begin(own_settings), std::end(own_settings));
    return all;
}

base::Result<base::Settings> read_settings(const std::string& file)
{
    std::string text;
    if (!file.empty()) {
        std::ifstream stream(file);
        if (!stream)
            return base::fail(base::ErrorKind::invalid, "settings.unreadable", "cannot read '" + file + "'");
        text.assign(std::istreambuf_iterator<char>(stream), {});
    }
    return base::Settings::read(all_settings(), text, environment());
}

int help_settings_command(Arguments, Streams& streams)
{
    for (const auto& setting : all_settings()) {
        streams.out << setting.key << " = " << setting.standard << "\n    " << setting.sentence;
        if (setting.is_secret)
            streams.out << " Secret: better in a file named by " << setting.key << "_file.";
        streams.out << "\n";
    }
    return done;
}

}  // namespace app
