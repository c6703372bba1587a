#include "app/announcements.hpp"

#include "kit/sql/database.hpp"
#include "platform/payments/payment_tasks.hpp"
#include "platform/webhooks/webhooks.hpp"

namespace app {

namespace {

void announce(
    webhooks::Webhooks& webhooks,
    sql::Transaction& transaction,
    const cases::Case& told,
    std::string_view what
)
{
    webhooks.announce(
        transaction,
        {.kind = "order." + std::string(what),
         .subject = told.reference,
         .data =
             json::Object{
                 {"authority", told.tenant.text},
                 {"service", told.service_id},
                 {"state", name_of(told.state)},
             }}
    );
}

}  // namespace

cases::AnnounceChange announce_changes(webhooks::Webhooks& webhooks)
{
    return [&webhooks](sql::Transaction& transaction, const cases::Case& changed, std::string_view what) {
        announce(webhooks, transaction, changed, what);
    };
}

payments::AnnouncePaid
announce_payments(runtime::Runtime& runtime, cases::Cases& cases, webhooks::Webhooks& webhooks)
{
    return [tell_process = payments::announce_to(runtime), &cases, &webhooks](
               sql::Transaction& transaction, const payments::Payment& paid, std::string_view transaction_uuid
           ) {
        const auto told = paid.amount.minor > 0 ? cases.find(transaction, paid.case_id) : std::nullopt;
        if (told)
            announce(webhooks, transaction, *told, "paid");
        tell_process(transaction, paid, transaction_uuid);
    };
}

}  // namespace app
