#include "features/ordering/order.hpp"

#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "process/runtime/runtime.hpp"

#include <stdexcept>

namespace ordering {

using base::ErrorKind;
using base::fail;

namespace {

std::string answer_of(const json::Object& answers, const std::string& key)
{
    const auto* answer = answers.find(key);
    return answer == nullptr ? std::string() : std::string(answer->string_or());
}

}  // namespace

base::Result<Order> prepare_order(
    const catalog::Catalog& catalog,
    const std::string& service_id,
    const json::Object& answers,
    html::Language language,
    std::string key
)
{
    const auto* package = catalog.find(service_id);
    if (package == nullptr)
        return fail(ErrorKind::conflict, "ordering.not_offered");
    const auto& form = package->form;
    if (form.first_open_page(answers) != nullptr)
        return fail(ErrorKind::invalid, "ordering.incomplete");
    auto asked = form.asked_only(answers);
    auto order = feel::from_json(form.order_of(asked));
    const auto email = answer_of(asked, form.email_key());
    const auto date_of_birth = answer_of(asked, form.date_of_birth_key());
    return Order{
        {.service_id = service_id,
         .language = language,
         .answers = std::move(asked),
         .email = email,
         .date_of_birth = date_of_birth,
         .order_key = std::move(key)},
        std::move(order),
    };
}

cases::Opened
open_case(sql::Transaction& transaction, cases::Cases& cases, runtime::Runtime& runtime, const Order& order)
{
    auto opened = cases.open(transaction, order.wanted);
    if (!opened.is_new)
        return opened;
    auto& opened_case = opened.opened_case;
    const runtime::Variables variables{
        {"caseId", opened_case.id.text},
        {"reference", opened_case.reference},
        {"service", opened_case.service_id},
        {"municipality", std::stoi(transaction.tenant().text)},
        {"language", html::code_of(opened_case.language)},
        {"order", order.values},
    };
    const auto instance =
        runtime.start(transaction, opened_case.service_id, opened_case.reference, variables);
    if (!instance)
        throw std::runtime_error(
            "the process of " + opened_case.service_id + " did not start: " + instance.error().detail
        );
    cases.set_instance(transaction, opened_case.id, instance->text);
    opened_case.instance_id = instance->text;
    return opened;
}

}  // namespace ordering
