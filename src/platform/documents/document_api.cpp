#include "platform/documents/document_api.hpp"

#include "base/date.hpp"
#include "kit/api/values.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/local_date.hpp"
#include "platform/documents/documents.hpp"
#include "platform/tenancy/municipalities.hpp"

namespace documents {

namespace {

constexpr std::chrono::seconds pause{30};  // after which a caller who tried too often may try once more

json::Value json_of(const Verification& verification, const ApiParts& parts, html::Language language)
{
    const auto& document = *verification.document;
    const auto* municipality = parts.municipalities.find_by_tenant(document.tenant);
    json::Value expires;
    if (document.expires_at)
        expires = base::format_date(catalog::local_date(*document.expires_at));
    return json::Object{
        {"verdict", name_of(verification.verdict)},
        {"title", document.titles.in(language)},
        {"issuer",
         json::Object{
             {"bfsNumber", municipality ? json::Value(municipality->bfs_number) : json::Value()},
             {"name", municipality ? municipality->name : document.tenant.text}}},
        {"issuedOn", base::format_date(catalog::local_date(document.issued_at))},
        {"expiresOn", std::move(expires)},
        {"initials", document.initials},
    };
}

api::Outcome verify(const ApiParts& parts, const api::Call& call)
{
    if (!parts.may_try("verify:" + http::client_network(call.request.remote_address)))
        return api::Refusal{
            .problem = api::Problem::too_many, .sentence = "documents.too_many", .retry_after = pause};
    auto transaction = parts.database.begin_read_across_tenants();
    const auto found = parts.documents.verify(transaction, normal_code(call.text("code")));
    if (!found.document)
        return base::fail(base::ErrorKind::not_found, "documents.unknown_explained");
    return api::Answer{json_of(found, parts, call.language)};
}

api::Schema schema()
{
    using api::required;
    const auto issuer =
        api::object({required("bfsNumber", api::integer().or_null()), required("name", api::text())});
    return api::object({
        required("verdict", api::one_of({"valid", "revoked", "expired"}).explained("documents.verdict")),
        required("title", api::text()),
        required("issuer", issuer.explained("documents.issuer")),
        required("issuedOn", api::date()),
        required("expiresOn", api::date().or_null().explained("documents.expires_on")),
        required("initials", api::text().explained("documents.initials")),
    });
}

}  // namespace

api::Slice document_api(const ApiParts& parts)
{
    api::Slice slice;
    slice.schemas = {{"Verification", schema()}};
    slice.operations.push_back({
        .pattern = "/documents/{code}",
        .id = "verifyDocument",
        .tag = "documents",
        .sentence = "documents.verify_document",
        .parameters = {api::in_path(
            "code", api::text().at_most(100).explained("documents.parameter_code").like("7K3M-9QXP-AB2C")
        )},
        .answers = {{200, "documents.the_verification", api::reference("Verification")}},
        .problems = {api::Problem::not_found, api::Problem::too_many},
        .work = [parts](const api::Call& call) { return verify(parts, call); },
    });
    return slice;
}

}  // namespace documents
