#include "sandbox/control.hpp"

#include "base/date.hpp"
#include "kit/json/json.hpp"
#include "sandbox/payrexx_json.hpp"
#include "sandbox/residents.hpp"
#include "sandbox/switches.hpp"

#include <charconv>
#include <optional>

namespace sandbox {

namespace {

using http::Method;
using http::Request;
using http::Response;

Response refuse(int status, std::string_view title)
{
    return http::json(json::write(json::Object{{"title", title}, {"status", status}}), status);
}

Response shown(const json::Value& value)
{
    return http::json(json::write_pretty(value));
}

template <class Integer>
std::optional<Integer> integer_of(std::string_view text)
{
    Integer number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

json::Value account_json(const PayrexxBooks& books, const PayrexxInstance& account)
{
    json::Array gateways;
    for (const auto& [id, gateway] : account.gateways)
        gateways.push_back(gateway_json(books, account, gateway));
    json::Array transactions;
    for (const auto& [id, transaction] : account.transactions)
        transactions.push_back(transaction_json(account, transaction));
    return json::Object{
        {"name", account.name},
        {"webhookUrl", account.webhook_url},
        {"methods", json::Array(account.methods.begin(), account.methods.end())},
        {"switches", switches_json(account.switches)},
        {"gateways", std::move(gateways)},
        {"transactions", std::move(transactions)},
    };
}

void set_text(const json::Value& body, std::string_view member, std::string& text)
{
    if (const json::Value* found = body.find(member))
        text = found->string_or(text);
}

}  // namespace

Control::Control(Payrexx& payrexx, Registers& registers, Mailbox& mailbox)
    : payrexx_(payrexx), registers_(registers), mailbox_(mailbox), router_(routes())
{
}

std::vector<http::Route> Control::routes() const
{
    return {
        {Method::get,
         "/control/payrexx/{account}",
         [this](const Request& asked) { return show_account(asked); }},
        {Method::put,
         "/control/payrexx/{account}",
         [this](const Request& asked) { return change_account(asked); }},
        {Method::post,
         "/control/payrexx/{account}/transactions/{id}/{act}",
         [this](const Request& asked) { return change_transaction(asked); }},
        {Method::get,
         "/control/registers/{bfs}",
         [this](const Request& asked) { return show_register(asked); }},
        {Method::put,
         "/control/registers/{bfs}",
         [this](const Request& asked) { return change_register(asked); }},
        {Method::get,
         "/control/mails",
         [this](const Request& asked) { return shown(mailbox_.all(asked.query_value("to").value_or(""))); }},
        {Method::post,
         "/control/reset",
         [this](const Request&) {
             payrexx_.with_books([](PayrexxBooks& books) { books.reset(); });
             registers_.reset();
             mailbox_.reset();
             return http::empty(204);
         }},
    };
}

Response Control::show_account(const Request& request) const
{
    return payrexx_.with_books([&](PayrexxBooks& books) {
        const PayrexxInstance* account = books.find_instance(std::string(request.route_value("account")));
        return account == nullptr ? refuse(404, "There is no such account.")
                                  : shown(account_json(books, *account));
    });
}

Response Control::change_account(const Request& request) const
{
    const auto body = json::parse(request.body);
    if (!body || body->if_object() == nullptr)
        return refuse(422, "A JSON object is expected.");
    return payrexx_.with_books([&](PayrexxBooks& books) {
        const std::string name(request.route_value("account"));
        PayrexxInstance* account = books.find_instance(name);
        if (account == nullptr)
            account = &books.add_instance(name);
        if (const json::Value* wanted = body->find("switches")) {
            const auto parsed = parse_switches(*wanted, account->switches);
            if (!parsed)
                return refuse(422, parsed.error().detail);
            account->switches = *parsed;
        }
        set_text(*body, "apiKey", account->api_key);
        set_text(*body, "signingKey", account->signing_key);
        set_text(*body, "webhookUrl", account->webhook_url);
        const json::Value* methods = body->find("methods");
        if (const json::Array* list = methods == nullptr ? nullptr : methods->if_array()) {
            account->methods.clear();
            for (const json::Value& method : *list)
                account->methods.emplace_back(method.string_or());
        }
        return shown(account_json(books, *account));
    });
}

// What happens at Payrexx without us: its back office pays back, the bank is done, the payer complains.
Response Control::change_transaction(const Request& request) const
{
    const auto id = integer_of<std::int64_t>(request.route_value("id"));
    const auto act = request.route_value("act");
    const auto body = json::parse(request.body);
    return payrexx_.with_books([&](PayrexxBooks& books) {
        PayrexxInstance* account = books.find_instance(std::string(request.route_value("account")));
        if (account == nullptr || !id || !account->transactions.contains(*id))
            return refuse(404, "There is no such transaction.");
        PayrexxTransaction& transaction = account->transactions.at(*id);
        if (act == "refund") {
            const json::Value* amount = body ? body->find("amount") : nullptr;
            const auto rest = transaction.amount - transaction.refunded;
            if (!books.refund(
                    *account, transaction, amount == nullptr ? rest : amount->integer().value_or(0)
                ))
                return refuse(409, "So much cannot be paid back.");
        } else if (act == "settle") {
            books.settle(*account, transaction);
        } else if (act == "chargeback") {
            books.change(*account, transaction, "chargeback");
        } else {
            return refuse(404, "There are refund, settle and chargeback.");
        }
        return shown(transaction_json(*account, transaction));
    });
}

Response Control::show_register(const Request& request) const
{
    const auto bfs_number = integer_of<int>(request.route_value("bfs"));
    if (!bfs_number || *bfs_number < 1 || *bfs_number > 9999)
        return refuse(404, "A BFS number is expected.");
    json::Array calls;
    for (const RegisterCall& call : registers_.calls(*bfs_number))
        calls.push_back(json::Object{
            {"at", base::format_instant(call.at)},
            {"idempotencyKey", call.idempotency_key},
            {"reference", call.reference},
            {"status", call.status},
        });
    json::Array persons;
    for (const Resident& resident : registers_.residents(*bfs_number)) {
        json::Value person = resident_json(resident, *bfs_number);
        person.if_object()->append("note", resident.note);
        persons.push_back(std::move(person));
    }
    return shown(json::Object{
        {"mode", name_of(registers_.mode(*bfs_number))},
        {"calls", std::move(calls)},
        {"persons", std::move(persons)},
    });
}

Response Control::change_register(const Request& request) const
{
    const auto bfs_number = integer_of<int>(request.route_value("bfs"));
    const auto body = json::parse(request.body);
    const auto mode = body ? parse_register_mode(body->text_of("mode")) : std::nullopt;
    if (!bfs_number || !mode)
        return refuse(
            422,
            "A mode is expected: ok, slow, failing, nonsense, another_person, new_secret, refusing or down."
        );
    registers_.set_mode(*bfs_number, *mode);
    return http::empty(204);
}

}  // namespace sandbox
