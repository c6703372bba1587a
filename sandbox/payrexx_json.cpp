#include "sandbox/payrexx_json.hpp"

#include "base/date.hpp"
#include "kit/http/request.hpp"

namespace sandbox {

namespace {

constexpr std::int64_t psp_id = 44;
constexpr const char* psp_name = "Payrexx_Pay";

json::Array names(const std::vector<std::string>& texts)
{
    return {texts.begin(), texts.end()};
}

std::int64_t unix_seconds(base::Instant instant)
{
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

// "2026-10-01T09:36:07+00:00"
std::string time_text(base::Instant instant)
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(instant);
    std::string text = base::format_instant(base::Instant(whole));
    text.pop_back();
    return text + "+00:00";
}

json::Value payment_json(const PayrexxTransaction& transaction)
{
    return json::Object{{"brand", transaction.method}, {"wallet", nullptr}};
}

json::Value invoice_json(const PayrexxGateway& gateway, const PayrexxTransaction& transaction)
{
    const json::Object product{
        {"name", gateway.purpose},
        {"quantity", 1},
        {"amount", transaction.amount},
        {"sku", nullptr},
        {"vatRate", nullptr},
    };
    return json::Object{
        {"number", "payrexx_" + std::to_string(gateway.id)},
        {"currency", gateway.currency},
        {"products", json::Array{product}},
        {"discount", json::Object{}},
        {"shippingAmount", 0},
        {"totalAmount", transaction.amount},
        {"originalAmount", transaction.amount},
        {"refundedAmount", transaction.refunded},
        {"customFields", json::Array{}},
        {"referenceId", gateway.reference},
        {"paymentRequestId", gateway.id},
        {"paymentLink", json::Object{}},
    };
}

json::Value contact_json(const PayrexxGateway& gateway)
{
    json::Object contact{{"id", gateway.id}, {"uuid", gateway.hash.substr(0, 8)}};
    for (const auto& [theirs, field] : std::initializer_list<std::pair<const char*, const char*>>{
             {"title", "title"},
             {"firstname", "forename"},
             {"lastname", "surname"},
             {"company", "company"},
             {"street", "street"},
             {"zip", "postcode"},
             {"place", "place"},
             {"country", "country"},
             {"phone", "phone"},
             {"email", "email"},
             {"date_of_birth", "date_of_birth"}}) {
        const auto found = gateway.fields.find(field);
        contact.append(theirs, found == gateway.fields.end() ? "" : found->second);
    }
    contact.append("countryISO", "CH");
    return contact;
}

void flatten(const json::Value& value, const std::string& name, http::Fields& fields)
{
    if (const auto* object = value.if_object()) {
        for (const auto& [key, member] : *object)
            flatten(member, name.empty() ? key : name + "[" + key + "]", fields);
    } else if (const auto* array = value.if_array()) {
        for (std::size_t index = 0; index < array->size(); ++index)
            flatten((*array)[index], name + "[" + std::to_string(index) + "]", fields);
    } else if (const auto* text = value.if_string()) {
        fields.emplace_back(name, *text);
    } else if (const auto* number = value.if_number()) {
        fields.emplace_back(name, number->text);
    } else if (const auto* flag = value.if_bool()) {
        fields.emplace_back(name, *flag ? "1" : "0");
    } else {
        fields.emplace_back(name, "");
    }
}

}  // namespace

json::Value
gateway_json(const PayrexxBooks& books, const PayrexxInstance& instance, const PayrexxGateway& gateway)
{
    json::Array transactions;
    for (const auto& [id, transaction] : instance.transactions)
        if (transaction.gateway_id == gateway.id)
            transactions.push_back(transaction_json(instance, transaction));
    json::Array invoices;
    if (!transactions.empty())
        invoices.push_back(json::Object{
            {"number", "payrexx_" + std::to_string(gateway.id)},
            {"paymentRequestId", gateway.id},
            {"referenceId", gateway.reference},
            {"amount", gateway.amount},
            {"currency", gateway.currency},
            {"transactions", std::move(transactions)},
        });
    json::Object fields;
    for (const auto& [name, value] : gateway.fields)
        fields.append(name, json::Object{{"active", true}, {"value", value}});
    const bool has_run_out = gateway.status == "waiting" && books.has_run_out(gateway);
    return json::Object{
        {"id", gateway.id},
        {"hash", gateway.hash},
        {"status", has_run_out ? "expired" : gateway.status},
        {"referenceId", gateway.reference},
        {"amount", gateway.amount},
        {"currency", gateway.currency},
        {"createdAt", unix_seconds(gateway.created_at)},
        {"link", gateway.link},
        {"psp", json::Array{}},
        {"pm", names(gateway.methods)},
        {"invoices", std::move(invoices)},
        {"vatRate", nullptr},
        {"sku", nullptr},
        {"preAuthorization", false},
        {"applicationFee", nullptr},
        {"fields", std::move(fields)},
        {"requestId", nullptr},
    };
}

json::Value transaction_json(const PayrexxInstance& instance, const PayrexxTransaction& transaction)
{
    static const PayrexxGateway nobody;
    const auto found = instance.gateways.find(transaction.gateway_id);
    const PayrexxGateway& gateway = found == instance.gateways.end() ? nobody : found->second;
    const bool can_refund = transaction.status == "confirmed" || transaction.status == "partially-refunded";
    return json::Object{
        {"id", transaction.id},
        {"uuid", transaction.uuid},
        {"amount", transaction.amount},
        {"referenceId", gateway.reference},
        {"time", time_text(transaction.time)},
        {"status", transaction.status},
        {"lang", gateway.language},
        {"psp", psp_name},
        {"pspId", psp_id},
        {"mode", instance.switches.mode},
        {"type", "E-Commerce"},
        {"refundable", can_refund},
        {"partiallyRefundable", can_refund},
        {"payrexxFee", (transaction.amount * 13 + 999) / 1000},
        {"metadata", json::Object{}},
        {"instance", json::Object{{"name", instance.name}, {"uuid", instance.name}}},
        {"pageUuid", nullptr},
        {"originalTransactionUuid", nullptr},
        {"payment", payment_json(transaction)},
        {"invoice", invoice_json(gateway, transaction)},
        {"contact", contact_json(gateway)},
        {"subscription", nullptr},
    };
}

json::Value webhook_json(const PayrexxInstance& instance, const PayrexxTransaction& transaction)
{
    return json::Object{{"transaction", transaction_json(instance, transaction)}};
}

json::Value methods_json(const PayrexxInstance& instance)
{
    json::Array methods;
    int id = 0;
    for (const std::string& name : instance.methods) {
        const json::Object options{
            {"mode", instance.switches.mode},
            {"payment_types", json::Array{"one-time"}},
            {"currencies", json::Array{"CHF"}},
        };
        methods.push_back(json::Object{
            {"id", ++id},
            {"name", name},
            {"label", json::Object{{"de", name}}},
            {"logo", json::Object{}},
            {"options_by_psp", json::Object{{std::to_string(psp_id), options}}},
        });
    }
    return methods;
}

json::Value providers_json(const PayrexxInstance& instance)
{
    return json::Array{json::Object{
        {"id", psp_id},
        {"name", psp_name},
        {"paymentMethods", names(instance.methods)},
        {"activePaymentMethods", names(instance.methods)},
    }};
}

std::string php_form_of(const json::Value& value)
{
    http::Fields fields;
    flatten(value, {}, fields);
    return http::write_form(fields);
}

}  // namespace sandbox
