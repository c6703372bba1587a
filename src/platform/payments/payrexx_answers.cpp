#include "platform/payments/payrexx_answers.hpp"

#include "kit/http/request.hpp"

#include <algorithm>
#include <array>

namespace payments {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t longest_name = 100;  // of anything that identifies something

// Payrexx mixes hyphens and underscores; older accounts say "error" for what failed technically.
constexpr std::array<std::pair<std::string_view, Progress>, 16> statuses{{
    {"waiting", Progress::waiting},
    {"initiated", Progress::waiting},
    {"authorized", Progress::waiting},
    {"reserved", Progress::reserved},
    {"confirmed", Progress::paid},
    {"cancelled", Progress::cancelled},
    {"declined", Progress::declined},
    {"error", Progress::failed},
    {"expired", Progress::expired},
    {"uncaptured", Progress::expired},
    {"refund_pending", Progress::refunding},
    {"partially-refunded", Progress::partly_refunded},
    {"refunded", Progress::refunded},
    {"chargeback", Progress::disputed},
    {"disputed", Progress::disputed},
    {"insecure", Progress::disputed},
}};

Progress progress_of(std::string_view status)
{
    const auto found = std::ranges::find(statuses, status, &std::pair<std::string_view, Progress>::first);
    return found == statuses.end() ? Progress::unknown : found->second;
}

base::Error not_understood(std::string what)
{
    return fail(ErrorKind::unavailable, "payments.provider_unavailable", "Payrexx: " + std::move(what));
}

bool is_missing_thing(int status, std::string_view message)
{
    return status == 404 || (message.starts_with("No ") && message.find(" found") != std::string_view::npos);
}

base::Error refusal(int status, std::string_view message)
{
    const std::string detail = "Payrexx says " + std::to_string(status) + ": " + std::string(message);
    if (message == "The API secret is not correct." || status == 401)
        return fail(ErrorKind::forbidden, "payments.provider_unavailable", detail);
    if (is_missing_thing(status, message))
        return fail(ErrorKind::not_found, "payments.provider_unavailable", detail);
    constexpr int too_many_requests = 429;
    if (status >= 500 || status == too_many_requests)
        return fail(ErrorKind::unavailable, "payments.provider_unavailable", detail);
    return fail(ErrorKind::invalid, "payments.provider_refused", detail);
}

const json::Value& member(const json::Value& value, std::string_view name)
{
    static const json::Value nothing;
    const json::Value* found = value.find(name);
    return found == nullptr ? nothing : *found;
}

bool is_name(std::string_view text)
{
    return !text.empty() && text.size() <= longest_name;
}

Result<Hint> checked(Hint hint)
{
    const bool is_number =
        std::ranges::all_of(hint.transaction_id, [](char letter) { return letter >= '0' && letter <= '9'; });
    if (!is_name(hint.transaction_id) || !is_number || !is_name(hint.uuid) || !is_name(hint.status))
        return fail(
            ErrorKind::invalid,
            "payments.webhook_unreadable",
            "expected a transaction with id, uuid and status"
        );
    return hint;
}

}  // namespace

Result<json::Value> open_envelope(const http::Response& response)
{
    const auto body = json::parse(response.body);
    if (!body)
        return not_understood("status " + std::to_string(response.status) + " without JSON");
    const auto status = body->text_of("status");
    if (status == "error")
        return refusal(response.status, body->text_of("message"));
    const json::Value* data = body->find("data");
    if (status != "success" || data == nullptr || response.status >= 300)
        return not_understood("status " + std::to_string(response.status) + " without data");
    return *data;
}

const json::Value* only_element(const json::Value& data)
{
    const json::Array* list = data.if_array();
    return list != nullptr && list->size() == 1 ? &list->front() : nullptr;
}

std::string id_of(const json::Value& thing)
{
    const auto id = member(thing, "id").integer();
    return id && *id > 0 ? std::to_string(*id) : std::string();
}

Result<Reading> parse_transaction(const json::Value& transaction)
{
    const json::Value& invoice = member(transaction, "invoice");
    const auto amount = member(transaction, "amount").integer();
    std::string currency(invoice.text_of("currency", transaction.text_of("currency")));

    Reading reading;
    reading.transaction_id = id_of(transaction);
    reading.uuid = transaction.text_of("uuid");
    if (reading.transaction_id.empty() || !is_name(reading.uuid) || !amount || *amount < 0 ||
        currency.size() != 3)
        return not_understood("a transaction without id, uuid, amount or currency");
    reading.original_uuid = transaction.text_of("originalTransactionUuid");
    reading.reference = transaction.text_of("referenceId", invoice.text_of("referenceId"));
    reading.progress = progress_of(transaction.text_of("status"));
    reading.amount = {*amount, currency};
    reading.refunded = {member(invoice, "refundedAmount").integer().value_or(0), currency};
    if (reading.progress == Progress::refunded)
        reading.refunded = reading.amount;
    if (reading.refunded.minor < 0 || reading.refunded.minor > *amount)
        return not_understood("a transaction that paid back more than it has");
    reading.method = member(transaction, "payment").text_of("brand");
    reading.is_test = transaction.text_of("mode") == "TEST";
    return reading;
}

std::vector<std::string> transactions_of_gateway(const json::Value& gateway)
{
    std::vector<std::string> ids;
    const json::Array* invoices = member(gateway, "invoices").if_array();
    if (invoices == nullptr)
        return ids;
    for (const json::Value& invoice : *invoices)
        if (const json::Array* transactions = member(invoice, "transactions").if_array())
            for (const json::Value& transaction : *transactions)
                if (auto id = id_of(transaction); !id.empty())
                    ids.push_back(std::move(id));
    return ids;
}

std::vector<std::string> active_methods(const json::Value& providers)
{
    std::vector<std::string> methods;
    const json::Array* list = providers.if_array();
    if (list == nullptr)
        return methods;
    for (const json::Value& provider : *list)
        if (const json::Array* names = member(provider, "activePaymentMethods").if_array())
            for (const json::Value& name : *names)
                if (std::ranges::find(methods, name.string_or()) == methods.end())
                    methods.emplace_back(name.string_or());
    return methods;
}

Result<Hint> parse_webhook(std::string_view body)
{
    if (!body.starts_with('{')) {
        const auto fields = http::parse_form(body);
        const auto value = [&](std::string_view name) {
            return std::string(http::find_field(fields, name).value_or(""));
        };
        return checked({value("transaction[id]"), value("transaction[uuid]"), value("transaction[status]")});
    }
    const auto document = json::parse(body);
    if (!document)
        return fail(ErrorKind::invalid, "payments.webhook_unreadable", document.error().detail);
    const json::Value& transaction = member(*document, "transaction");
    return checked({
        id_of(transaction),
        std::string(transaction.text_of("uuid")),
        std::string(transaction.text_of("status")),
    });
}

}  // namespace payments
