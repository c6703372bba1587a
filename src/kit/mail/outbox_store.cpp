#include "kit/mail/outbox_store.hpp"

#include <utility>

namespace mail {

namespace {

constexpr sql::Statement insert_mail{
    "INSERT INTO outgoing_mails (tenant_id, id, state, message, reason, created_at) "
    "VALUES (:tenant_id, :id, 'waiting', :message, '', :now)"};
constexpr sql::Statement select_waiting{
    "SELECT message FROM outgoing_mails WHERE tenant_id = :tenant_id AND id = :id AND state = 'waiting'"};
constexpr sql::Statement update_settled{
    "UPDATE outgoing_mails SET state = :state, message = NULL, reason = :reason, settled_at = :now "
    "WHERE tenant_id = :tenant_id AND id = :id AND state = 'waiting'"};
// Canton-wide: for operators.
constexpr sql::Statement select_refused{"SELECT tenant_id, id, reason, settled_at FROM outgoing_mails "
                                        "WHERE state = 'refused' ORDER BY settled_at DESC, id LIMIT :most"};
// Canton-wide: a sweep.
constexpr sql::Statement delete_settled{
    "DELETE FROM outgoing_mails WHERE state <> 'waiting' AND settled_at < :moment"};

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

}  // namespace

OutboxStore::OutboxStore(sql::Transaction& transaction, base::TenantId tenant)
    : transaction_(transaction), tenant_(std::move(tenant))
{
}

void OutboxStore::add(std::string_view id, const sql::Blob& sealed_message, base::Instant now)
{
    transaction_.execute_one(
        insert_mail,
        {{"tenant_id", tenant_.text},
         {"id", std::string(id)},
         {"message", sealed_message},
         {"now", milliseconds(now)}}
    );
}

std::optional<sql::Blob> OutboxStore::find_waiting(std::string_view id)
{
    return transaction_.first(
        select_waiting,
        {{"tenant_id", tenant_.text}, {"id", std::string(id)}},
        [](const sql::Row& row) { return row.blob(0); }
    );
}

void OutboxStore::settle(std::string_view id, Settled how, std::string_view reason, base::Instant now)
{
    // Another attempt may have been faster: then there is no row left to change.
    transaction_.execute(
        update_settled,
        {{"tenant_id", tenant_.text},
         {"id", std::string(id)},
         {"state", std::string(how == Settled::sent ? "sent" : "refused")},
         {"reason", std::string(reason)},
         {"now", milliseconds(now)}}
    );
}

std::vector<RefusedMail> OutboxStore::refused(sql::Transaction& transaction, std::size_t most)
{
    return transaction
        .all(select_refused, {{"most", static_cast<std::int64_t>(most)}}, [](const sql::Row& row) {
            return RefusedMail{
                .tenant = {row.text(0)},
                .id = row.text(1),
                .reason = row.text(2),
                .at = base::Instant(std::chrono::milliseconds(row.integer(3))),
            };
        });
}

std::int64_t OutboxStore::forget_settled_before(sql::Transaction& transaction, base::Instant moment)
{
    return transaction.execute(delete_settled, {{"moment", milliseconds(moment)}});
}

}  // namespace mail
