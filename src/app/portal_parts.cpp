#include "app/portal_parts.hpp"

#include "app/announcements.hpp"
#include "app/frame_pages.hpp"
#include "app/outgoing.hpp"
#include "app/resources.hpp"
#include "base/trace.hpp"
#include "features/orchestration/feature.hpp"
#include "features/ordering/feature.hpp"
#include "kit/http/access.hpp"
#include "kit/http/pause.hpp"
#include "platform/cases/case_tasks.hpp"
#include "platform/connectors/connector_tasks.hpp"
#include "platform/documents/document_tasks.hpp"
#include "platform/identity/cookies.hpp"
#include "platform/payments/payment_tasks.hpp"
#include "process/runtime/keys.hpp"

#include <iostream>
#include <stdexcept>

namespace app {

namespace {

using namespace std::chrono_literals;

crypto::Sealer make_sealer(const base::Settings& settings, base::Random& random)
{
    auto sealer = crypto::Sealer::from_keys(settings.text("crypto.keys"), random);
    if (!sealer)
        throw std::runtime_error("crypto.keys: " + sealer.error().detail);
    return std::move(*sealer);
}

std::string require_csrf_key(const base::Settings& settings)
{
    const auto& key = settings.text("crypto.csrf_key");
    if (key.size() < 16)
        throw std::runtime_error("crypto.csrf_key: needs a random text of at least 16 characters");
    return key;
}

std::int64_t number_in(const base::Settings& settings, std::string_view key, std::int64_t most)
{
    const auto number = settings.integer(key);
    if (number < 1 || number > most)
        throw std::runtime_error(
            std::string(key) + ": a number from 1 to " + std::to_string(most) + " expected, found " +
            settings.text(key)
        );
    return number;
}

feel::Limits limits_in(const base::Settings& settings)
{
    constexpr std::int64_t deepest = 5'000;  // what a thread's stack holds
    constexpr std::int64_t largest = 1'000'000'000'000;
    return {
        .steps = static_cast<std::uint64_t>(number_in(settings, "process.expression_steps", largest)),
        .depth = static_cast<std::uint32_t>(number_in(settings, "process.expression_depth", deepest)),
        .bytes = static_cast<std::uint64_t>(number_in(settings, "process.expression_mebibytes", 65'536))
                 << 20U,
        .regular_expression =
            static_cast<std::uint32_t>(number_in(settings, "process.pattern_milliseconds", 10'000)),
    };
}

std::string host_of(std::string_view address)
{
    const auto start = address.find("://");
    auto host = start == std::string_view::npos ? address : address.substr(start + 3);
    host = host.substr(0, host.find_first_of(":/"));
    return host == "localhost" ? "localhost.example" : std::string(host);
}

tenancy::Municipalities load_municipalities(sql::Database& database)
{
    auto transaction = database.begin_read(tenancy::canton_tenant());
    return tenancy::Municipalities::load(transaction);
}

payments::Rules payment_rules(const base::Settings& settings)
{
    const auto validity =
        std::chrono::duration_cast<std::chrono::minutes>(settings.duration("payments.link_validity"));
    return {validity, settings.is_on("payments.accept_test_payments")};
}

webhooks::Neighbourhood webhook_neighbourhood(const base::Settings& settings)
{
    return settings.is_on("webhooks.private_addresses") ? webhooks::Neighbourhood::private_too
                                                        : webhooks::Neighbourhood::public_only;
}

// The browser follows a redirect to the payment page after posting our form: its origin must be allowed.
http::PagePolicy page_policy(const base::Settings& settings)
{
    const auto& address = settings.text("payments.payrexx_address");
    http::PagePolicy policy;
    policy.form_targets = {"https://*.payrexx.com"};
    if (!address.ends_with(".payrexx.com"))
        policy.form_targets.push_back(address);
    return policy;
}

bool is_for_programs(const http::Request& request)
{
    return request.path.starts_with(std::string(api::address) + "/");
}

http::Response unknown_to_interface(const api::Interface& interface, const http::Request& request, int status)
{
    const bool is_other_method = status == 405;
    return interface.refuse(
        request,
        {.problem = is_other_method ? api::Problem::method_not_allowed : api::Problem::not_found,
         .sentence = is_other_method ? "" : "api.no_address"}
    );
}

}  // namespace

Portal::Parts::Parts(
    sql::Database& kept_in, const base::Settings& chosen, catalog::Catalog services, World outside
)
    : database(kept_in), settings(chosen), world(outside),
      public_address(chosen.text("server.public_address")), texts(all_texts()), pages(all_pages()),
      sealer(make_sealer(chosen, outside.random)), signing_keys(app::signing_keys(chosen, sealer)),
      guarded_client(outside.client, outside.clock, circuit_rules(chosen)),
      client(guarded_client, outside.random), signing_client(client, signing_keys.front(), outside.clock),
      municipalities(load_municipalities(kept_in)), catalog(std::move(services)), offers(outside.clock),
      queue(outside.clock, outside.random),
      runner(
          kept_in,
          queue,
          outside.clock,
          {std::chrono::milliseconds(chosen.duration("jobs.lock_time")),
           [this](std::string_view kind, const jobs::JobId&, std::string_view what) { report(kind, what); }}
      ),
      outbox(queue, sealer, outside.clock, outside.random, host_of(public_address)),
      runtime(
          kept_in,
          outside.clock,
          outside.random,
          {.limits = limits_in(chosen),
           .lock_time = chosen.duration("process.lock_time"),
           .most_bytes = static_cast<std::size_t>(chosen.integer("process.mebibytes")) << 20U,
           .keep_for = chosen.duration("process.keep_for"),
           .report =
               [this](std::string_view type, const runtime::InstanceId& id, std::string_view what) {
                   const auto& trace = base::current_trace();
                   report(type, what, trace.empty() && !id.text.empty() ? runtime::trace_id_of(id) : trace);
               }}
      ),
      api_clients(kept_in, outside.clock, outside.random),
      webhooks(
          {kept_in,
           outside.clock,
           outside.random,
           signing_client,
           queue,
           api_clients,
           public_address,
           webhook_neighbourhood(chosen),
           chosen.duration("webhooks.keep_for"),
           [this](std::string_view what) { report("webhooks", what); }}
      ),
      cases(outside.clock, outside.random, sealer, announce_changes(webhooks)),
      case_mail(
          {cases,
           texts,
           outbox,
           public_address,
           chosen.text("mail.sender"),
           [this](std::string_view id, html::Language language) { return service_title(id, language); },
           [this](const base::TenantId& tenant) { return authority_name(tenant); },
           [this](const base::TenantId& tenant) {
               const auto* municipality = municipalities.find_by_tenant(tenant);
               return municipality == nullptr ? std::string() : municipality->office.email;
           }}
      ),
      messages(outside.clock, sealer, cases, case_mail), ratings(outside.clock, sealer),
      documents(outside.clock, outside.random, sealer),
      payrexx(
          client,
          outside.clock,
          {chosen.text("payments.payrexx_address"), chosen.text("payments.payrexx_version")}
      ),
      payments(
          {kept_in,
           outside.clock,
           outside.random,
           sealer,
           payrexx,
           queue,
           cases,
           announce_payments(runtime, cases, webhooks),
           payment_rules(chosen)}
      ),
      connectors(
          {kept_in,
           outside.clock,
           sealer,
           signing_client,
           cases,
           std::chrono::milliseconds(chosen.duration("connectors.patience"))}
      ),
      sessions(kept_in, outside.clock, outside.random),
      breached_passwords(chosen.text("identity.breached_passwords")),
      accounts(kept_in, outside.clock, outside.random, sessions, breached_passwords),
      second_step(kept_in, outside.clock, outside.random, sealer, accounts),
      leaving(kept_in, outside.clock, outside.random, sessions, accounts, account_unused_days(chosen)),
      address_change(
          kept_in,
          outside.clock,
          outside.random,
          accounts,
          [this](sql::Transaction& transaction, const std::string& from, const std::string& to) {
              cases.change_email(transaction, from, to);
              drafts.change_account(transaction, from, to);
          }
      ),
      attempts({.burst = 10, .interval = 30s, .keys = 100000}, outside.clock), show(make_show(pages, texts)),
      doorkeeper(
          sessions,
          outside.clock,
          outside.random,
          require_csrf_key(chosen),
          {[this](const http::Request& request, const identity::Visit& visit) {
               return problem_response(pages, texts, request, visit, html::ProblemKind::session_expired);
           },
           [this](const http::Request& request, const identity::Visit& visit) {
               return problem_response(pages, texts, request, visit, html::ProblemKind::forbidden);
           }}
      ),
      drafts(outside.clock, outside.random, sealer), wishes(outside.clock),
      orders(kept_in, catalog, offers, drafts, cases, runtime),
      desk(kept_in, catalog, cases, messages, runtime, outside.clock), security(page_policy(chosen)),
      kept(outside.clock), observation(outside.clock, chosen.is_on("server.access_log"))
{
    observation.metrics().gauge(
        "schalter_open_circuits",
        "Neighbours that are left alone because they failed too often.",
        [this] { return static_cast<std::int64_t>(guarded_client.open_circuits()); }
    );
}

std::string Portal::Parts::authority_name(const base::TenantId& tenant) const
{
    const auto* municipality = municipalities.find_by_tenant(tenant);
    return municipality == nullptr ? tenant.text : municipality->name;
}

std::string Portal::Parts::service_title(std::string_view id, html::Language language) const
{
    const auto* package = catalog.find(id);
    return package == nullptr ? std::string(id) : package->service.in(language).title;
}

http::Response Portal::Parts::answer(http::Request& request)
{
    return guard(request, [&] {
        auto response = router->handle(request);
        const bool is_bare = response.body.empty() && !http::find_field(response.headers, "content-type");
        if (!is_bare || response.pause || (response.status != 404 && response.status != 405))
            return response;
        auto page = is_for_programs(request) ? unknown_to_interface(*interface, request, response.status)
                                             : problem(request, html::ProblemKind::not_found);
        page.status = response.status;
        if (const auto allowed = http::find_field(response.headers, "allow"))
            page.set("allow", std::string(*allowed));
        return page;
    });
}

// What is thrown on the way becomes the answer.
http::Response
Portal::Parts::guard(const http::Request& request, const std::function<http::Response()>& handler) const
{
    try {
        return handler();
    } catch (const sql::OutcomeUnknown& error) {
        return come_again(request, error.what(), /*may_be_done=*/true);
    } catch (const sql::ConnectionError& error) {
        return come_again(request, error.what(), /*may_be_done=*/false);
    } catch (const sql::ConflictError& error) {
        return come_again(request, error.what(), /*may_be_done=*/false);
    } catch (const std::exception& error) {
        return our_fault(request, error.what());
    }
}

// What every answer gets, the late one of a request that waits included.
http::Response Portal::Parts::complete(
    const std::shared_ptr<const http::Request>& request, const base::Stopwatch& watch, http::Response response
)
{
    if (response.pause) {
        auto& again = response.pause->again;
        again = [this, request, watch, ask = std::move(again)](bool is_last) {
            const base::TraceScope scope(request->trace_id);
            return complete(request, watch, guard(*request, [&] { return ask(is_last); }));
        };
        return response;
    }
    security.add_to(response, request->is_secure);
    kept.keep(*request, response);
    observation.note(*request, response, watch.elapsed());
    return response;
}

http::Response
Portal::Parts::problem(const http::Request& request, html::ProblemKind kind, std::string incident) const
{
    identity::Visit visit;
    visit.now = world.clock.now();
    visit.is_secure = request.is_secure;
    visit.language = identity::preferred_language(request);
    return problem_response(pages, texts, request, visit, kind, std::move(incident))
        .set("cache-control", "no-store");
}

http::Response Portal::Parts::our_fault(const http::Request& request, std::string_view what) const
{
    const std::string incident = base::random_code(world.random, 8);
    report(request.pattern, what, request.trace_id, incident);
    if (request.path.starts_with("/v2/"))
        return orchestration::fault(texts, request, incident);
    if (is_for_programs(request))
        return interface->refuse(request, {.problem = api::Problem::our_fault, .incident = incident});
    return problem(request, html::ProblemKind::broken, incident);
}

http::Response
Portal::Parts::come_again(const http::Request& request, std::string_view what, bool may_be_done) const
{
    report(request.pattern, what, request.trace_id);
    if (request.path.starts_with("/v2/"))
        return may_be_done ? orchestration::outcome_unknown(texts, request)
                           : orchestration::unavailable(texts, request);
    return problem(request, html::ProblemKind::maintenance).set("retry-after", "2");
}

// One line for the operator; paths and queries can carry names and stay out of it.
void Portal::Parts::report(
    std::string_view where, std::string_view what, std::string_view trace_id, std::string_view incident
) const
{
    std::cerr << http::fault_line({world.clock.now(), where, what, incident, trace_id}) + "\n" << std::flush;
}

void Portal::Parts::register_work()
{
    cases::register_tasks(runtime, {cases, world.clock, case_mail});
    payments::register_tasks(runtime, payments, catalog);
    payments.register_jobs(runner);
    connectors::register_tasks(runtime, connectors);
    const documents::TaskParts document_parts{
        database, cases, documents, catalog, municipalities, texts, world.clock, public_address};
    documents::register_workers(runtime, document_parts);
    documents::register_jobs(runner, document_parts, settings.duration("documents.keep_for"));
    ordering::register_jobs(runner, database, drafts, wishes);
    outbox.register_jobs(runner, database, world.sender);
    webhooks.register_jobs(runner);
    register_account_work();
    runner.every("clients.purge", 1h, [this] { api_clients.purge(); });
}

void Portal::Parts::deploy_processes()
{
    auto transaction = database.begin(tenancy::canton_tenant());
    for (const auto& package : catalog.packages()) {
        std::vector<runtime::Resource> resources;
        if (!package.process.empty())
            resources.push_back({package.process_path, package.process});
        if (!package.decisions.empty())
            resources.push_back({package.decisions_path, package.decisions});
        if (const auto deployed = runtime.deploy(transaction, resources); !deployed)
            throw std::runtime_error("service " + package.service.id + ": " + deployed.error().detail);
    }
    transaction.commit();
}

}  // namespace app
