#include "features/ordering/drafts.hpp"

#include "base/ordered_id.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "features/ordering/draft_store.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"

#include <stdexcept>

namespace ordering {

namespace {

constexpr std::string_view answers_purpose = "draft.answers";
constexpr std::string_view account_purpose = "draft.account";

std::string owner_of(const base::TenantId& tenant, const DraftId& id)
{
    return tenant.text + "/" + id.text;
}

std::string version_of(const sql::Blob& sealed)
{
    return crypto::sha256_hex(
        {static_cast<const char*>(static_cast<const void*>(sealed.data())), sealed.size()}
    );
}

}  // namespace

Drafts::Drafts(const base::Clock& clock, base::Random& random, const crypto::Sealer& sealer)
    : clock_(clock), random_(random), sealer_(sealer)
{
}

Draft Drafts::begin(
    sql::Transaction& transaction,
    std::string_view visitor,
    std::string_view service_id,
    const json::Object& known
)
{
    Draft draft{
        .tenant = transaction.tenant(),
        .id = {base::ordered_id(clock_.now(), random_)},
        .service_id = std::string(service_id),
        .answers = known,
        .case_id = {},
        .updated_at = clock_.now(),
        .version = {},
    };
    const auto sealed =
        sealer_.seal(json::write(draft.answers), answers_purpose, owner_of(draft.tenant, draft.id));
    draft.version = version_of(sealed);
    DraftStore(transaction)
        .add(
            {draft.tenant, draft.id, draft.service_id, sealed, {}, draft.updated_at},
            crypto::hash_token(visitor)
        );
    return draft;
}

namespace {

Draft unsealed(const crypto::Sealer& sealer, const KeptDraft& kept)
{
    const auto text = sealer.open(kept.sealed_answers, answers_purpose, owner_of(kept.tenant, kept.id));
    const auto answers = text ? json::parse(*text) : base::Result<json::Value>(text.error());
    if (!answers || answers->if_object() == nullptr)
        throw std::runtime_error("draft " + kept.id.text + ": the answers cannot be read");
    return {
        kept.tenant,
        kept.id,
        kept.service_id,
        *answers->if_object(),
        kept.case_id,
        kept.updated_at,
        version_of(kept.sealed_answers)};
}

}  // namespace

std::optional<Draft>
Drafts::find(sql::Transaction& transaction, const DraftId& id, std::string_view visitor) const
{
    const auto kept =
        DraftStore(transaction).find(id, crypto::hash_token(visitor), clock_.now() - draft_lifetime);
    if (!kept)
        return {};
    return unsealed(sealer_, *kept);
}

bool Drafts::is_unchanged(sql::Transaction& transaction, const Draft& draft) const
{
    const auto present = DraftStore(transaction).sealed_answers(draft.id);
    return present && version_of(*present) == draft.version;
}

std::optional<Draft>
Drafts::find_open(sql::Transaction& transaction, std::string_view visitor, std::string_view service_id) const
{
    const auto kept = DraftStore(transaction)
                          .find_open(crypto::hash_token(visitor), service_id, clock_.now() - draft_lifetime);
    if (!kept)
        return {};
    return unsealed(sealer_, *kept);
}

void Drafts::save(sql::Transaction& transaction, const DraftId& id, const json::Object& answers)
{
    const auto sealed =
        sealer_.seal(json::write(answers), answers_purpose, owner_of(transaction.tenant(), id));
    DraftStore(transaction).save(id, sealed, clock_.now());
}

void Drafts::discard(sql::Transaction& transaction, const DraftId& id)
{
    DraftStore(transaction).remove(id);
}

void Drafts::mark_submitted(sql::Transaction& transaction, const DraftId& id, const cases::CaseId& case_id)
{
    const auto nothing =
        sealer_.seal(json::write(json::Object()), answers_purpose, owner_of(transaction.tenant(), id));
    DraftStore(transaction).mark_submitted(id, case_id, nothing, clock_.now());
}

Drafts::WayBack Drafts::add_link(sql::Transaction& transaction, const DraftId& id, bool knows_birth)
{
    constexpr std::size_t code_length = 6;
    WayBack way{base::random_id(random_), knows_birth ? "" : base::random_code(random_, code_length)};
    const auto code_hash = knows_birth ? std::nullopt : std::optional(crypto::hash_token(way.code));
    DraftStore(transaction).add_link(id, crypto::hash_token(way.token), code_hash, clock_.now());
    return way;
}

std::optional<Drafts::Linked>
Drafts::find_by_link(sql::Transaction& transaction, std::string_view token) const
{
    const auto kept =
        DraftStore(transaction).find_link(crypto::hash_token(token), clock_.now() - draft_lifetime);
    if (!kept)
        return {};
    return Linked{unsealed(sealer_, kept->draft), kept->code_hash};
}

// Typed in small letters, or with spaces, it is still the code.
bool Drafts::is_code(const Linked& linked, std::string_view typed)
{
    auto code = base::ascii_upper(typed);
    std::erase_if(code, [](char letter) { return letter == ' ' || letter == '-'; });
    return !linked.code_hash.empty() &&
           crypto::equal_in_constant_time(crypto::hash_token(code), linked.code_hash);
}

void Drafts::take_over(sql::Transaction& transaction, const DraftId& id, std::string_view visitor)
{
    DraftStore(transaction).take_over(id, crypto::hash_token(visitor));
}

void Drafts::bind(sql::Transaction& transaction, const DraftId& id, std::string_view email)
{
    DraftStore(transaction).bind(id, index_of(email));
}

void Drafts::change_account(sql::Transaction& transaction, std::string_view from, std::string_view to)
{
    DraftStore(transaction).change_account(index_of(from), index_of(to));
}

std::string Drafts::index_of(std::string_view email) const
{
    return sealer_.blind_index(base::ascii_lower(email), account_purpose);
}

std::vector<Draft> Drafts::of_account(sql::Transaction& transaction, std::string_view email) const
{
    std::vector<Draft> drafts;
    for (const auto& kept :
         DraftStore(transaction).of_account(index_of(email), clock_.now() - draft_lifetime))
        drafts.push_back(unsealed(sealer_, kept));
    return drafts;
}

std::int64_t Drafts::purge(sql::Transaction& transaction)
{
    return DraftStore(transaction).remove_older(clock_.now() - draft_lifetime);
}

void Drafts::grant(sql::Transaction& transaction, const cases::CaseId& case_id, std::string_view visitor)
{
    DraftStore(transaction).add_grant(case_id, crypto::hash_token(visitor), clock_.now());
}

bool Drafts::may_see(sql::Transaction& transaction, const cases::CaseId& case_id, std::string_view visitor)
    const
{
    return DraftStore(transaction)
        .has_grant(case_id, crypto::hash_token(visitor), clock_.now() - draft_lifetime);
}

}  // namespace ordering
