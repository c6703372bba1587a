#include "process/runtime/deploy.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"
#include "kit/xml/xml.hpp"
#include "process/bpmn/timers.hpp"
#include "process/feel/evaluate.hpp"
#include "process/runtime/start_timer_store.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace runtime {

using base::Done;
using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// A part of a file that can be deployed.
struct Part {
    Deployed::Kind kind = Deployed::Kind::process;
    std::string id;
    std::string name;
    std::string version_tag = {};
    std::vector<StartRow> starts = {};
    std::vector<StartTimerRow> timers = {};
};

struct ReadFile {
    const Resource* resource = nullptr;
    std::string checksum;
    std::vector<Part> parts;
};

base::Error
refuse(const Resource& resource, int line, const std::string& element, const std::string& sentence)
{
    auto detail = resource.name;
    if (line > 0)
        detail += ':' + std::to_string(line);
    if (!element.empty())
        detail += " (" + element + ")";
    return fail(ErrorKind::invalid, "runtime.refused_model", detail + ": " + sentence);
}

// A name that is known before there is an instance: a text, or an expression that needs no variables.
std::string name_of(const bpmn::EventDefinition& event, const feel::Environment& environment)
{
    if (!event.name.expression)
        return event.name.text;
    const auto evaluated = feel::evaluate(*event.name.expression, feel::Context{}, environment);
    const auto* name = evaluated.value.if_string();
    return name == nullptr ? std::string() : *name;
}

// When a timer of that start event comes first; it is known before there are variables.
Result<StartTimerRow> plan_start(
    const Resource& resource,
    const bpmn::Node& node,
    const bpmn::EventDefinition& event,
    const feel::Environment& environment
)
{
    feel::Value value(event.timer.text);
    if (event.timer.expression)
        value = feel::evaluate(*event.timer.expression, feel::Context{}, environment).value;
    const auto plan = bpmn::plan_timer(event.timer_kind, value, environment.now, environment.zone);
    if (!plan)
        return refuse(
            resource,
            node.line,
            node.id,
            "the timer of a start event needs no variables: " + plan.error().detail
        );
    StartTimerRow timer;
    timer.element = node.id;
    timer.due = plan->due;
    timer.cycle = plan->cycle;
    timer.repetitions = plan->repetitions;
    return timer;
}

// What a new instance of the process can begin with, beside a call.
Result<> read_starts(
    const Resource& resource,
    const bpmn::Definition& process,
    const feel::Environment& environment,
    Part& part
)
{
    for (const auto index : process.instantiating()) {
        const auto& node = process.nodes.at(index);
        std::int64_t number = 0;
        for (const auto& event : node.events) {
            const auto here = number++;
            if (event.trigger == bpmn::Trigger::timer) {
                auto timer = plan_start(resource, node, event, environment);
                if (!timer)
                    return timer.error();
                timer->process_id = process.id;
                timer->part = here;
                part.timers.push_back(std::move(*timer));
                continue;
            }
            if (event.trigger != bpmn::Trigger::message && event.trigger != bpmn::Trigger::signal)
                return refuse(
                    resource,
                    node.line,
                    node.id,
                    "a process is started by a call, a message, a signal or a timer"
                );
            StartRow row{
                .process_id = process.id,
                .element = node.id,
                .part = here,
                .kind = event.trigger == bpmn::Trigger::message ? EventKind::message : EventKind::signal,
                .name = name_of(event, environment),
            };
            if (row.name.empty())
                return refuse(resource, node.line, node.id, "the name of a start event needs no variables");
            part.starts.push_back(std::move(row));
        }
    }
    return Done{};
}

Result<std::vector<Part>> read_processes(const Resource& resource, const feel::Environment& environment)
{
    const auto model = bpmn::read_model(resource.content);
    if (!model)
        return refuse(resource, 0, "", model.error().detail);
    for (const auto& finding : model->findings)
        if (finding.severity == bpmn::Severity::error)
            return refuse(resource, finding.line, finding.element, finding.sentence);
    if (model->processes.empty())
        return refuse(resource, 0, "", "an executable process expected, none found");

    std::vector<Part> parts;
    for (const auto& process : model->processes) {
        Part part{.id = process->id, .name = process->name, .version_tag = process->version_tag};
        if (const auto read = read_starts(resource, *process, environment, part); !read)
            return read.error();
        parts.push_back(std::move(part));
    }
    return parts;
}

// The model knows its decisions by name; processes call them by id.
Result<std::vector<Part>> read_decisions(const Resource& resource)
{
    const auto model = dmn::Model::read(resource.content);
    if (!model)
        return refuse(resource, 0, "", model.error().detail);
    for (const auto& finding : model->findings())
        if (finding.severity == dmn::Finding::Severity::error)
            return refuse(resource, finding.line, finding.element, finding.sentence);
    const auto document = xml::parse(resource.content);
    if (!document)
        return refuse(resource, 0, "", document.error().detail);

    std::vector<Part> parts;
    for (const auto* element : document->root.elements())
        if (element->name == "decision")
            parts.push_back(
                {.kind = Deployed::Kind::decision,
                 .id = std::string(element->attribute_or("id")),
                 .name = std::string(element->attribute_or("name"))}
            );
    if (parts.empty())
        return refuse(resource, 0, "", "a decision expected, none found");
    return parts;
}

// A form in the JSON of form-js; its content is for whoever shows it.
Result<std::vector<Part>> read_form(const Resource& resource)
{
    const auto form = json::parse(resource.content);
    if (!form)
        return refuse(resource, 0, "", form.error().detail);
    const std::string id(form->text_of("id"));
    if (id.empty())
        return refuse(resource, 0, "", "a form with an \"id\" expected");
    return std::vector<Part>{{.kind = Deployed::Kind::form, .id = id, .name = id}};
}

Result<std::vector<Part>> read_parts(const Resource& resource, const feel::Environment& environment)
{
    if (resource.name.ends_with(".bpmn"))
        return read_processes(resource, environment);
    if (resource.name.ends_with(".dmn"))
        return read_decisions(resource);
    if (resource.name.ends_with(".form"))
        return read_form(resource);
    return refuse(resource, 0, "", "a name ending in .bpmn, .dmn or .form expected");
}

Result<std::vector<ReadFile>>
read_all(std::span<const Resource> resources, const feel::Environment& environment)
{
    std::vector<ReadFile> files;
    std::set<std::pair<Deployed::Kind, std::string>> seen;
    for (const auto& resource : resources) {
        auto parts = read_parts(resource, environment);
        if (!parts)
            return parts.error();
        for (const auto& part : *parts)
            if (!seen.emplace(part.kind, part.id).second)
                return refuse(resource, 0, part.id, "the id stands in this deployment twice");
        files.push_back({&resource, crypto::sha256_hex(resource.content), std::move(*parts)});
    }
    return files;
}

// What starts the process from now on; nothing when `part` is.
void set_starts(
    sql::Transaction& transaction,
    const base::TenantId& tenant,
    const std::string& process_id,
    const Part* part
)
{
    DefinitionStore store(transaction);
    StartTimerStore timers(transaction);
    store.forget_starts(tenant, process_id);
    timers.forget(tenant, process_id);
    if (part == nullptr)
        return;
    for (auto timer : part->timers) {
        timer.tenant = tenant;
        timers.add(timer);
    }
    for (auto start : part->starts) {
        start.tenant = tenant;
        store.add_start(start);
    }
}

feel::Environment environment_of(const Parts& parts)
{
    return {.now = parts.clock.now(), .zone = parts.options.time_zone, .limits = parts.options.limits};
}

}  // namespace

Result<std::vector<Deployed>>
deploy(Parts& parts, sql::Transaction& transaction, std::span<const Resource> resources)
{
    const auto tenant = transaction.tenant();
    if (tenant.text == "*")
        throw std::logic_error("a model is deployed for one tenant, or for \"canton\"");
    auto files = read_all(resources, environment_of(parts));
    if (!files)
        return files.error();

    // Two deployments at once would both make the same next version.
    transaction.lock("deploy\n" + tenant.text);
    DefinitionStore store(transaction);
    std::vector<Deployed> deployed;
    for (const auto& file : *files) {
        store.add_resource(tenant, file.checksum, *file.resource);
        for (const auto& part : file.parts) {
            const auto newest = store.find_own(tenant, part.kind, part.id);
            const bool is_new = !newest || newest->checksum != file.checksum;
            const int version = is_new ? store.last_version(tenant, part.kind, part.id) + 1 : newest->version;
            const auto key = is_new ? parts.keys.make() : newest->key;
            deployed.push_back({part.kind, part.id, part.name, version, is_new, key, file.resource->name});
            if (!is_new)
                continue;
            store.add(
                {.tenant = tenant,
                 .kind = part.kind,
                 .id = part.id,
                 .version = version,
                 .name = part.name,
                 .checksum = file.checksum,
                 .version_tag = part.version_tag,
                 .deployed_at = parts.clock.now(),
                 .key = key}
            );
            if (part.kind == Deployed::Kind::process)
                set_starts(transaction, tenant, part.id, &part);
        }
    }
    transaction.after_commit([&parts] { parts.wake(); });
    return deployed;
}

Result<> remove_version(Parts& parts, sql::Transaction& transaction, const DefinitionRow& row)
{
    const auto tenant = transaction.tenant();
    transaction.lock("deploy\n" + tenant.text);
    DefinitionStore store(transaction);
    const auto newest = store.find_own(tenant, row.kind, row.id);
    store.remove(row, parts.clock.now());
    if (row.kind != Deployed::Kind::process || !newest || newest->version != row.version)
        return Done{};
    // What started it starts the version before it.
    const auto before = store.find_own(tenant, row.kind, row.id);
    if (!before) {
        set_starts(transaction, tenant, row.id, nullptr);
        return Done{};
    }
    const Resource file{row.id + ".bpmn", store.resource(tenant, before->checksum)};
    const auto read = read_processes(file, environment_of(parts));
    if (!read)
        return read.error();
    const auto part = std::ranges::find(*read, row.id, &Part::id);
    set_starts(transaction, tenant, row.id, part == read->end() ? nullptr : &*part);
    return Done{};
}

}  // namespace runtime
