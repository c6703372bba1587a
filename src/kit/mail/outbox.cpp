#include "kit/mail/outbox.hpp"

#include "base/ordered_id.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/jobs/queue.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/mail/outbox_store.hpp"
#include "kit/mail/packed_message.hpp"

#include <utility>

namespace mail {

namespace {

constexpr std::string_view job_kind = "mail.send";
constexpr std::string_view purpose = "mail.message";
constexpr std::chrono::days kept_after_settling{30};

// Mail of no municipality in particular (a login link) belongs to the canton.
base::TenantId tenant_of(const sql::Transaction& transaction)
{
    return transaction.tenant().text == "*" ? base::TenantId{"canton"} : transaction.tenant();
}

std::string owner_of(const base::TenantId& tenant, std::string_view id)
{
    return tenant.text + "/" + std::string(id);
}

}  // namespace

Outbox::Outbox(
    jobs::Queue& queue,
    const crypto::Sealer& sealer,
    const base::Clock& clock,
    base::Random& random,
    std::string host
)
    : queue_(queue), sealer_(sealer), clock_(clock), random_(random), host_(std::move(host))
{
}

base::Result<> Outbox::put(sql::Transaction& transaction, Message message)
{
    const auto id = base::ordered_id(clock_.now(), random_);
    message.id = id + "@" + host_;
    if (auto checked = check(message); !checked)
        return checked;

    const auto tenant = tenant_of(transaction);
    OutboxStore(transaction, tenant)
        .add(id, sealer_.seal(pack(message), purpose, owner_of(tenant, id)), clock_.now());
    queue_.enqueue(transaction, {.kind = std::string(job_kind), .payload = json::Object{{"id", id}}});
    return base::Done{};
}

void Outbox::register_jobs(jobs::Runner& runner, sql::Database& database, Sender& sender)
{
    runner.handle(std::string(job_kind), [this, &database, &sender](const jobs::Job& job) {
        return deliver(database, sender, job.tenant, job.payload.text_of("id"));
    });
    runner.every("mail.forget_settled", std::chrono::days(1), [this, &database] {
        auto transaction = database.begin_across_tenants();
        OutboxStore::forget_settled_before(transaction, clock_.now() - kept_after_settling);
        transaction.commit();
    });
}

base::Result<>
Outbox::deliver(sql::Database& database, Sender& sender, const base::TenantId& tenant, std::string_view id)
{
    std::optional<sql::Blob> sealed;
    {
        auto transaction = database.begin_read(tenant);
        sealed = OutboxStore(transaction, tenant).find_waiting(id);
    }
    if (!sealed)
        return base::Done{};  // an earlier attempt settled it
    const auto packed = sealer_.open(*sealed, purpose, owner_of(tenant, id));
    if (!packed)
        return packed.error();
    const auto message = unpack(*packed);
    if (!message)
        return base::fail(base::ErrorKind::invalid, "mail.unreadable", "a kept message expected");

    auto sent = sender.send(*message);
    if (!sent && sent.error().kind != base::ErrorKind::invalid)
        return sent;
    auto transaction = database.begin(tenant);
    OutboxStore(transaction, tenant)
        .settle(
            id,
            sent ? Settled::sent : Settled::refused,
            sent ? std::string() : sent.error().detail,
            clock_.now()
        );
    transaction.commit();
    return base::Done{};
}

std::vector<RefusedMail> Outbox::refused(sql::Transaction& transaction, std::size_t most) const
{
    return OutboxStore::refused(transaction, most);
}

}  // namespace mail
