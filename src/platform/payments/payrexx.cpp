#include "platform/payments/payrexx.hpp"

#include "kit/crypto/hashing.hpp"
#include "platform/payments/payrexx_answers.hpp"

#include <algorithm>
#include <array>

namespace payments {

using base::ErrorKind;
using base::fail;
using base::Result;
using http::Method;

namespace {

// What residents may pay with, in the order of the page. Old accounts still have PostFinance's two former
// names; what an account does not have is left out.
constexpr std::array<std::string_view, 6> wanted_methods{
    "twint", "post-finance-pay", "post-finance-card", "post-finance-e-finance", "visa", "mastercard"};

constexpr std::chrono::minutes methods_stay{10};  // so long an account's list is believed

base::Error unclear(std::string detail)
{
    return fail(ErrorKind::unavailable, "payments.provider_unavailable", "Payrexx: " + std::move(detail));
}

// Lists need written indices: "pm=twint" and "pm[]=twint" are dropped by Payrexx without a word.
http::Fields form_of(const Demand& demand, const std::vector<std::string>& methods)
{
    http::Fields form{
        {"amount", std::to_string(demand.amount.minor)},
        {"currency", demand.amount.currency},
        {"purpose", demand.booking_text},
        {"referenceId", demand.reference},
        {"successRedirectUrl", demand.return_url},
        {"failedRedirectUrl", demand.return_url},
        {"cancelRedirectUrl", demand.return_url},
        {"skipResultPage", "1"},
        {"validity", std::to_string(demand.validity.count())},
        {"language", std::string(html::code_of(demand.language))},
    };
    for (std::size_t index = 0; index < methods.size(); ++index)
        form.emplace_back("pm[" + std::to_string(index) + "]", methods[index]);
    return form;
}

bool is_echoed(const json::Value& gateway, const Demand& demand, const std::vector<std::string>& methods)
{
    const json::Value* amount = gateway.find("amount");
    const json::Value* echoed = gateway.find("pm");
    const json::Array* list = echoed == nullptr ? nullptr : echoed->if_array();
    return amount != nullptr && amount->integer() == demand.amount.minor &&
           gateway.text_of("currency") == demand.amount.currency &&
           gateway.text_of("referenceId") == demand.reference && list != nullptr &&
           std::ranges::equal(*list, methods, {}, [](const json::Value& name) { return name.string_or(); });
}

}  // namespace

Payrexx::Payrexx(http::Client& client, const base::Clock& clock, PayrexxSettings settings)
    : client_(client), clock_(clock), settings_(std::move(settings))
{
}

Result<json::Value>
Payrexx::call(const Account& account, Method method, const std::string& path, const http::Fields& form)
{
    http::ClientRequest request;
    request.method = method;
    request.url = settings_.address + "/v" + settings_.version + "/" + path +
                  "?instance=" + http::percent_encode(account.instance);
    request.headers = {{"X-API-KEY", account.api_key}, {"Accept", "application/json"}};
    if (!form.empty()) {
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = http::write_form(form);
    }
    request.timeout = settings_.patience;
    const auto response = client_.send(request);
    if (!response)
        return unclear(response.error().detail);
    return open_envelope(*response);
}

Result<std::vector<std::string>> Payrexx::methods_of(const Account& account)
{
    {
        const std::lock_guard lock(mutex_);
        const auto known = methods_.find(account.instance);
        if (known != methods_.end() && clock_.now() < known->second.read_at + methods_stay)
            return known->second.names;
    }
    const auto providers = call(account, Method::get, "PaymentProvider/");
    if (!providers)
        return providers.error();
    const auto active = active_methods(*providers);
    std::vector<std::string> offered;
    for (const auto method : wanted_methods)
        if (std::ranges::find(active, method) != active.end())
            offered.emplace_back(method);
    if (offered.empty())
        return unclear("the account " + account.instance + " has none of our payment means switched on");
    const std::lock_guard lock(mutex_);
    methods_[account.instance] = {offered, clock_.now()};
    return offered;
}

Result<Gateway> Payrexx::start(const Account& account, const Demand& demand)
{
    const auto methods = methods_of(account);
    if (!methods)
        return methods.error();
    const auto data = call(account, Method::post, "Gateway/", form_of(demand, *methods));
    if (!data)
        return data.error();
    const json::Value* made = only_element(*data);
    if (made == nullptr || id_of(*made).empty())
        return unclear("a new gateway without an id");
    Gateway gateway{id_of(*made), std::string(made->text_of("link"))};
    const bool has_link = gateway.link.starts_with("https://") ||
                          (gateway.link.starts_with("http://") && settings_.address.starts_with("http://"));
    if (has_link && is_echoed(*made, demand, *methods))
        return gateway;
    // Nobody may pay on a page that is not the one we asked for. That it stays when this fails is harmless:
    // nobody has its link.
    static_cast<void>(withdraw(account, gateway.id));
    return unclear("the gateway differs from what was asked for");
}

Result<> Payrexx::withdraw(const Account& account, const std::string& gateway_id)
{
    const auto data = call(account, Method::delete_, "Gateway/" + gateway_id + "/");
    return data ? Result<>(base::Done{}) : data.error();
}

Result<std::vector<Reading>> Payrexx::read_gateway(const Account& account, const std::string& gateway_id)
{
    const auto data = call(account, Method::get, "Gateway/" + gateway_id + "/");
    if (!data)
        return data.error();
    const json::Value* gateway = only_element(*data);
    if (gateway == nullptr)
        return unclear("a gateway that is none");
    // The gateway lists its transactions without amounts paid back, so each is read on its own.
    std::vector<Reading> readings;
    for (const std::string& id : transactions_of_gateway(*gateway)) {
        auto reading = read_transaction(account, id);
        if (!reading)
            return reading.error();
        readings.push_back(std::move(*reading));
    }
    return readings;
}

Result<Reading> Payrexx::read_transaction(const Account& account, const std::string& transaction_id)
{
    const auto data = call(account, Method::get, "Transaction/" + transaction_id + "/");
    if (!data)
        return data.error();
    const json::Value* transaction = only_element(*data);
    return transaction == nullptr ? unclear("a transaction that is none") : parse_transaction(*transaction);
}

Result<> Payrexx::refund(const Account& account, const std::string& transaction_id, const base::Money& amount)
{
    const auto data = call(
        account,
        Method::post,
        "Transaction/" + transaction_id + "/refund",
        {{"amount", std::to_string(amount.minor)}}
    );
    return data ? Result<>(base::Done{}) : data.error();
}

bool Payrexx::is_signed(const Account& account, std::string_view body, std::string_view signature) const
{
    return !account.signing_key.empty() &&
           crypto::equal_in_constant_time(signature, crypto::hmac_sha256_hex(account.signing_key, body));
}

Result<Hint> Payrexx::read_webhook(std::string_view body) const
{
    return parse_webhook(body);
}

}  // namespace payments
