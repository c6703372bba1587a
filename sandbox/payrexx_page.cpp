#include "sandbox/payrexx_page.hpp"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

using html::Data;

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> method_labels{{
    {"twint", "TWINT"},
    {"post-finance-pay", "PostFinance Pay"},
    {"visa", "Visa"},
    {"mastercard", "Mastercard"},
    {"american-express", "American Express"},
}};

std::string label_of(const std::string& method)
{
    const auto* const found =
        std::ranges::find(method_labels, method, &std::pair<std::string_view, std::string_view>::first);
    return found == method_labels.end() ? method : std::string(found->second);
}

// What the merchant allows among what the account has; all of it when nothing was restricted.
std::vector<std::string> offered(const PayrexxInstance& instance, const PayrexxGateway& gateway)
{
    std::vector<std::string> methods;
    for (const std::string& method : instance.methods)
        if (gateway.methods.empty() || std::ranges::find(gateway.methods, method) != gateway.methods.end())
            methods.push_back(method);
    return methods;
}

// The page that ends a visit: paid already, run out, left open, unknown.
http::Response end_page(const Pages& pages, std::string_view what, const std::string& back_url, int status)
{
    Data data;
    data.set(std::string(what), true).set("back_url", back_url);
    return pages.answer("sandbox/payment_end", data, status);
}

std::string amount_text(const PayrexxGateway& gateway)
{
    return html::show_money(html::Language::de, {gateway.amount, gateway.currency});
}

bool is_open(const PayrexxGateway& gateway)
{
    return gateway.status == "waiting" || gateway.status == "declined" || gateway.status == "cancelled";
}

http::Response payment_page(
    const Pages& pages, const PayrexxInstance& instance, const PayrexxGateway& gateway, bool lacks_method
)
{
    Data methods{html::List{}};
    for (const std::string& method : offered(instance, gateway))
        methods.push(Data().set("name", method).set("label", label_of(method)));
    Data data;
    data.set("merchant", instance.name)
        .set("purpose", gateway.purpose)
        .set("amount", amount_text(gateway))
        .set("reference", gateway.reference)
        .set("hash", gateway.hash)
        .set("methods", std::move(methods))
        .set("lacks_method", lacks_method);
    return pages.answer("sandbox/payment", data, lacks_method ? 422 : 200);
}

// The page when one cannot pay there (any more).
std::optional<http::Response>
find_obstacle(const PayrexxBooks& books, const Pages& pages, const PayrexxGateway* gateway)
{
    if (gateway == nullptr)
        return end_page(pages, "is_unknown", {}, 404);
    if (!is_open(*gateway))
        return end_page(pages, "is_paid", gateway->success_url, 200);
    if (books.has_run_out(*gateway))
        return end_page(pages, "has_run_out", gateway->failed_url, 410);
    return std::nullopt;
}

}  // namespace

http::Response show_payment_page(PayrexxBooks& books, const Pages& pages, const http::Request& request)
{
    const auto [instance, gateway] = books.find_page(request.query_value("payment").value_or(""));
    if (auto obstacle = find_obstacle(books, pages, gateway))
        return std::move(*obstacle);
    return payment_page(pages, *instance, *gateway, /*lacks_method=*/false);
}

http::Response take_payment(PayrexxBooks& books, const Pages& pages, const http::Request& request)
{
    const http::Fields form = request.form();
    const auto [instance, gateway] = books.find_page(http::find_field(form, "payment").value_or(""));
    if (auto obstacle = find_obstacle(books, pages, gateway))
        return std::move(*obstacle);
    const auto action = http::find_field(form, "action").value_or("");
    if (action == "leave")
        return end_page(pages, "was_left", {}, 200);

    const std::string method(http::find_field(form, "method").value_or(""));
    const auto methods = offered(*instance, *gateway);
    const bool has_chosen = std::ranges::find(methods, method) != methods.end();
    if (action == "cancel") {
        auto& attempt = books.add_transaction(*instance, *gateway, has_chosen ? method : "");
        books.change(*instance, attempt, "cancelled");
        return http::see_other(gateway->cancel_url);
    }
    if (!has_chosen)
        return payment_page(pages, *instance, *gateway, /*lacks_method=*/true);
    auto& attempt = books.add_transaction(*instance, *gateway, method);
    books.change(*instance, attempt, action == "decline" ? "declined" : "confirmed");
    return http::see_other(action == "decline" ? gateway->failed_url : gateway->success_url);
}

}  // namespace sandbox
