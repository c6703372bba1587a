#include "platform/cases/case_store.hpp"

#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "platform/cases/search_text.hpp"

#include <stdexcept>

namespace cases {

namespace {

#define CASE_COLUMNS                                                                                         \
    "tenant_id, id, reference, service_id, language, state, answers, contact, register_data, instance_id, "  \
    "handler, created_at, changed_at"

constexpr std::string_view answers_purpose = "case.answers";
constexpr std::string_view contact_purpose = "case.contact";
constexpr std::string_view register_purpose = "case.register";
constexpr std::string_view email_purpose = "case.email";

constexpr sql::Statement insert_case = R"sql(
    INSERT INTO cases (tenant_id, id, reference, service_id, language, state, order_key, applicant, search_text, answers,
                       contact, email_index, instance_id, created_at, changed_at)
    VALUES (:tenant_id, :id, :reference, :service_id, :language, :state, :order_key, :applicant, :search_text, :answers,
            :contact, :email_index, '', :created_at, :created_at))sql";
constexpr sql::Statement select_by_id =
    "SELECT " CASE_COLUMNS " FROM cases WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement select_by_reference =
    "SELECT " CASE_COLUMNS " FROM cases WHERE tenant_id = :tenant_id AND reference = :reference";
constexpr sql::Statement select_by_order_key =
    "SELECT " CASE_COLUMNS " FROM cases WHERE tenant_id = :tenant_id AND order_key = :order_key";
constexpr sql::Statement select_link =
    "SELECT tenant_id, case_id FROM case_links WHERE token_hash = :token_hash";
constexpr sql::Statement select_by_email =
    "SELECT " CASE_COLUMNS
    " FROM cases WHERE email_index = :email_index ORDER BY created_at DESC, tenant_id, id";
constexpr sql::Statement select_inbox = "SELECT " CASE_COLUMNS R"sql( FROM cases
    WHERE tenant_id = :tenant_id AND (:state = '' OR state = :state) AND (:search = '' OR search_text LIKE :search)
    ORDER BY created_at DESC, id LIMIT :page_size OFFSET :first)sql";
constexpr sql::Statement count_inbox = R"sql(
    SELECT COUNT(*) FROM cases
    WHERE tenant_id = :tenant_id AND (:state = '' OR state = :state) AND (:search = '' OR search_text LIKE :search))sql";
constexpr sql::Statement select_changes{
    "SELECT id, reference, service_id, language, state, applicant, handler, created_at, changed_at FROM cases "
    "WHERE tenant_id = :tenant_id AND (changed_at > :after OR (changed_at = :after AND id > :after_id)) "
    "AND changed_at >= :after AND (:state = '' OR state = :state) "
    "AND (:service_id = '' OR service_id = :service_id) "
    "ORDER BY changed_at, id LIMIT :most"};
constexpr sql::Statement update_state =
    "UPDATE cases SET state = :state, changed_at = :now WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement update_instance =
    "UPDATE cases SET instance_id = :instance_id WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement update_email =
    "UPDATE cases SET contact = :contact, email_index = :email_index WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement update_answers = R"sql(
    UPDATE cases SET answers = :answers, contact = :contact, applicant = :applicant, search_text = :search_text,
        changed_at = :now
    WHERE tenant_id = :tenant_id AND id = :id)sql";
constexpr sql::Statement update_register_data =
    "UPDATE cases SET register_data = :register_data WHERE tenant_id = :tenant_id AND id = :id";
constexpr sql::Statement update_handler = R"sql(
    UPDATE cases SET handler = :handler
    WHERE tenant_id = :tenant_id AND id = :id AND (handler IS NULL OR handler = :handler))sql";
constexpr sql::Statement insert_link = R"sql(
    INSERT INTO case_links (tenant_id, token_hash, case_id, created_at)
    VALUES (:tenant_id, :token_hash, :case_id, :created_at))sql";
constexpr sql::Statement insert_event = R"sql(
    INSERT INTO case_events (tenant_id, case_id, number, at, kind, who, detail, is_public)
    SELECT :tenant_id, :case_id, COALESCE(MAX(number), 0) + 1, CAST(:at AS BIGINT), :kind, :who, :detail,
           CAST(:is_public AS INTEGER)
    FROM case_events WHERE tenant_id = :tenant_id AND case_id = :case_id)sql";
constexpr sql::Statement select_events = R"sql(
    SELECT at, kind, who, detail, is_public FROM case_events
    WHERE tenant_id = :tenant_id AND case_id = :case_id ORDER BY number)sql";

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

// A row we wrote ourselves and cannot read any more is a broken world, not something a caller can act on.
json::Value parse_kept(const std::string& text)
{
    auto parsed = json::parse(text);
    if (!parsed)
        throw std::runtime_error("a kept document is no JSON: " + parsed.error().detail);
    return std::move(*parsed);
}

json::Object contact_of(const Case& kept)
{
    return {{"email", kept.email}, {"dateOfBirth", kept.date_of_birth}};
}

}  // namespace

CaseStore::CaseStore(sql::Transaction& transaction, const crypto::Sealer& sealer)
    : transaction_(transaction), sealer_(sealer)
{
}

bool CaseStore::add(const Case& added, const std::string& order_key)
{
    const auto& tenant = transaction_.tenant();
    const auto owner = owner_of(tenant, added.id);
    return transaction_.try_insert(
        insert_case,
        {{"tenant_id", tenant.text},
         {"id", added.id.text},
         {"reference", added.reference},
         {"service_id", added.service_id},
         {"language", std::string(html::code_of(added.language))},
         {"state", std::string(name_of(added.state))},
         {"order_key", order_key},
         {"applicant", applicant_of(added.answers)},
         {"search_text", search_text_of(added)},
         {"answers", sealer_.seal(json::write(added.answers), answers_purpose, owner)},
         {"contact", sealer_.seal(json::write(contact_of(added)), contact_purpose, owner)},
         {"email_index", sealer_.blind_index(base::ascii_lower(added.email), email_purpose)},
         {"created_at", milliseconds(added.created_at)}}
    );
}

std::optional<Case> CaseStore::find(const CaseId& id) const
{
    return transaction_.first(
        select_by_id,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}},
        [&](const sql::Row& row) { return read(row); }
    );
}

std::optional<Case> CaseStore::find_locked(const CaseId& id) const
{
    std::optional<Case> found;
    transaction_.query_locked(
        select_by_id,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}},
        [&](const sql::Row& row) { found = read(row); }
    );
    return found;
}

std::optional<Case> CaseStore::find_by_reference(std::string_view reference) const
{
    return transaction_.first(
        select_by_reference,
        {{"tenant_id", transaction_.tenant().text}, {"reference", std::string(reference)}},
        [&](const sql::Row& row) { return read(row); }
    );
}

std::optional<Case> CaseStore::find_by_order_key(std::string_view order_key) const
{
    return transaction_.first(
        select_by_order_key,
        {{"tenant_id", transaction_.tenant().text}, {"order_key", std::string(order_key)}},
        [&](const sql::Row& row) { return read(row); }
    );
}

std::optional<Case> CaseStore::find_by_link(std::string_view token_hash) const
{
    const auto link =
        transaction_.first(select_link, {{"token_hash", std::string(token_hash)}}, [](const sql::Row& row) {
            return std::pair(row.text(0), row.text(1));
        });
    if (!link)
        return std::nullopt;
    return transaction_.first(
        select_by_id,
        {{"tenant_id", link->first}, {"id", link->second}},
        [&](const sql::Row& row) { return read(row); }
    );
}

std::vector<Case> CaseStore::of_email(std::string_view email) const
{
    return transaction_.all(
        select_by_email,
        {{"email_index", sealer_.blind_index(base::ascii_lower(email), email_purpose)}},
        [&](const sql::Row& row) { return read(row); }
    );
}

std::vector<Case> CaseStore::of_email_locked(std::string_view email) const
{
    std::vector<Case> found;
    transaction_.query_locked(
        select_by_email,
        {{"email_index", sealer_.blind_index(base::ascii_lower(email), email_purpose)}},
        [&](const sql::Row& row) { found.push_back(read(row)); }
    );
    return found;
}

Inbox CaseStore::inbox(const InboxFilter& filter) const
{
    const auto& tenant = transaction_.tenant().text;
    const std::string state(filter.state ? name_of(*filter.state) : "");
    const std::string search = pattern_for(filter.search);
    const std::int64_t first = static_cast<std::int64_t>(filter.page - 1) * filter.page_size;
    Inbox inbox;
    inbox.cases = transaction_.all(
        select_inbox,
        {{"tenant_id", tenant},
         {"state", state},
         {"search", search},
         {"page_size", std::int64_t{filter.page_size}},
         {"first", first}},
        [&](const sql::Row& row) { return read(row); }
    );
    transaction_.query(
        count_inbox,
        {{"tenant_id", tenant}, {"state", state}, {"search", search}},
        [&](const sql::Row& row) { inbox.total = static_cast<int>(row.integer(0)); }
    );
    return inbox;
}

std::vector<CaseLine>
CaseStore::changes(const ChangeFilter& filter, base::Instant after, const std::string& after_id) const
{
    return transaction_.all(
        select_changes,
        {{"tenant_id", transaction_.tenant().text},
         {"after", milliseconds(after)},
         {"after_id", after_id},
         {"state", std::string(filter.state ? name_of(*filter.state) : "")},
         {"service_id", filter.service_id},
         {"most", static_cast<std::int64_t>(filter.most)}},
        [](const sql::Row& row) {
            return CaseLine{
                .mark = std::to_string(row.integer(8)) + "." + row.text(0),
                .reference = row.text(1),
                .service_id = row.text(2),
                .language = html::parse_language(row.text(3)).value_or(html::Language::de),
                .state = parse_state(row.text(4)).value(),
                .applicant = row.text(5),
                .handler = row.text_or_null(6),
                .created_at = instant(row.integer(7)),
                .changed_at = instant(row.integer(8)),
            };
        }
    );
}

void CaseStore::set_state(const CaseId& id, State state, base::Instant now)
{
    transaction_.execute_one(
        update_state,
        {{"tenant_id", transaction_.tenant().text},
         {"id", id.text},
         {"state", std::string(name_of(state))},
         {"now", milliseconds(now)}}
    );
}

void CaseStore::set_instance(const CaseId& id, const std::string& instance_id)
{
    transaction_.execute_one(
        update_instance,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}, {"instance_id", instance_id}}
    );
}

void CaseStore::set_answers(const Case& changed, base::Instant now)
{
    const auto owner = owner_of(transaction_.tenant(), changed.id);
    transaction_.execute_one(
        update_answers,
        {{"tenant_id", transaction_.tenant().text},
         {"id", changed.id.text},
         {"answers", sealer_.seal(json::write(changed.answers), answers_purpose, owner)},
         {"contact", sealer_.seal(json::write(contact_of(changed)), contact_purpose, owner)},
         {"applicant", applicant_of(changed.answers)},
         {"search_text", search_text_of(changed)},
         {"now", milliseconds(now)}}
    );
}

void CaseStore::set_email(const Case& changed)
{
    const auto owner = owner_of(changed.tenant, changed.id);
    transaction_.execute_one(
        update_email,
        {{"tenant_id", changed.tenant.text},
         {"id", changed.id.text},
         {"contact", sealer_.seal(json::write(contact_of(changed)), contact_purpose, owner)},
         {"email_index", sealer_.blind_index(base::ascii_lower(changed.email), email_purpose)}}
    );
}

void CaseStore::set_register_data(const CaseId& id, const json::Value& data)
{
    const auto owner = owner_of(transaction_.tenant(), id);
    transaction_.execute_one(
        update_register_data,
        {{"tenant_id", transaction_.tenant().text},
         {"id", id.text},
         {"register_data", sealer_.seal(json::write(data), register_purpose, owner)}}
    );
}

bool CaseStore::set_handler(const CaseId& id, std::string_view clerk)
{
    return transaction_.execute(
               update_handler,
               {{"tenant_id", transaction_.tenant().text}, {"id", id.text}, {"handler", std::string(clerk)}}
           ) == 1;
}

void CaseStore::add_link(const CaseId& id, const std::string& token_hash, base::Instant now)
{
    transaction_.execute_one(
        insert_link,
        {{"tenant_id", transaction_.tenant().text},
         {"token_hash", token_hash},
         {"case_id", id.text},
         {"created_at", milliseconds(now)}}
    );
}

void CaseStore::add_event(const CaseId& id, const Event& event)
{
    transaction_.execute_one(
        insert_event,
        {{"tenant_id", transaction_.tenant().text},
         {"case_id", id.text},
         {"at", milliseconds(event.at)},
         {"kind", event.kind},
         {"who", event.who},
         {"detail", event.detail},
         {"is_public", std::int64_t{event.is_public}}}
    );
}

std::vector<Event> CaseStore::events(const CaseId& id) const
{
    return transaction_.all(
        select_events,
        {{"tenant_id", transaction_.tenant().text}, {"case_id", id.text}},
        [](const sql::Row& row) {
            return Event{instant(row.integer(0)), row.text(1), row.text(2), row.text(3), row.integer(4) != 0};
        }
    );
}

Case CaseStore::read(const sql::Row& row) const
{
    Case found;
    found.tenant = {row.text(0)};
    found.id = {row.text(1)};
    found.reference = row.text(2);
    found.service_id = row.text(3);
    found.language = html::parse_language(row.text(4)).value_or(html::Language::de);
    found.state = parse_state(row.text(5)).value();
    const auto owner = owner_of(found.tenant, found.id);
    found.answers = parse_kept(unseal(row.blob(6), answers_purpose, owner));
    const auto contact = parse_kept(unseal(row.blob(7), contact_purpose, owner));
    found.email = contact.text_of("email");
    found.date_of_birth = contact.text_of("dateOfBirth");
    if (!row.is_null(8))
        found.register_data = parse_kept(unseal(row.blob(8), register_purpose, owner));
    found.instance_id = row.text(9);
    found.handler = row.text_or_null(10);
    found.created_at = instant(row.integer(11));
    found.changed_at = instant(row.integer(12));
    return found;
}

std::string owner_of(const base::TenantId& tenant, const CaseId& id)
{
    return tenant.text + "/" + id.text;
}

std::string CaseStore::unseal(
    const std::vector<std::byte>& sealed, std::string_view purpose, const std::string& owner
) const
{
    auto opened = sealer_.open(sealed, purpose, owner);
    if (!opened)
        throw std::runtime_error(
            "case " + owner + ": " + std::string(purpose) + " cannot be opened with the present keys"
        );
    return std::move(*opened);
}

}  // namespace cases
