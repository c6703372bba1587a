#include "runtime_bench.hpp"

#include "process/runtime/resources.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace bench {

namespace {

runtime::Resource process(const std::string& id, const std::string& content)
{
    return {
        id + ".bpmn",
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"bench\" targetNamespace=\"urn:bench\">"
        "<process id=\"" +
            id + "\" isExecutable=\"true\"><startEvent id=\"start\"/><endEvent id=\"end\"/>" + content +
            "</process></definitions>"};
}

std::string user_task(const std::string& id)
{
    return "<userTask id=\"" + id + "\" name=\"" + id +
           "\"><extensionElements><zeebe:userTask/></extensionElements></userTask>";
}

std::string service_task(const std::string& id)
{
    return "<serviceTask id=\"" + id + "\"><extensionElements><zeebe:taskDefinition type=\"" + id +
           "\"/></extensionElements></serviceTask>";
}

std::string timer(const std::string& id)
{
    return "<intermediateCatchEvent id=\"" + id +
           "\"><timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration></timerEventDefinition>"
           "</intermediateCatchEvent>";
}

std::string flow(const std::string& from, const std::string& to)
{
    return "<sequenceFlow id=\"" + from + "-" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to +
           "\"/>";
}

std::string row(const std::vector<std::string>& elements)
{
    std::string flows;
    for (std::size_t index = 0; index + 1 < elements.size(); ++index)
        flows += flow(elements[index], elements[index + 1]);
    return flows;
}

}  // namespace

const base::TenantId tenant{"4001"};

std::vector<runtime::Resource> models()
{
    std::string join = "<parallelGateway id=\"fork\"/><parallelGateway id=\"join\"/>" +
                       flow("start", "fork") + flow("join", "end");
    for (int branch = 0; branch < 16; ++branch) {
        const auto id = "ask" + std::to_string(branch);
        join += user_task(id) + flow("fork", id) + flow(id, "join");
    }
    return {
        process("one", user_task("ask") + row({"start", "ask", "end"})),
        process("two", user_task("ask") + user_task("check") + row({"start", "ask", "check", "end"})),
        process("joining", join),
        process("job", service_task("work") + row({"start", "work", "end"})),
        process(
            "jobs",
            service_task("work1") + service_task("work2") + service_task("work3") +
                row({"start", "work1", "work2", "work3", "end"})
        ),
        process("timer", timer("wait") + row({"start", "wait", "end"})),
    };
}

double per_second(int times, const std::function<void(int number, int caller)>& work)
{
    std::atomic<int> next = 0;
    std::mutex mutex;
    std::exception_ptr thrown;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int caller = 0; caller < callers; ++caller)
            threads.emplace_back([&, caller] {
                try {
                    for (int number = next++; number < times; number = next++)
                        work(number, caller);
                } catch (...) {
                    const std::lock_guard lock(mutex);
                    thrown = std::current_exception();
                }
            });
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (thrown)
        std::rethrow_exception(thrown);
    return times / took.count();
}

Engine::Engine(const std::string& url, const base::Clock& clock)
    : database_(url, {.connections = callers}), runtime_(database_, clock, random_)
{
    database_.migrate(runtime::resources::migrations());
    auto transaction = database_.begin(tenant);
    if (const auto deployed = runtime_.deploy(transaction, models()); !deployed)
        throw std::runtime_error(deployed.error().detail);
    transaction.commit();
}

runtime::InstanceId Engine::start(std::string_view process)
{
    runtime::InstanceId id;
    database_.write(tenant, [&](sql::Transaction& transaction) {
        id = runtime_.start(
                         transaction, process, "AG-4001-ABCD-EFGH", {{"reference", "AG-4001-ABCD-EFGH"}}
        ).value();
    });
    return id;
}

bool Engine::complete(const runtime::TaskId& id)
{
    bool is_done = false;
    database_.write(tenant, [&](sql::Transaction& transaction) {
        is_done = static_cast<bool>(runtime_.complete_task(transaction, id, {{"ok", true}}, "Muster"));
    });
    return is_done;
}

std::vector<runtime::Task> Engine::tasks(const runtime::InstanceId& instance)
{
    auto transaction = database_.begin_read(tenant);
    return runtime_.tasks(transaction, {.instance = instance});
}

bool Engine::is_completed(const runtime::InstanceId& id)
{
    auto transaction = database_.begin_read(tenant);
    return runtime_.find_instance(transaction, id)->state == runtime::InstanceState::completed;
}

void Engine::run_due()
{
    while (runtime_.run_due() > 0) {
    }
}

Folder::Folder() : path_((std::filesystem::current_path() / "build" / "runtime-bench-XXXXXX").string())
{
    if (mkdtemp(path_.data()) == nullptr)
        throw std::runtime_error("cannot make " + path_);
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace bench
