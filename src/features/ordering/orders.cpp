#include "features/ordering/orders.hpp"

#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/offers.hpp"
#include "process/runtime/runtime.hpp"

#include <stdexcept>

namespace ordering {

namespace {

using base::ErrorKind;
using base::fail;

std::string answer_of(const json::Object& answers, const std::string& key)
{
    const auto* answer = answers.find(key);
    return answer == nullptr ? std::string() : std::string(answer->string_or());
}

}  // namespace

Orders::Orders(
    sql::Database& database,
    const catalog::Catalog& catalog,
    const catalog::Offers& offers,
    Drafts& drafts,
    cases::Cases& cases,
    runtime::Runtime& runtime
)
    : database_(database), catalog_(catalog), offers_(offers), drafts_(drafts), cases_(cases),
      runtime_(runtime)
{
}

base::Result<Submitted> Orders::submit(const DraftId& id, std::string_view visitor, html::Language language)
{
    for (;;) {
        const auto draft = find(id, visitor);
        if (!draft)
            return fail(ErrorKind::not_found, "ordering.unknown_draft");
        if (draft->case_id)
            return known_case(*draft);
        // Whatever needs no writing is done before it is our turn to write.
        const auto order = prepare(*draft, language);
        if (!order)
            return order.error();

        auto transaction = database_.begin(draft->tenant);
        if (!drafts_.is_unchanged(transaction, *draft))
            continue;  // another tab saved or submitted it meanwhile: it is read again
        if (!offers_.is_offered(transaction, draft->service_id))
            return fail(ErrorKind::conflict, "ordering.not_offered");
        auto submitted = open_case(transaction, *draft, visitor, *order);
        transaction.commit();
        return submitted;
    }
}

std::optional<Draft> Orders::find(const DraftId& id, std::string_view visitor) const
{
    auto reading = database_.begin_read_across_tenants();
    return drafts_.find(reading, id, visitor);
}

base::Result<Orders::Order> Orders::prepare(const Draft& draft, html::Language language) const
{
    const auto* package = catalog_.find(draft.service_id);
    if (package == nullptr)
        return fail(ErrorKind::conflict, "ordering.not_offered");
    const auto& form = package->form;
    if (form.first_open_page(draft.answers) != nullptr)
        return fail(ErrorKind::invalid, "ordering.incomplete");
    auto answers = form.asked_only(draft.answers);
    auto order = feel::from_json(form.order_of(answers));
    const auto email = answer_of(answers, form.email_key());
    const auto date_of_birth = answer_of(answers, form.date_of_birth_key());
    return Order{
        {.service_id = draft.service_id,
         .language = language,
         .answers = std::move(answers),
         .email = email,
         .date_of_birth = date_of_birth,
         .order_key = draft.id.text},
        std::move(order),
    };
}

Submitted Orders::known_case(const Draft& draft)
{
    auto transaction = database_.begin(draft.tenant);
    auto known = cases_.find(transaction, *draft.case_id);
    if (!known)
        throw std::runtime_error("draft " + draft.id.text + ": its case is missing");
    const auto token = cases_.add_link(transaction, known->id);
    transaction.commit();
    return {*std::move(known), token, /*is_new=*/false};
}

Submitted Orders::open_case(
    sql::Transaction& transaction, const Draft& draft, std::string_view visitor, const Order& order
)
{
    auto opened = cases_.open(transaction, order.wanted);
    auto& opened_case = opened.opened_case;
    if (!opened.is_new)  // a second click reached us at the same moment, and was first
        return {opened_case, cases_.add_link(transaction, opened_case.id), /*is_new=*/false};
    const runtime::Variables variables{
        {"caseId", opened_case.id.text},
        {"reference", opened_case.reference},
        {"service", draft.service_id},
        {"municipality", std::stoi(draft.tenant.text)},
        {"language", html::code_of(order.wanted.language)},
        {"order", order.values},
    };
    const auto instance = runtime_.start(transaction, draft.service_id, opened_case.reference, variables);
    if (!instance)
        throw std::runtime_error(
            "the process of " + draft.service_id + " did not start: " + instance.error().detail
        );
    cases_.set_instance(transaction, opened_case.id, instance->text);
    opened_case.instance_id = instance->text;
    drafts_.mark_submitted(transaction, draft.id, opened_case.id);
    drafts_.grant(transaction, opened_case.id, visitor);
    return {opened_case, opened.link_token, /*is_new=*/true};
}

}  // namespace ordering
