#include "platform/documents/documents.hpp"

#include "base/ordered_id.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "platform/documents/document_store.hpp"

#include <stdexcept>
#include <utility>

namespace documents {

namespace {

constexpr std::string_view content_purpose = "document.content";
constexpr std::string_view code_purpose = "document.code";
constexpr std::size_t code_length = 12;

std::string owner_of(const base::TenantId& tenant, const DocumentId& id)
{
    return tenant.text + "/" + id.text;
}

// The title as file systems and mail programs take it.
std::string file_name_of(const Document& document)
{
    std::string name = document.titles.in(document.language);
    for (char& letter : name)
        if (const auto byte = static_cast<unsigned char>(letter);
            byte <= 0x20 || std::string_view("\"/\\:*?<>|").find(letter) != std::string_view::npos)
            letter = '_';
    return name + (document.media_type == "application/pdf" ? ".pdf" : "");
}

}  // namespace

Documents::Documents(const base::Clock& clock, base::Random& random, const crypto::Sealer& sealer)
    : clock_(clock), random_(random), sealer_(sealer)
{
}

std::string Documents::new_code() const
{
    return base::random_code(random_, code_length);
}

Kept Documents::keep(sql::Transaction& transaction, const NewDocument& made)
{
    if (made.code.size() < code_length)
        throw std::logic_error("documents: a code from new_code() expected");
    Document document{
        .tenant = transaction.tenant(),
        .id = {base::ordered_id(clock_.now(), random_)},
        .case_id = made.case_id,
        .kind = made.kind,
        .titles = made.titles,
        .language = made.language,
        .media_type = made.media_type,
        .initials = made.initials,
        .state = State::valid,
        .issued_at = clock_.now(),
        .expires_at = made.expires_at,
    };
    const Keeping keeping{
        .made_by = made.key,
        .content = sealer_.seal(made.content, content_purpose, owner_of(document.tenant, document.id)),
        .sha256 = crypto::sha256_hex(made.content),
        .code_index = sealer_.blind_index(made.code, code_purpose),
    };
    DocumentStore store(transaction);
    if (store.try_add(document, keeping))
        return {std::move(document), true};
    auto earlier = store.find_by_key(made.key);
    if (!earlier)
        throw std::runtime_error("documents: a code was drawn twice");
    return {std::move(*earlier), false};
}

std::optional<Document> Documents::find_by_key(sql::Transaction& transaction, std::string_view key) const
{
    return DocumentStore(transaction).find_by_key(key);
}

std::optional<Document> Documents::find(sql::Transaction& transaction, const DocumentId& id) const
{
    return DocumentStore(transaction).find(id);
}

std::vector<Document> Documents::of_case(sql::Transaction& transaction, const cases::CaseId& id) const
{
    return DocumentStore(transaction).of_case(id);
}

base::Result<Content> Documents::content(sql::Transaction& transaction, const DocumentId& id) const
{
    DocumentStore store(transaction);
    const auto document = store.find(id);
    const auto sealed = store.content(id);
    if (!document || !sealed)
        return base::fail(base::ErrorKind::not_found, "documents.unknown");
    auto opened = sealer_.open(*sealed, content_purpose, owner_of(document->tenant, id));
    if (!opened)
        return base::fail(base::ErrorKind::unavailable, "documents.unreadable", opened.error().detail);
    return Content{document->media_type, file_name_of(*document), std::move(*opened)};
}

base::Result<> Documents::revoke(sql::Transaction& transaction, const DocumentId& id)
{
    if (!DocumentStore(transaction).change_state(id, State::revoked))
        return base::fail(base::ErrorKind::not_found, "documents.unknown");
    return base::Done{};
}

Verification Documents::verify(sql::Transaction& transaction, std::string_view code) const
{
    const auto normal = normal_code(code);
    if (normal.size() != code_length)
        return {};
    auto document = DocumentStore(transaction).find_by_code(sealer_.blind_index(normal, code_purpose));
    if (!document)
        return {};
    const bool is_expired = document->expires_at && *document->expires_at <= clock_.now();
    const auto verdict = document->state == State::revoked ? Verdict::revoked
                         : is_expired                      ? Verdict::expired
                                                           : Verdict::valid;
    return {verdict, std::move(document)};
}

std::int64_t Documents::purge_issued_before(sql::Transaction& transaction, base::Instant moment)
{
    return DocumentStore(transaction).purge_issued_before(moment);
}

}  // namespace documents
