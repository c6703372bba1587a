#include "features/ordering/draft_store.hpp"

namespace ordering {

namespace {

#define DRAFT_COLUMNS "tenant_id, id, service_id, answers, case_id, updated_at"

constexpr sql::Statement insert_draft = R"sql(
    INSERT INTO drafts (tenant_id, id, visitor_hash, service_id, answers, updated_at)
    VALUES (:tenant_id, :id, :visitor_hash, :service_id, :answers, :updated_at))sql";
// Without tenant: a draft's address does not name the municipality; the visitor guards it.
constexpr sql::Statement select_draft =
    "SELECT " DRAFT_COLUMNS
    " FROM drafts WHERE id = :id AND visitor_hash = :visitor_hash AND updated_at > :after";
constexpr sql::Statement select_sealed =
    "SELECT answers FROM drafts WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement select_open_draft = "SELECT " DRAFT_COLUMNS R"sql( FROM drafts
    WHERE tenant_id = :tenant_id AND visitor_hash = :visitor_hash AND service_id = :service_id AND case_id IS NULL
      AND updated_at > :after
    ORDER BY updated_at DESC, id LIMIT 1)sql";
constexpr sql::Statement update_draft = R"sql(
    UPDATE drafts SET answers = :answers, updated_at = :now
    WHERE tenant_id = :tenant_id AND id = :id AND case_id IS NULL)sql";
constexpr sql::Statement delete_draft =
    "DELETE FROM drafts WHERE tenant_id = :tenant_id AND id = :id AND case_id IS NULL";
constexpr sql::Statement submit_draft = R"sql(
    UPDATE drafts SET answers = :answers, case_id = :case_id, updated_at = :now
    WHERE tenant_id = :tenant_id AND id = :id)sql";
// Canton-wide: the sweep of what is too old, of every municipality.
constexpr sql::Statement delete_old_drafts = "DELETE FROM drafts WHERE updated_at <= :moment";
constexpr sql::Statement delete_old_grants = "DELETE FROM case_grants WHERE granted_at <= :moment";
constexpr sql::Statement delete_old_links = "DELETE FROM draft_links WHERE created_at <= :moment";
constexpr sql::Statement update_visitor = R"sql(
    UPDATE drafts SET visitor_hash = :visitor_hash WHERE tenant_id = :tenant_id AND id = :id)sql";
constexpr sql::Statement update_account = R"sql(
    UPDATE drafts SET account_index = :account_index WHERE tenant_id = :tenant_id AND id = :id)sql";
// Canton-wide: residents have one account for all municipalities.
constexpr sql::Statement change_index =
    "UPDATE drafts SET account_index = :to_index WHERE account_index = :from_index";
// Canton-wide: residents have one account for all municipalities.
constexpr sql::Statement select_of_account = "SELECT " DRAFT_COLUMNS R"sql( FROM drafts
    WHERE account_index = :account_index AND case_id IS NULL AND updated_at > :after
    ORDER BY updated_at DESC, id LIMIT 50)sql";
constexpr sql::Statement insert_link = R"sql(
    INSERT INTO draft_links (tenant_id, token_hash, draft_id, code_hash, created_at)
    VALUES (:tenant_id, :token_hash, :draft_id, :code_hash, :now))sql";
// Canton-wide: a mailed link does not name the municipality; its token is the key.
constexpr sql::Statement select_link = R"sql(
    SELECT d.tenant_id, d.id, d.service_id, d.answers, d.case_id, d.updated_at, l.code_hash
    FROM draft_links l JOIN drafts d ON d.tenant_id = l.tenant_id AND d.id = l.draft_id
    WHERE l.token_hash = :token_hash AND d.case_id IS NULL AND d.updated_at > :after)sql";
constexpr sql::Statement insert_grant = R"sql(
    INSERT INTO case_grants (tenant_id, case_id, visitor_hash, granted_at)
    VALUES (:tenant_id, :case_id, :visitor_hash, :now)
    ON CONFLICT (tenant_id, case_id, visitor_hash) DO UPDATE SET granted_at = :now)sql";
constexpr sql::Statement select_grant = R"sql(
    SELECT granted_at FROM case_grants
    WHERE tenant_id = :tenant_id AND case_id = :case_id AND visitor_hash = :visitor_hash AND granted_at > :after)sql";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

KeptDraft read(const sql::Row& row)
{
    KeptDraft draft{{row.text(0)}, {row.text(1)}, row.text(2), row.blob(3), {}, {}};
    if (auto case_id = row.text_or_null(4))
        draft.case_id = cases::CaseId{*std::move(case_id)};
    draft.updated_at = base::Instant(std::chrono::milliseconds(row.integer(5)));
    return draft;
}

}  // namespace

void DraftStore::add(const KeptDraft& draft, const std::string& visitor_hash)
{
    transaction_.execute_one(
        insert_draft,
        {{"tenant_id", transaction_.tenant().text},
         {"id", draft.id.text},
         {"visitor_hash", visitor_hash},
         {"service_id", draft.service_id},
         {"answers", draft.sealed_answers},
         {"updated_at", milliseconds(draft.updated_at)}}
    );
}

std::optional<KeptDraft>
DraftStore::find(const DraftId& id, const std::string& visitor_hash, base::Instant after) const
{
    return transaction_.first(
        select_draft, {{"id", id.text}, {"visitor_hash", visitor_hash}, {"after", milliseconds(after)}}, read
    );
}

std::optional<KeptDraft>
DraftStore::find_open(const std::string& visitor_hash, std::string_view service_id, base::Instant after) const
{
    return transaction_.first(
        select_open_draft,
        {{"tenant_id", transaction_.tenant().text},
         {"visitor_hash", visitor_hash},
         {"service_id", std::string(service_id)},
         {"after", milliseconds(after)}},
        read
    );
}

std::optional<sql::Blob> DraftStore::sealed_answers(const DraftId& id) const
{
    return transaction_.first(
        select_sealed,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}},
        [](const sql::Row& row) { return row.blob(0); }
    );
}

void DraftStore::save(const DraftId& id, const sql::Blob& sealed_answers, base::Instant now)
{
    transaction_.execute_one(
        update_draft,
        {{"tenant_id", transaction_.tenant().text},
         {"id", id.text},
         {"answers", sealed_answers},
         {"now", milliseconds(now)}}
    );
}

void DraftStore::remove(const DraftId& id)
{
    transaction_.execute(delete_draft, {{"tenant_id", transaction_.tenant().text}, {"id", id.text}});
}

void DraftStore::take_over(const DraftId& id, const std::string& visitor_hash)
{
    transaction_.execute_one(
        update_visitor,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}, {"visitor_hash", visitor_hash}}
    );
}

void DraftStore::bind(const DraftId& id, const std::string& account_index)
{
    transaction_.execute_one(
        update_account,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}, {"account_index", account_index}}
    );
}

void DraftStore::change_account(const std::string& from_index, const std::string& to_index)
{
    transaction_.execute(change_index, {{"from_index", from_index}, {"to_index", to_index}});
}

std::vector<KeptDraft> DraftStore::of_account(const std::string& account_index, base::Instant after) const
{
    return transaction_.all(
        select_of_account, {{"account_index", account_index}, {"after", milliseconds(after)}}, read
    );
}

void DraftStore::add_link(
    const DraftId& id,
    const std::string& token_hash,
    const std::optional<std::string>& code_hash,
    base::Instant now
)
{
    transaction_.execute_one(
        insert_link,
        {{"tenant_id", transaction_.tenant().text},
         {"token_hash", token_hash},
         {"draft_id", id.text},
         {"code_hash", code_hash ? sql::Value(*code_hash) : sql::Value()},
         {"now", milliseconds(now)}}
    );
}

std::optional<DraftStore::KeptLink>
DraftStore::find_link(const std::string& token_hash, base::Instant after) const
{
    return transaction_.first(
        select_link,
        {{"token_hash", token_hash}, {"after", milliseconds(after)}},
        [](const sql::Row& row) {
            return KeptLink{read(row), row.text_or_null(6).value_or("")};
        }
    );
}

void DraftStore::mark_submitted(
    const DraftId& id, const cases::CaseId& case_id, const sql::Blob& sealed_nothing, base::Instant now
)
{
    transaction_.execute_one(
        submit_draft,
        {{"tenant_id", transaction_.tenant().text},
         {"id", id.text},
         {"answers", sealed_nothing},
         {"case_id", case_id.text},
         {"now", milliseconds(now)}}
    );
}

std::int64_t DraftStore::remove_older(base::Instant moment)
{
    transaction_.execute(delete_old_links, {{"moment", milliseconds(moment)}});
    transaction_.execute(delete_old_grants, {{"moment", milliseconds(moment)}});
    return transaction_.execute(delete_old_drafts, {{"moment", milliseconds(moment)}});
}

void DraftStore::add_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant now)
{
    transaction_.execute_one(
        insert_grant,
        {{"tenant_id", transaction_.tenant().text},
         {"case_id", case_id.text},
         {"visitor_hash", visitor_hash},
         {"now", milliseconds(now)}}
    );
}

bool DraftStore::has_grant(const cases::CaseId& case_id, const std::string& visitor_hash, base::Instant after)
    const
{
    return transaction_
        .first(
            select_grant,
            {{"tenant_id", transaction_.tenant().text},
             {"case_id", case_id.text},
             {"visitor_hash", visitor_hash},
             {"after", milliseconds(after)}},
            [](const sql::Row&) { return true; }
        )
        .has_value();
}

}  // namespace ordering
