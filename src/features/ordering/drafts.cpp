#include "features/ordering/drafts.hpp"

#include "base/ordered_id.hpp"
#include "features/ordering/draft_store.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"

#include <stdexcept>

namespace ordering {

namespace {

constexpr std::string_view answers_purpose = "draft.answers";

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
