#include "features/ordering/program_orders.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/offers.hpp"

#include <stdexcept>

namespace ordering {

using base::ErrorKind;
using base::fail;
using base::Result;

Result<Submitted> ProgramOrders::place(const ProgramOrder& wanted)
{
    ProgramOrderRow row{wanted.client_id, crypto::sha256_hex(wanted.key), fingerprint_of(wanted), {}};
    const auto order = prepare_order(
        parts_.catalog, wanted.service_id, wanted.answers, wanted.language, row.client_id + "/" + row.key_hash
    );
    if (!order)
        return order.error();

    auto transaction = parts_.database.begin(wanted.tenant);
    ProgramOrderStore store(transaction);
    if (const auto earlier = store.find(row.client_id, row.key_hash))
        return repeat(transaction, *earlier, row.fingerprint);
    if (!parts_.offers.is_offered(transaction, wanted.service_id))
        return fail(ErrorKind::conflict, "ordering.not_offered");
    const auto opened = open_case(transaction, parts_.cases, parts_.runtime, *order);
    if (!opened.is_new) {  // the same call reached us at the same moment, and was first
        const auto first = store.find(row.client_id, row.key_hash);
        if (!first)
            throw std::runtime_error("case " + opened.opened_case.id.text + ": its order is missing");
        return repeat(transaction, *first, row.fingerprint);
    }
    row.case_id = opened.opened_case.id;
    const auto now = parts_.clock.now();
    store.add(row, now);
    parts_.cases.record(
        transaction, row.case_id, {now, "ordered_by_program", wanted.client_name, {}, /*is_public=*/true}
    );
    transaction.commit();
    return Submitted{opened.opened_case, opened.link_token, /*is_new=*/true};
}

Result<Submitted> ProgramOrders::repeat(
    sql::Transaction& transaction, const ProgramOrderRow& earlier, const std::string& fingerprint
)
{
    if (earlier.fingerprint != fingerprint)
        return fail(ErrorKind::conflict, "ordering.key_used");
    const auto known = parts_.cases.find(transaction, earlier.case_id);
    if (!known)
        throw std::runtime_error("case " + earlier.case_id.text + " is missing");
    const auto token = parts_.cases.add_link(transaction, known->id);
    transaction.commit();
    return Submitted{*known, token, /*is_new=*/false};
}

// Answers are personal: what is kept to compare them with cannot be guessed without our key.
std::string ProgramOrders::fingerprint_of(const ProgramOrder& order) const
{
    const json::Object ordered{
        {"service", order.service_id},
        {"language", html::code_of(order.language)},
        {"answers", order.answers},
    };
    return parts_.sealer.blind_index(json::write(ordered), "order.fingerprint");
}

}  // namespace ordering
