#include "platform/identity/second_step.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/crypto/one_time_code.hpp"
#include "kit/crypto/sealer.hpp"
#include "platform/identity/account_link_store.hpp"
#include "platform/identity/account_store.hpp"
#include "platform/identity/second_step_store.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace identity {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::string_view secret_purpose = "account.code_secret";
constexpr std::int64_t most_wrong_codes = 20;
constexpr auto wrong_codes_count_for = std::chrono::hours(24);
constexpr int recovery_codes = 10;
constexpr std::size_t recovery_length = 20;  // 100 random bits

std::string owner_of(const AccountId& id)
{
    return "canton/" + id.text;
}

// As it was meant: "123 456" and "abcde-fghjk" have signs for the eye.
std::string without_gaps(std::string_view typed)
{
    std::string code;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-')
            continue;
        code += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return code;
}

std::string in_fives(std::string_view code)
{
    std::string text;
    for (std::size_t at = 0; at < code.size(); at += 5)
        text += (at == 0 ? "" : "-") + std::string(code.substr(at, 5));
    return text;
}

}  // namespace

SecondStep::SecondStep(
    sql::Database& database,
    const base::Clock& clock,
    base::Random& random,
    const crypto::Sealer& sealer,
    Accounts& accounts
)
    : database_(database), clock_(clock), random_(random), sealer_(sealer), accounts_(accounts)
{
}

void SecondStep::begin(const AccountId& id)
{
    std::array<std::byte, 20> secret{};
    random_.fill(secret);
    const std::string_view bytes(reinterpret_cast<const char*>(secret.data()), secret.size());

    auto transaction = database_.begin_across_tenants();
    const auto account = AccountStore(transaction).find_locked(id);
    if (!account || account->has_second_step)
        return;
    SecondStepStore(transaction).set_secret(id, sealer_.seal(bytes, secret_purpose, owner_of(id)));
    transaction.commit();
}

std::optional<std::string> SecondStep::secret_to_confirm(const AccountId& id)
{
    auto transaction = database_.begin_read_across_tenants();
    const auto kept = SecondStepStore(transaction).find_secret(id);
    return kept && !kept->is_confirmed ? std::optional(unseal(id, kept->sealed)) : std::nullopt;
}

Result<std::vector<std::string>>
SecondStep::confirm(const AccountId& id, std::string_view code, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    SecondStepStore store(transaction);
    if (!AccountStore(transaction).find_locked(id))
        return fail(ErrorKind::conflict, "identity.code_wrong");
    const auto kept = store.find_secret(id);
    if (!kept || kept->is_confirmed)
        return fail(ErrorKind::conflict, "identity.code_wrong");
    const auto step = matching_step(unseal(id, kept->sealed), without_gaps(code));
    if (!step || !store.use_step(id, *step))
        return fail(ErrorKind::invalid, "identity.code_wrong");
    store.confirm(id, clock_.now());
    auto codes = make_recovery_codes(transaction, id);
    accounts_.note(transaction, id, AccountEventKind::second_step_added, device);
    transaction.commit();
    return codes;
}

std::vector<std::string>
SecondStep::make_recovery_codes(sql::Transaction& across_tenants, const AccountId& id)
{
    SecondStepStore store(across_tenants);
    std::vector<std::string> shown;
    for (int number = 0; number < recovery_codes; ++number) {
        const auto code = base::random_code(random_, recovery_length);
        store.add_recovery_code(id, crypto::hash_token(code));
        shown.push_back(in_fives(code));
    }
    return shown;
}

std::int64_t SecondStep::recovery_codes_left(const AccountId& id)
{
    auto transaction = database_.begin_read_across_tenants();
    return SecondStepStore(transaction).unused_recovery_codes(id);
}

Result<> SecondStep::remove(const AccountId& id, std::string_view code, const Device& device)
{
    auto transaction = database_.begin_across_tenants();
    const auto account = AccountStore(transaction).find_locked(id);
    if (!account || !account->has_second_step)
        return base::Done{};
    const auto checked = check(transaction, id, code, device);
    if (checked) {
        SecondStepStore(transaction).remove(id);
        accounts_.note(transaction, id, AccountEventKind::second_step_removed, device);
    }
    transaction.commit();  // a wrong code is kept as well: it counts
    return checked;
}

std::optional<AccountId> SecondStep::find_waiting(std::string_view wait_token)
{
    auto transaction = database_.begin_read_across_tenants();
    const auto wait = SecondStepStore(transaction).find_wait(crypto::hash_token(wait_token));
    return wait && clock_.now() <= wait->expires_at ? std::optional(wait->account) : std::nullopt;
}

Result<Entry> SecondStep::enter(std::string_view wait_token, std::string_view code, const Arrival& arrival)
{
    const auto hash = crypto::hash_token(wait_token);
    auto transaction = database_.begin_across_tenants();
    SecondStepStore store(transaction);
    const auto wait = store.find_wait(hash);
    if (!wait || clock_.now() > wait->expires_at)
        return fail(ErrorKind::not_found, "identity.login_over");
    const auto account = AccountStore(transaction).find_locked(wait->account);
    if (!account)
        return fail(ErrorKind::not_found, "identity.login_over");
    // Without a second step any more: it was removed elsewhere, by a code, while this login waited.
    if (account->has_second_step) {
        const auto checked = check(transaction, account->id, code, arrival.device);
        if (!checked) {
            transaction.commit();  // a wrong code is kept: it counts
            return checked.error();
        }
    }
    if (!store.remove_wait(hash))
        return fail(ErrorKind::not_found, "identity.login_over");
    auto entry = accounts_.open_session(transaction, *account, wait->how, arrival, wait->return_to);
    transaction.commit();
    return entry;
}

// The account is locked, so that of two equal codes at once one is refused.
Result<> SecondStep::check(
    sql::Transaction& across_tenants, const AccountId& id, std::string_view typed, const Device& device
)
{
    SecondStepStore store(across_tenants);
    const auto code = without_gaps(typed);
    if (code.empty())
        return fail(ErrorKind::invalid, "identity.code_missing");
    if (code.size() == recovery_length) {
        if (store.use_recovery_code(id, crypto::hash_token(code), clock_.now())) {
            accounts_.note(across_tenants, id, AccountEventKind::recovery_code_used, device);
            return base::Done{};
        }
    } else {
        if (store.wrong_codes(id, clock_.now() - wrong_codes_count_for) >= most_wrong_codes)
            return fail(ErrorKind::invalid, "identity.code_too_many");
        const auto kept = store.find_secret(id);
        const auto step = kept ? matching_step(unseal(id, kept->sealed), code) : std::nullopt;
        if (step && store.use_step(id, *step))
            return base::Done{};
    }
    accounts_.note(across_tenants, id, AccountEventKind::code_wrong, device);
    return fail(ErrorKind::invalid, "identity.code_wrong");
}

std::optional<std::int64_t> SecondStep::matching_step(std::string_view secret, std::string_view code) const
{
    const auto now = crypto::code_step(clock_.now());
    std::optional<std::int64_t> matching;
    for (const auto step : {now + 1, now - 1, now})
        if (crypto::equal_in_constant_time(crypto::one_time_code(secret, step), code))
            matching = step;
    return matching;
}

std::string SecondStep::unseal(const AccountId& id, const std::vector<std::byte>& sealed) const
{
    auto secret = sealer_.open(sealed, secret_purpose, owner_of(id));
    if (!secret)
        throw std::runtime_error("a kept secret cannot be opened: " + secret.error().detail);
    return std::move(*secret);
}

void SecondStep::purge()
{
    auto transaction = database_.begin_across_tenants();
    SecondStepStore(transaction).remove_waits(clock_.now());
    AccountLinkStore(transaction).remove_expired(clock_.now());
    transaction.commit();
}

}  // namespace identity
