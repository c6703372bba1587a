#include "sandbox/payrexx_books.hpp"

#include "kit/crypto/hashing.hpp"
#include "sandbox/payrexx_json.hpp"

#include <algorithm>
#include <utility>

namespace sandbox {

namespace {

constexpr std::chrono::seconds reorder_delay{2};

bool is_demo_instance(std::string_view name, std::string& municipality)
{
    constexpr std::string_view prefix = "gemeinde-";
    if (!name.starts_with(prefix))
        return false;
    municipality = name.substr(prefix.size());
    return municipality.size() == 4 &&
           std::ranges::all_of(municipality, [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

PayrexxBooks::PayrexxBooks(const base::Clock& clock, base::Random& random, std::string portal_address)
    : clock_(clock), random_(random), portal_address_(std::move(portal_address))
{
}

PayrexxInstance* PayrexxBooks::find_instance(const std::string& name)
{
    if (const auto found = instances_.find(name); found != instances_.end())
        return &found->second;
    std::string municipality;
    if (!is_demo_instance(name, municipality))
        return nullptr;
    PayrexxInstance& made = add_instance(name);
    made.api_key = "demo-api-" + municipality;
    made.signing_key = "demo-signing-" + municipality;
    made.webhook_url = portal_address_ + "/zahlung/payrexx/" + municipality;
    return &made;
}

PayrexxInstance& PayrexxBooks::add_instance(const std::string& name)
{
    PayrexxInstance& made = instances_[name];
    made.name = name;
    return made;
}

std::vector<std::string> PayrexxBooks::instance_names() const
{
    std::vector<std::string> names;
    for (const auto& [name, instance] : instances_)
        names.push_back(name);
    return names;
}

PayrexxGateway& PayrexxBooks::add_gateway(PayrexxInstance& instance, PayrexxGateway gateway)
{
    gateway.id = ++last_gateway_;
    gateway.hash = random_hex(32);
    gateway.created_at = clock_.now();
    return instance.gateways[gateway.id] = std::move(gateway);
}

std::pair<PayrexxInstance*, PayrexxGateway*> PayrexxBooks::find_page(std::string_view hash)
{
    for (auto& [name, instance] : instances_)
        for (auto& [id, gateway] : instance.gateways)
            if (gateway.hash == hash)
                return {&instance, &gateway};
    return {nullptr, nullptr};
}

bool PayrexxBooks::has_run_out(const PayrexxGateway& gateway) const
{
    return gateway.validity.count() > 0 && clock_.now() > gateway.created_at + gateway.validity;
}

PayrexxTransaction&
PayrexxBooks::add_transaction(PayrexxInstance& instance, PayrexxGateway& gateway, std::string method)
{
    PayrexxTransaction made;
    made.id = ++last_transaction_;
    made.uuid = random_hex(8);
    made.gateway_id = gateway.id;
    made.amount = gateway.amount;
    made.method = std::move(method);
    made.time = clock_.now();
    PayrexxTransaction& kept = instance.transactions[made.id] = std::move(made);
    change(instance, kept, "waiting");
    return kept;
}

void PayrexxBooks::change(PayrexxInstance& instance, PayrexxTransaction& transaction, std::string status)
{
    transaction.status = std::move(status);
    // After a failed attempt the page stays open for another one.
    const auto gateway = instance.gateways.find(transaction.gateway_id);
    if (gateway != instance.gateways.end() && transaction.status != "declined" &&
        transaction.status != "cancelled")
        gateway->second.status = transaction.status;
    announce(instance, transaction);
}

bool PayrexxBooks::refund(PayrexxInstance& instance, PayrexxTransaction& transaction, std::int64_t amount)
{
    const bool is_paid = transaction.status == "confirmed" || transaction.status == "partially-refunded";
    if (!is_paid || amount <= 0 || amount > transaction.amount - transaction.refunded)
        return false;
    transaction.refund_pending = amount;
    if (instance.switches.refunds == "pending")
        change(instance, transaction, "refund_pending");
    else
        settle(instance, transaction);
    return true;
}

void PayrexxBooks::settle(PayrexxInstance& instance, PayrexxTransaction& transaction)
{
    transaction.refunded += std::exchange(transaction.refund_pending, 0);
    change(
        instance, transaction, transaction.refunded == transaction.amount ? "refunded" : "partially-refunded"
    );
}

std::vector<PayrexxDelivery> PayrexxBooks::take_due()
{
    const auto now = clock_.now();
    std::ranges::stable_sort(deliveries_, {}, &PayrexxDelivery::due);
    const auto end =
        std::ranges::find_if(deliveries_, [&](const auto& delivery) { return delivery.due > now; });
    std::vector<PayrexxDelivery> due(
        std::make_move_iterator(deliveries_.begin()), std::make_move_iterator(end)
    );
    deliveries_.erase(deliveries_.begin(), end);
    return due;
}

void PayrexxBooks::reset()
{
    instances_.clear();
    deliveries_.clear();
}

void PayrexxBooks::announce(PayrexxInstance& instance, const PayrexxTransaction& transaction)
{
    if (instance.switches.lose || instance.webhook_url.empty())
        return;
    const json::Value news = webhook_json(instance, transaction);
    const bool is_form = instance.switches.webhook == "form";
    PayrexxDelivery delivery;
    delivery.instance = instance.name;
    delivery.url = instance.webhook_url;
    delivery.body = is_form ? php_form_of(news) : json::write(news);
    delivery.headers = {
        {"Content-Type", is_form ? "application/x-www-form-urlencoded" : "application/json"},
        {"X-Webhook-Signature", crypto::hmac_sha256_hex(instance.signing_key, delivery.body)},
    };
    if (instance.switches.tamper)
        delivery.body += is_form ? "&transaction%5Bstatus%5D=confirmed" : " ";
    delivery.due = clock_.now() + instance.switches.delay;
    if (instance.switches.reorder && transaction.status == "waiting")
        delivery.due += reorder_delay;
    for (int copy = 0; copy <= instance.switches.duplicates; ++copy)
        deliveries_.push_back(delivery);
}

std::string PayrexxBooks::random_hex(std::size_t length)
{
    std::vector<std::byte> bytes(length / 2);
    random_.fill(bytes);
    std::string text;
    for (const auto byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += digits[std::to_integer<unsigned>(byte) >> 4U];
        text += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return text;
}

}  // namespace sandbox
