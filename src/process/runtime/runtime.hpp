#pragma once

#include "base/result.hpp"
#include "process/feel/evaluate.hpp"
#include "process/runtime/announcements.hpp"
#include "process/runtime/values.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {
class Random;
}
namespace sql {
class Database;
class Transaction;
}  // namespace sql

namespace runtime {

struct Options {
    std::string time_zone = "Europe/Zurich";  // of local times in models
    feel::Limits limits = {};                 // of each expression and decision
    std::chrono::milliseconds lock_time = std::chrono::minutes(5);
    std::size_t cached_states = 1000;
    std::size_t most_bytes = 1U << 20U;  // of one instance's state; more is refused as `invalid`
    // How long an instance that is over is kept with its trail, where its process does not say.
    std::chrono::milliseconds keep_for = std::chrono::days(90);
    // Where unexpected exceptions of workers are told: job type, instance, message.
    std::function<void(std::string_view type, const InstanceId& instance, std::string_view message)> report =
        {};
};

// Runs processes, durably. What an instance does in answer to a call (tasks, jobs, timers, the trail) is
// written in the caller's transaction, together with the caller's own rows: all of it or nothing.
// Each call serves the tenant of the transaction; processes deployed for `canton` serve every tenant.
// A call that is refused has changed nothing. Safe to share between threads.
class Runtime {
public:
    Runtime(sql::Database& database, const base::Clock& clock, base::Random& random, Options options = {});
    ~Runtime();

    // Makes a version of each process and decision whose file has changed; refuses all of it (`invalid`, the
    // detail names file, line and element) when one file cannot be run as it stands.
    base::Result<std::vector<Deployed>>
    deploy(sql::Transaction& transaction, std::span<const Resource> resources);

    // The newest version, the tenant's own before the canton's. `not_found` when there is no such process.
    // Returns when the process waits for something, or has ended. It belongs to the caller's trace
    // (base/trace.hpp), where there is one.
    base::Result<InstanceId> start(
        sql::Transaction& transaction,
        std::string_view process_id,
        std::string_view business_key,
        const Variables& variables
    );

    // That version, by its key.
    base::Result<InstanceId> start_version(
        sql::Transaction& transaction,
        std::string_view definition_key,
        std::string_view business_key,
        const Variables& variables
    );

    // What serves the tenant, in the order of the ids: of each its own before the canton's, the newest first.
    std::vector<Definition> definitions(sql::Transaction& transaction, const DefinitionFilter& filter) const;
    // Nothing finds the version any more; what it was stays with its history. What started it starts the one
    // before. `conflict` while instances run on it, `not_found` when it is not the tenant's own. Makes its
    // own transactions.
    base::Result<> remove_definition(const base::TenantId& tenant, std::string_view key);
    // The deployed file; nothing for an unknown key.
    std::optional<std::string> definition_file(sql::Transaction& transaction, std::string_view key) const;
    // By the newest version. `not_found` when there is no such decision, `invalid` when its inputs are wrong.
    base::Result<feel::Value>
    decide(sql::Transaction& transaction, std::string_view decision, const Variables& inputs) const;

    // Reaches, of each process, the one instance that waits for it with that key longest; when no instance
    // does, it waits for one until its time to live is over. Gives its key; `conflict` when a message of that
    // id is known, which then is ignored.
    base::Result<std::string> publish_message(sql::Transaction& transaction, const Message& message);

    // The same for those who wait now: gives the instance that it reached or started, the first of several.
    // `not_found` when nobody waits; then the transaction must not be committed.
    struct Correlated {
        std::string key;
        InstanceId instance;
    };
    base::Result<Correlated> correlate_message(sql::Transaction& transaction, const Message& message);

    // Reaches everything of this tenant that waits for the signal now, and starts what it starts. Gives the
    // signal a key.
    std::string
    broadcast_signal(sql::Transaction& transaction, std::string_view name, const Variables& variables);

    std::vector<Instance> find_instances(sql::Transaction& transaction, const InstanceFilter& filter) const;
    std::optional<Instance> find_instance(sql::Transaction& transaction, const InstanceId& id) const;
    // Of the process itself, also when it is over. The instance must exist, or std::logic_error.
    Variables variables(sql::Transaction& transaction, const InstanceId& id) const;
    std::vector<TrailEntry> trail(sql::Transaction& transaction, const InstanceId& id) const;
    // Of the process, or the own ones of an element that is active there.
    base::Result<> set_variables(
        sql::Transaction& transaction,
        const InstanceId& id,
        const Variables& variables,
        std::string_view who,
        std::int64_t element_number = 0
    );
    // `conflict` for an instance that another one called: that one is to be cancelled.
    base::Result<> cancel(sql::Transaction& transaction, const InstanceId& id, std::string_view who);

    // For operators. The instance must exist, or std::logic_error; nothing is active when it is over.
    std::vector<ActiveElement> active_elements(sql::Transaction& transaction, const InstanceId& id) const;
    // All that are or were there, in the order in which they came.
    std::vector<ElementInstance> element_instances(sql::Transaction& transaction, const InstanceId& id) const;
    std::vector<LocalVariables> local_variables(sql::Transaction& transaction, const InstanceId& id) const;
    // `not_found` for an element that the model does not have, `invalid` when nothing is active where
    // something is to end, or when it cannot be told in which scope an element is to begin.
    base::Result<> modify(
        sql::Transaction& transaction, const InstanceId& id, const Modification& wanted, std::string_view who
    );
    // Lets the instance go on in another version of its process. Gives all reasons against it, a sentence
    // each; with none it is done. A dry run changes nothing. `not_found` for an unknown version.
    base::Result<std::vector<std::string>> migrate(
        sql::Transaction& transaction,
        const InstanceId& id,
        int version,
        const MigrationPlan& plan,
        std::string_view who,
        bool is_dry_run = false
    );

    std::vector<Task> tasks(sql::Transaction& transaction, const TaskFilter& filter) const;
    std::optional<Task> find_task(sql::Transaction& transaction, const TaskId& id) const;
    // `conflict` when somebody else has it (the detail names them), `not_found` when it is over.
    base::Result<> claim_task(sql::Transaction& transaction, const TaskId& id, std::string_view who);
    base::Result<> release_task(sql::Transaction& transaction, const TaskId& id);
    base::Result<> update_task(sql::Transaction& transaction, const TaskId& id, const TaskChange& change);
    // `conflict` when somebody else has claimed it, `not_found` when it is over: two clerks, one is first.
    base::Result<> complete_task(
        sql::Transaction& transaction, const TaskId& id, const Variables& variables, std::string_view who
    );

    std::vector<Incident> incidents(sql::Transaction& transaction, std::size_t most = 100) const;
    std::optional<Incident> find_incident(sql::Transaction& transaction, const IncidentId& id) const;
    // Tries again what failed, with the variables as they are now.
    base::Result<>
    resolve_incident(sql::Transaction& transaction, const IncidentId& id, std::string_view who);

    // Workers in this program, by job type; before start_threads or run_due, one per type or
    // std::logic_error. A `Worker` runs outside of any transaction and may talk to the world. It may run
    // twice for one job (killed between its effect and the note of it): Job::id lets the other side recognise
    // it.
    using Worker = std::function<Answer(const Job&)>;
    void register_worker(std::string type, Worker worker);
    // Runs in the very transaction in which the process arrives at the job. When it answers `Failed` it must
    // not have written anything: what it wrote would be kept.
    using TransactionWorker = std::function<Answer(sql::Transaction&, const Job&)>;
    void register_worker_in_transaction(std::string type, TransactionWorker worker);

    // Those that wait or are worked on.
    std::vector<Job> jobs(sql::Transaction& transaction, const JobFilter& filter) const;
    // For workers outside of this program: locks up to `most` jobs of the type for `lock_time`.
    std::vector<Job> activate_jobs(
        sql::Transaction& transaction,
        std::string_view type,
        std::string_view worker,
        std::size_t most,
        std::chrono::milliseconds lock_time
    );
    // `not_found` when the job is done or gone.
    base::Result<> answer_job(sql::Transaction& transaction, const JobId& id, const Answer& answer);

    // More time for who works on it, counted from now; more attempts. `not_found` when it is done or gone.
    base::Result<> update_job(
        sql::Transaction& transaction,
        const JobId& id,
        std::optional<std::chrono::milliseconds> lock_time,
        std::optional<int> retries
    );
    // For those who wait outside: told when this program has a new job for a worker, or when an instance has
    // ended. What happened in other programs, and what time brings, tells nobody.
    std::unique_ptr<Announcements::Listener>
    listen_for_jobs(const base::TenantId& tenant, std::string_view type);
    std::unique_ptr<Announcements::Listener>
    listen_for_end(const base::TenantId& tenant, const InstanceId& id);

    // How much there is of all tenants. Needs a transaction across tenants.
    Load load(sql::Transaction& transaction) const;

    // Does due timers and jobs of registered workers, in this thread, at most `most` pieces of work, each in
    // its own transaction: a job, or some timers of one tenant. Says how many.
    std::size_t run_due(std::size_t most = 100);

    void start_threads(std::size_t threads);
    void stop();  // waits for the work under way

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace runtime
