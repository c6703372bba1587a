#include "platform/cases/cases.hpp"

#include "base/ordered_id.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/case_store.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace cases {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// "AG-4001-7K3M-9QXP": eight signs of 30, so that guessing one among all of a municipality is hopeless,
// and short enough for the phone.
std::string make_reference(base::Random& random, const base::TenantId& tenant)
{
    const std::string code = base::random_code(random, 8);
    return "AG-" + tenant.text + "-" + code.substr(0, 4) + "-" + code.substr(4);
}

}  // namespace

Cases::Cases(
    const base::Clock& clock, base::Random& random, const crypto::Sealer& sealer, AnnounceChange announce
)
    : clock_(clock), random_(random), sealer_(sealer), announce_(std::move(announce))
{
}

Opened Cases::open(sql::Transaction& transaction, const NewCase& wanted)
{
    CaseStore store(transaction, sealer_);
    if (auto before = store.find_by_order_key(wanted.order_key))
        return {std::move(*before), {}, false};

    Case opened;
    opened.tenant = transaction.tenant();
    opened.service_id = wanted.service_id;
    opened.language = wanted.language;
    opened.answers = wanted.answers;
    opened.email = wanted.email;
    opened.date_of_birth = wanted.date_of_birth;
    opened.created_at = opened.changed_at = clock_.now();
    constexpr int attempts = 5;  // two equal references in one municipality are a matter of 1 in 656 billion
    for (int attempt = 0; attempt < attempts; ++attempt) {
        opened.id = {base::ordered_id(opened.created_at, random_)};
        opened.reference = make_reference(random_, transaction.tenant());
        if (store.add(opened, wanted.order_key)) {
            store.add_event(opened.id, {opened.created_at, "received", "resident", {}, true});
            if (announce_)
                announce_(transaction, opened, "submitted");
            return {opened, add_link(transaction, opened.id), true};
        }
        // Another request with the same draft was faster: its case is ours.
        if (auto before = store.find_by_order_key(wanted.order_key))
            return {std::move(*before), {}, false};
    }
    throw std::runtime_error("no free reference found");
}

void Cases::set_instance(sql::Transaction& transaction, const CaseId& id, const std::string& instance_id)
{
    CaseStore(transaction, sealer_).set_instance(id, instance_id);
}

std::optional<Case> Cases::find(sql::Transaction& transaction, const CaseId& id) const
{
    return CaseStore(transaction, sealer_).find(id);
}

std::optional<Case> Cases::find_by_reference(sql::Transaction& transaction, std::string_view reference) const
{
    return CaseStore(transaction, sealer_).find_by_reference(reference);
}

std::optional<Case> Cases::find_by_link(sql::Transaction& transaction, std::string_view link_token) const
{
    return CaseStore(transaction, sealer_).find_by_link(crypto::hash_token(link_token));
}

std::vector<Case> Cases::of_email(sql::Transaction& transaction, std::string_view email) const
{
    return CaseStore(transaction, sealer_).of_email(email);
}

void Cases::change_email(sql::Transaction& transaction, std::string_view from, std::string_view to)
{
    CaseStore store(transaction, sealer_);
    for (auto& moved : store.of_email_locked(from)) {
        moved.email = to;
        store.set_email(moved);
    }
}

std::string Cases::add_link(sql::Transaction& transaction, const CaseId& id)
{
    std::string token = base::random_id(random_);
    CaseStore(transaction, sealer_).add_link(id, crypto::hash_token(token), clock_.now());
    return token;
}

Result<>
Cases::change_state(sql::Transaction& transaction, const CaseId& id, State target, std::string_view who)
{
    CaseStore store(transaction, sealer_);
    auto found = store.find(id);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    if (found->state == target)
        return base::Done{};
    if (!may_become(found->state, target)) {
        const std::string detail = "a case cannot go from " + std::string(name_of(found->state)) + " to " +
                                   std::string(name_of(target));
        return fail(ErrorKind::conflict, "cases.too_late", detail);
    }
    store.set_state(id, target, clock_.now());
    store.add_event(id, {clock_.now(), std::string(name_of(target)), std::string(who), {}, true});
    found->state = target;
    if (announce_)
        announce_(transaction, *found, name_of(target));
    return base::Done{};
}

void Cases::record(sql::Transaction& transaction, const CaseId& id, const Event& event)
{
    CaseStore(transaction, sealer_).add_event(id, event);
}

void Cases::keep_register_data(sql::Transaction& transaction, const CaseId& id, const json::Value& data)
{
    CaseStore(transaction, sealer_).set_register_data(id, data);
}

void Cases::correct_answers(
    sql::Transaction& transaction,
    const CaseId& id,
    const json::Value& answers,
    const std::string& date_of_birth,
    std::string_view who
)
{
    CaseStore store(transaction, sealer_);
    // Locked: the e-mail address is kept with what is corrected, and may change meanwhile.
    auto corrected = store.find_locked(id);
    if (!corrected)
        throw std::logic_error("a case that does not exist cannot be corrected");
    corrected->answers = answers;
    corrected->date_of_birth = date_of_birth;
    store.set_answers(*corrected, clock_.now());
    store.add_event(id, {clock_.now(), "corrected", std::string(who), {}, false});
}

Result<> Cases::take(sql::Transaction& transaction, const CaseId& id, std::string_view clerk)
{
    CaseStore store(transaction, sealer_);
    const auto found = store.find(id);
    if (!found)
        return fail(ErrorKind::not_found, "cases.unknown");
    if (found->handler == clerk)
        return base::Done{};
    if (!store.set_handler(id, clerk))
        return fail(ErrorKind::conflict, "cases.taken", found->handler.value_or(""));
    store.add_event(id, {clock_.now(), "taken", std::string(clerk), {}, false});
    return base::Done{};
}

std::vector<Event> Cases::history(sql::Transaction& transaction, const CaseId& id) const
{
    return CaseStore(transaction, sealer_).events(id);
}

Result<std::vector<CaseLine>> Cases::changes(sql::Transaction& transaction, const ChangeFilter& filter) const
{
    // All ids are greater than the empty one, so that a moment alone means everything at it and after it.
    base::Instant after = filter.since.value_or(base::Instant());
    std::string after_id;
    if (!filter.after.empty()) {
        const auto dot = filter.after.find('.');
        std::int64_t number = 0;
        const auto* end = filter.after.data() + std::min(dot, filter.after.size());
        const auto [stop, error] = std::from_chars(filter.after.data(), end, number);
        if (dot == std::string::npos || error != std::errc() || stop != end || number < 0)
            return fail(ErrorKind::invalid, "cases.unknown_mark");
        // A mark from before `since` leads to what `since` leads to.
        const base::Instant marked{std::chrono::milliseconds(number)};
        if (marked >= after) {
            after = marked;
            after_id = filter.after.substr(dot + 1);
        }
    }
    return CaseStore(transaction, sealer_).changes(filter, after, after_id);
}

Inbox Cases::inbox(sql::Transaction& transaction, const InboxFilter& filter) const
{
    return CaseStore(transaction, sealer_).inbox(filter);
}

}  // namespace cases
