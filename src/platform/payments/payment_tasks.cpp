#include "platform/payments/payment_tasks.hpp"

#include "platform/catalog/catalog.hpp"
#include "process/runtime/runtime.hpp"

namespace payments {

namespace {

// The process waits when the money comes, or a moment later; a message that nobody fetches for so long is for
// an order that has ended.
constexpr std::chrono::hours message_waits{24 * 30};

std::string text_of(const runtime::Variables& variables, std::string_view name)
{
    const feel::Value* value = variables.find(name);
    const std::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string() : *text;
}

// Rappen; nothing when the process has not decided an amount.
std::optional<std::int64_t> fee_of(const runtime::Variables& variables)
{
    const feel::Value* value = variables.find("fee");
    const auto number = value == nullptr ? std::nullopt : value->if_number();
    const auto minor = number ? number->integer() : std::nullopt;
    return minor && *minor >= 0 ? minor : std::nullopt;
}

// "Hauptwohnsitzbescheinigung AG-4001-7K3M-9QXP": what stands on the payer's account statement.
std::string
booking_text(const catalog::Catalog& catalog, const NewPayment& payment, const std::string& service)
{
    const catalog::Package* package = catalog.find(service);
    const std::string name = package == nullptr ? service : package->service.in(payment.language).title;
    return name + " " + payment.reference;
}

runtime::Answer open_payment(
    sql::Transaction& transaction,
    const runtime::Job& job,
    Payments& payments,
    const catalog::Catalog& catalog
)
{
    const auto fee = fee_of(job.variables);
    NewPayment wanted;
    wanted.case_id = {text_of(job.variables, "caseId")};
    wanted.reference = text_of(job.variables, "reference");
    if (!fee || wanted.case_id.text.empty() || wanted.reference.empty())
        return runtime::Failed{"open-payment needs caseId, reference and fee (a whole number of Rappen)", 0};
    wanted.amount = {*fee, "CHF"};
    wanted.language = html::parse_language(text_of(job.variables, "language")).value_or(html::Language::de);
    wanted.booking_text = booking_text(catalog, wanted, text_of(job.variables, "service"));
    const Payment payment = payments.open(transaction, wanted);
    return runtime::Completed{{{"paymentId", payment.id.text}}};
}

runtime::Answer refund_payment(const runtime::Job& job, Payments& payments)
{
    const auto refunded =
        payments.refund(job.tenant, {text_of(job.variables, "caseId")}, "job:" + job.id.text);
    if (refunded)
        return runtime::Completed{{{"refunded", refunded->minor}}};
    if (refunded.error().kind == base::ErrorKind::conflict)
        return runtime::Failed{"the provider refuses to pay back; a person has to look", 0};
    return runtime::Failed{refunded.error().detail};
}

}  // namespace

void register_tasks(runtime::Runtime& runtime, Payments& payments, const catalog::Catalog& catalog)
{
    runtime.register_worker_in_transaction(
        "open-payment",
        [&](sql::Transaction& transaction, const runtime::Job& job) {
            return open_payment(transaction, job, payments, catalog);
        }
    );
    runtime.register_worker_in_transaction(
        "close-payment",
        [&](sql::Transaction& transaction, const runtime::Job& job) -> runtime::Answer {
            payments.close(transaction, {text_of(job.variables, "caseId")});
            return runtime::Completed{};
        }
    );
    runtime.register_worker("refund-payment", [&](const runtime::Job& job) {
        return refund_payment(job, payments);
    });
}

AnnouncePaid announce_to(runtime::Runtime& runtime)
{
    return [&runtime](sql::Transaction& transaction, const Payment& paid, std::string_view transaction_uuid) {
        // A payment that the provider tells twice is announced once.
        static_cast<void>(runtime.publish_message(
            transaction,
            {.name = "payment-confirmed",
             .correlation_key = paid.reference,
             .variables = {{"paid", paid.amount.minor}, {"paidWith", paid.method}},
             .id = std::string(transaction_uuid),
             .time_to_live = message_waits}
        ));
    };
}

}  // namespace payments
