#pragma once

#include "base/settings.hpp"
#include "platform/documents/documents.hpp"
#include "process/runtime/values.hpp"

#include <chrono>
#include <functional>
#include <span>
#include <string>

namespace cases {
class Cases;
}
namespace catalog {
class Catalog;
}
namespace html {
class Texts;
}
namespace jobs {
class Runner;
}
namespace runtime {
class Runtime;
}
namespace sql {
class Database;
}
namespace tenancy {
class Municipalities;
}

namespace documents {

std::span<const base::Setting> settings();

// What the work of this room needs from the rest of the program. Everything outlives the runtime.
struct TaskParts {
    sql::Database& database;
    cases::Cases& cases;
    Documents& documents;
    const catalog::Catalog& catalog;
    const tenancy::Municipalities& municipalities;
    const html::Texts& texts;
    const base::Clock& clock;
    std::string public_address;  // "https://schalter.ag.ch", for the verification code
};

// Draws the document of the case's service and keeps it. It may run twice for one job: the second run finds
// the document of the first.
std::function<runtime::Answer(const runtime::Job&)> document_worker(const TaskParts& parts);

// The same as worker of job type `make-document`.
void register_workers(runtime::Runtime& runtime, const TaskParts& parts);

// Forgets contents older than `keep_for`, once a day.
void register_jobs(jobs::Runner& runner, const TaskParts& parts, std::chrono::seconds keep_for);

}  // namespace documents
