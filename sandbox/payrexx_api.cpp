#include "sandbox/payrexx_api.hpp"

#include "base/text.hpp"
#include "sandbox/payrexx_access.hpp"
#include "sandbox/payrexx_json.hpp"
#include "sandbox/php_form.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace sandbox {

namespace {

using http::Method;
using http::Response;

// One call, taken apart.
struct Call {
    PayrexxBooks& books;
    PayrexxInstance& instance;
    const http::Request& request;
    PayrexxPath path;
    PhpForm form;
};

std::optional<std::int64_t> integer_of(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

Response success(json::Value data)
{
    if (!data.if_array())
        data = json::Array{std::move(data)};
    return http::json(json::write(json::Object{{"status", "success"}, {"data", std::move(data)}}));
}

Response refuse(const Call& call, int status, std::string_view message)
{
    return payrexx_error(call.path.minor_version, status, message);
}

// Everything must be there in whole; a basket must add up to the amount.
std::optional<std::string> fault_in_order(const PhpForm& form)
{
    const auto amount = integer_of(form.text("amount"));
    if (!amount || *amount <= 0)
        return "The field amount is mandatory and must be a positive integer in cents.";
    const std::string currency = form.text("currency");
    if (currency.size() != 3)
        return "The field currency is mandatory.";
    const auto basket = form.rows("basket");
    std::int64_t sum = 0;
    for (const auto& row : basket) {
        const auto price = row.find("amount");
        const auto quantity = row.find("quantity");
        sum += (price == row.end() ? 0 : integer_of(price->second).value_or(0)) *
               (quantity == row.end() ? 1 : integer_of(quantity->second).value_or(1));
    }
    if (!basket.empty() && sum != *amount)
        return "The basket sum does not match the amount.";
    return std::nullopt;
}

Response create_gateway(Call& call)
{
    if (const auto fault = fault_in_order(call.form))
        return refuse(call, 400, *fault);
    PayrexxGateway wanted;
    wanted.reference = call.form.text("referenceId");
    wanted.amount = integer_of(call.form.text("amount")).value_or(0);
    wanted.currency = call.form.text("currency");
    wanted.purpose = call.form.text("purpose");
    wanted.language = call.form.text("language");
    wanted.methods = call.form.list("pm");
    wanted.fields = call.form.named_values("fields");
    wanted.success_url = call.form.text("successRedirectUrl");
    wanted.failed_url = call.form.text("failedRedirectUrl");
    wanted.cancel_url = call.form.text("cancelRedirectUrl");
    wanted.validity = std::chrono::minutes(integer_of(call.form.text("validity")).value_or(0));
    PayrexxGateway& made = call.books.add_gateway(call.instance, std::move(wanted));
    made.link =
        "http://" + std::string(call.request.header("host").value_or("localhost")) + "/?payment=" + made.hash;
    return success(gateway_json(call.books, call.instance, made));
}

Response answer_gateway(Call& call)
{
    if (call.request.method == Method::post)
        return create_gateway(call);
    const auto found = call.instance.gateways.find(call.path.id);
    if (found == call.instance.gateways.end())
        return refuse(call, 404, "No Gateway found with id " + std::to_string(call.path.id));
    const json::Value shown = gateway_json(call.books, call.instance, found->second);
    if (call.request.method == Method::delete_)
        call.instance.gateways.erase(found);
    else if (call.request.method != Method::get)
        return refuse(call, 405, "Method not allowed.");
    return success(shown);
}

// "2026-11-25 12:00:00", UTC.
std::string filter_time(base::Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
    const auto two = [](auto number) {
        const std::string text = std::to_string(number);
        return text.size() < 2 ? "0" + text : text;
    };
    const std::chrono::year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) +
           "-" + two(static_cast<unsigned>(date.day())) + " " + two(time.hours().count()) + ":" +
           two(time.minutes().count()) + ":" + two(time.seconds().count());
}

Response list_transactions(const Call& call)
{
    const auto after = call.request.query_value("filterDatetimeUtcGreaterThan");
    const auto before = call.request.query_value("filterDatetimeUtcLessThan");
    std::vector<const PayrexxTransaction*> chosen;
    for (const auto& [id, transaction] : call.instance.transactions) {
        const std::string time = filter_time(transaction.time);
        if ((!after || time > *after) && (!before || time < *before))
            chosen.push_back(&transaction);
    }
    std::ranges::stable_sort(chosen, {}, &PayrexxTransaction::time);
    if (call.request.query_value("orderByTime") == "DESC")
        std::ranges::reverse(chosen);
    const auto offset = integer_of(call.request.query_value("offset").value_or("0")).value_or(0);
    const auto limit = integer_of(call.request.query_value("limit").value_or("100")).value_or(100);
    json::Array shown;
    for (std::int64_t index = offset; index < offset + limit && index < std::ssize(chosen); ++index)
        shown.push_back(transaction_json(call.instance, *chosen[static_cast<std::size_t>(index)]));
    return success(std::move(shown));
}

Response refund_transaction(Call& call, PayrexxTransaction& transaction)
{
    const std::string asked = call.form.text("amount");
    const auto amount =
        asked.empty() ? transaction.amount - transaction.refunded : integer_of(asked).value_or(0);
    if (call.instance.switches.refunds == "refused" || !call.books.refund(call.instance, transaction, amount))
        return refuse(call, 400, "The transaction is not refundable.");
    return success(transaction_json(call.instance, transaction));
}

Response answer_transaction(Call& call)
{
    if (call.request.method == Method::get && call.path.id == 0)
        return list_transactions(call);
    const auto found = call.instance.transactions.find(call.path.id);
    if (found == call.instance.transactions.end())
        return refuse(call, 404, "No Transaction found with id " + std::to_string(call.path.id));
    if (call.request.method == Method::get)
        return success(transaction_json(call.instance, found->second));
    if (call.request.method == Method::post && call.path.act == "refund")
        return refund_transaction(call, found->second);
    return refuse(call, 405, "Method not allowed.");
}

Response answer_method(const Call& call)
{
    json::Value methods = methods_json(call.instance);
    if (call.path.id == 0)
        return success(std::move(methods));
    // One method is an object, not a list: an exception of the real interface.
    for (const json::Value& method : *methods.if_array())
        if (const json::Value* id = method.find("id"); id->integer() == call.path.id)
            return http::json(json::write(json::Object{{"status", "success"}, {"data", method}}));
    return refuse(call, 404, "No PaymentMethod found with id " + std::to_string(call.path.id));
}

}  // namespace

Response answer_payrexx_api(PayrexxBooks& books, const http::Request& request)
{
    const auto path = parse_payrexx_path(request.path);
    if (!path || path->minor_version > 16)
        return http::json(R"({"status":"error","message":"Version not found."})", 404);
    const auto name = request.query_value("instance");
    if (!name)
        return http::json(R"({"status":"error","message":"","reason":""})", 422);
    PayrexxInstance* instance = books.find_instance(std::string(*name));
    if (auto stopped = stop_at_firewall(books.now(), instance))
        return std::move(*stopped);
    if (instance == nullptr || !may_call(*instance, request))
        return payrexx_error(path->minor_version, 403, "The API secret is not correct.");

    Call call{books, *instance, request, *path, PhpForm(http::parse_form(request.body))};
    if (path->model == "SignatureCheck")
        return success(json::Object{{"id", 1}});
    if (path->model == "Gateway")
        return answer_gateway(call);
    if (path->model == "Transaction")
        return answer_transaction(call);
    if (path->model == "PaymentProvider")
        return success(providers_json(*instance));
    if (path->model == "PaymentMethod")
        return answer_method(call);
    return refuse(call, 404, "The model " + path->model + " does not exist.");
}

}  // namespace sandbox
