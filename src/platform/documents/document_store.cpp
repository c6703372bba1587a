#include "platform/documents/document_store.hpp"

#include "kit/json/json.hpp"

#include <stdexcept>

namespace documents {

namespace {

constexpr sql::Statement insert_document{
    "INSERT INTO documents (tenant_id, id, case_id, made_by, kind, titles, language, media_type, initials, content, "
    "sha256, code_index, state, issued_at, expires_at) "
    "VALUES (:tenant_id, :id, :case_id, :made_by, :kind, :titles, :language, :media_type, :initials, :content, "
    ":sha256, :code_index, :state, :issued_at, :expires_at)"};
constexpr sql::Statement select_by_id{
    "SELECT tenant_id, id, case_id, kind, titles, language, media_type, initials, state, issued_at, expires_at "
    "FROM documents WHERE tenant_id = :tenant_id AND id = :id"};
constexpr sql::Statement select_by_key{
    "SELECT tenant_id, id, case_id, kind, titles, language, media_type, initials, state, issued_at, expires_at "
    "FROM documents WHERE tenant_id = :tenant_id AND made_by = :made_by"};
constexpr sql::Statement select_by_case{
    "SELECT tenant_id, id, case_id, kind, titles, language, media_type, initials, state, issued_at, expires_at "
    "FROM documents WHERE tenant_id = :tenant_id AND case_id = :case_id ORDER BY issued_at, id"};
constexpr sql::Statement select_content{
    "SELECT content FROM documents WHERE tenant_id = :tenant_id AND id = :id AND content IS NOT NULL"};
constexpr sql::Statement update_state{
    "UPDATE documents SET state = :state WHERE tenant_id = :tenant_id AND id = :id"};
// Canton-wide: anybody may verify a document, whoever has issued it.
constexpr sql::Statement select_by_code{
    "SELECT tenant_id, id, case_id, kind, titles, language, media_type, initials, state, issued_at, expires_at "
    "FROM documents WHERE code_index = :code_index"};
// Canton-wide: a sweep.
constexpr sql::Statement purge_content{
    "UPDATE documents SET content = NULL WHERE issued_at < :moment AND content IS NOT NULL"};

std::int64_t milliseconds(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instant(std::int64_t milliseconds)
{
    return base::Instant(std::chrono::milliseconds(milliseconds));
}

std::string written(const catalog::LocalText& titles)
{
    json::Object object;
    for (const auto language : html::all_languages)
        object[html::code_of(language)] = titles.in(language);
    return json::write(object);
}

// Rows we wrote ourselves and cannot read any more are a broken world, not something a caller can act on.
[[noreturn]] void unreadable(const char* what)
{
    throw std::runtime_error(std::string("a kept document has no readable ") + what);
}

catalog::LocalText read_titles(const std::string& text)
{
    const auto parsed = json::parse(text);
    const auto* object = parsed ? parsed->if_object() : nullptr;
    if (!object)
        unreadable("titles");
    catalog::LocalText titles;
    for (const auto& [code, title] : *object)
        if (const auto language = html::parse_language(code))
            titles.in(*language) = title.string_or();
    return titles;
}

Document read_document(const sql::Row& row)
{
    const auto language = html::parse_language(row.text(5));
    const auto state = parse_state(row.text(8));
    if (!language || !state)
        unreadable("language or state");
    Document document{
        .tenant = {row.text(0)},
        .id = {row.text(1)},
        .case_id = {row.text(2)},
        .kind = row.text(3),
        .titles = read_titles(row.text(4)),
        .language = *language,
        .media_type = row.text(6),
        .initials = row.text(7),
        .state = *state,
        .issued_at = instant(row.integer(9)),
        .expires_at = {},
    };
    if (const auto expires_at = row.integer_or_null(10))
        document.expires_at = instant(*expires_at);
    return document;
}

}  // namespace

DocumentStore::DocumentStore(sql::Transaction& transaction) : transaction_(transaction) {}

bool DocumentStore::try_add(const Document& document, const Keeping& keeping)
{
    const auto expires_at =
        document.expires_at ? sql::Value(milliseconds(*document.expires_at)) : sql::Value(nullptr);
    return transaction_.try_insert(
        insert_document,
        {{"tenant_id", document.tenant.text},
         {"id", document.id.text},
         {"case_id", document.case_id.text},
         {"made_by", keeping.made_by},
         {"kind", document.kind},
         {"titles", written(document.titles)},
         {"language", std::string(html::code_of(document.language))},
         {"media_type", document.media_type},
         {"initials", document.initials},
         {"content", keeping.content},
         {"sha256", keeping.sha256},
         {"code_index", keeping.code_index},
         {"state", std::string(name_of(document.state))},
         {"issued_at", milliseconds(document.issued_at)},
         {"expires_at", expires_at}}
    );
}

std::optional<Document> DocumentStore::find(const DocumentId& id)
{
    return transaction_.first(
        select_by_id, {{"tenant_id", transaction_.tenant().text}, {"id", id.text}}, read_document
    );
}

std::optional<Document> DocumentStore::find_by_key(std::string_view made_by)
{
    return transaction_.first(
        select_by_key,
        {{"tenant_id", transaction_.tenant().text}, {"made_by", std::string(made_by)}},
        read_document
    );
}

std::vector<Document> DocumentStore::of_case(const cases::CaseId& id)
{
    return transaction_.all(
        select_by_case, {{"tenant_id", transaction_.tenant().text}, {"case_id", id.text}}, read_document
    );
}

std::optional<sql::Blob> DocumentStore::content(const DocumentId& id)
{
    return transaction_.first(
        select_content,
        {{"tenant_id", transaction_.tenant().text}, {"id", id.text}},
        [](const sql::Row& row) { return row.blob(0); }
    );
}

bool DocumentStore::change_state(const DocumentId& id, State state)
{
    return transaction_.execute(
               update_state,
               {{"tenant_id", transaction_.tenant().text},
                {"id", id.text},
                {"state", std::string(name_of(state))}}
           ) == 1;
}

std::optional<Document> DocumentStore::find_by_code(std::string_view code_index)
{
    return transaction_.first(select_by_code, {{"code_index", std::string(code_index)}}, read_document);
}

std::int64_t DocumentStore::purge_issued_before(base::Instant moment)
{
    return transaction_.execute(purge_content, {{"moment", milliseconds(moment)}});
}

}  // namespace documents
