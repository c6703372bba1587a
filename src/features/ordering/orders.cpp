#include "features/ordering/orders.hpp"

#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/offers.hpp"
#include "process/runtime/runtime.hpp"

#include <stdexcept>

namespace ordering {

using base::ErrorKind;
using base::fail;

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
        const auto order =
            prepare_order(catalog_, draft->service_id, draft->answers, language, draft->id.text);
        if (!order)
            return order.error();

        auto transaction = database_.begin(draft->tenant);
        if (!drafts_.is_unchanged(transaction, *draft))
            continue;  // another tab saved or submitted it meanwhile: it is read again
        if (!offers_.is_offered(transaction, draft->service_id))
            return fail(ErrorKind::conflict, "ordering.not_offered");
        auto submitted = take(transaction, *draft, visitor, *order);
        transaction.commit();
        return submitted;
    }
}

std::optional<Draft> Orders::find(const DraftId& id, std::string_view visitor) const
{
    auto reading = database_.begin_read_across_tenants();
    return drafts_.find(reading, id, visitor);
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

Submitted
Orders::take(sql::Transaction& transaction, const Draft& draft, std::string_view visitor, const Order& order)
{
    const auto opened = open_case(transaction, cases_, runtime_, order);
    const auto& id = opened.opened_case.id;
    if (!opened.is_new)  // a second click reached us at the same moment, and was first
        return {opened.opened_case, cases_.add_link(transaction, id), /*is_new=*/false};
    drafts_.mark_submitted(transaction, draft.id, id);
    drafts_.grant(transaction, id, visitor);
    return {opened.opened_case, opened.link_token, /*is_new=*/true};
}

}  // namespace ordering
