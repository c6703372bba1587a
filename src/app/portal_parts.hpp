#pragma once

#include "app/kept_pages.hpp"
#include "app/observation.hpp"
#include "app/portal.hpp"
#include "features/desk/desk.hpp"
#include "features/ordering/drafts.hpp"
#include "features/ordering/orders.hpp"
#include "features/ordering/wishes.hpp"
#include "kit/api/interface.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/html/pages.hpp"
#include "kit/html/problem.hpp"
#include "kit/html/texts.hpp"
#include "kit/http/guarded_client.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/http/router.hpp"
#include "kit/http/security.hpp"
#include "kit/http/signing_client.hpp"
#include "kit/http/tracing_client.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/mail/outbox.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/case_mail.hpp"
#include "platform/cases/cases.hpp"
#include "platform/cases/messages.hpp"
#include "platform/cases/ratings.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/clients/clients.hpp"
#include "platform/connectors/connectors.hpp"
#include "platform/documents/documents.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/address_change.hpp"
#include "platform/identity/breached_passwords.hpp"
#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/leaving.hpp"
#include "platform/identity/second_step.hpp"
#include "platform/identity/sessions.hpp"
#include "platform/identity/show.hpp"
#include "platform/payments/payments.hpp"
#include "platform/payments/payrexx.hpp"
#include "platform/tenancy/municipalities.hpp"
#include "platform/webhooks/webhooks.hpp"
#include "process/runtime/runtime.hpp"

namespace app {

// Refuses a number that would warn people who use their account now and then.
std::chrono::days account_unused_days(const base::Settings& settings);

// The rooms' objects, in the order in which they need each other; destroyed the other way round.
struct Portal::Parts {
    Parts(sql::Database& database, const base::Settings& settings, catalog::Catalog catalog, World world);

    // Which rooms do what when: jobs of processes, work in the background.
    void register_work();
    void register_account_work();
    void deploy_processes();
    std::vector<http::Route> all_routes();
    std::vector<http::Route> operation_routes();
    // The operations of /api/v1, of all rooms (portal_interface.cpp).
    std::unique_ptr<api::Interface> make_interface();
    // The route's answer, or the page that says what went wrong.
    http::Response answer(http::Request& request);
    http::Response guard(const http::Request& request, const std::function<http::Response()>& handler) const;
    http::Response complete(
        const std::shared_ptr<const http::Request>& request,
        const base::Stopwatch& watch,
        http::Response response
    );
    http::Response
    problem(const http::Request& request, html::ProblemKind kind, std::string incident = {}) const;
    http::Response our_fault(const http::Request& request, std::string_view what) const;
    // The database is away, or does not get through; it may be that the request was carried out.
    http::Response come_again(const http::Request& request, std::string_view what, bool may_be_done) const;
    void report(
        std::string_view where,
        std::string_view what,
        std::string_view trace_id = {},
        std::string_view incident = {}
    ) const;
    // Puts a mail into the outbox within the transaction.
    void post(sql::Transaction& transaction, std::string_view to, std::string subject, std::string body);
    json::Value orders_of(std::string_view email);
    std::string authority_name(const base::TenantId& tenant) const;
    std::string service_title(std::string_view id, html::Language language) const;

    sql::Database& database;
    const base::Settings& settings;
    World world;
    std::string public_address;
    html::Texts texts;
    html::Pages pages;
    crypto::Sealer sealer;
    std::vector<crypto::SigningKey> signing_keys;
    http::GuardedClient guarded_client;
    http::TracingClient client;
    http::SigningClient signing_client;
    tenancy::Municipalities municipalities;
    catalog::Catalog catalog;
    catalog::Offers offers;
    jobs::Queue queue;
    jobs::Runner runner;
    mail::Outbox outbox;
    runtime::Runtime runtime;
    clients::Clients api_clients;
    webhooks::Webhooks webhooks;
    cases::Cases cases;
    cases::CaseMail case_mail;
    cases::Messages messages;
    cases::Ratings ratings;
    documents::Documents documents;
    payments::Payrexx payrexx;
    payments::Payments payments;
    connectors::Connectors connectors;
    identity::Sessions sessions;
    identity::BreachedPasswords breached_passwords;
    identity::Accounts accounts;
    identity::SecondStep second_step;
    identity::Leaving leaving;
    identity::AddressChange address_change;
    http::RateLimiter attempts;
    identity::Show show;
    identity::Doorkeeper doorkeeper;
    ordering::Drafts drafts;
    ordering::Wishes wishes;
    ordering::Orders orders;
    desk::Desk desk;
    http::SecurityHeaders security;
    KeptPages kept;
    Observation observation;
    std::unique_ptr<api::Interface> interface;
    std::unique_ptr<http::Router> router;  // made last: its handlers refer to all of the above
};

}  // namespace app
