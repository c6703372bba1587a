#include "platform/documents/document_pages.hpp"

#include "base/text.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/local_date.hpp"

#include <utility>

namespace documents {

namespace {

using identity::Visit;

// Whoever has a document in hand learns whether it is ours, and nothing about the person that does not stand
// on it.
class VerificationPages {
public:
    explicit VerificationPages(PageParts parts) : parts_(std::move(parts)) {}

    http::Response form(const http::Request& request, const Visit& visit) const
    {
        const auto typed = request.query_value("code");
        if (!typed)
            return form_page(request, visit, {}, {});
        const auto code = normal_code(typed->substr(0, longest_input));
        if (code.empty())
            return form_page(request, visit, std::string(*typed), "code_missing");
        return http::see_other("/pruefen/" + grouped(code));
    }

    http::Response result(const http::Request& request, const Visit& visit) const
    {
        const auto code = normal_code(request.route_value("code").substr(0, longest_input));
        if (!parts_.may_try("verify:" + http::client_network(request.remote_address)))
            return form_page(request, visit, grouped(code), "too_many");
        auto transaction = parts_.database.begin_read_across_tenants();
        const auto found = parts_.documents.verify(transaction, code);

        const std::string verdict(name_of(found.verdict));
        html::Data data;
        data.set("heading", text(visit, verdict + "_heading"))
            .set("explained", text(visit, verdict + "_explained"))
            .set("is_valid", found.verdict == Verdict::valid)
            .set("code", grouped(code));
        if (found.document)
            data.set("has_rows", true).set("rows", facts(visit, *found.document));
        return parts_.show(
            request,
            visit,
            {.page = "documents/verification",
             .title = text(visit, verdict + "_heading"),
             .data = std::move(data),
             .status = found.verdict == Verdict::unknown ? 404 : 200,
             .back_url = "/pruefen"}
        );
    }

private:
    static constexpr std::size_t longest_input = 100;

    std::string text(const Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const
    {
        return parts_.texts.text(visit.language, "documents." + std::string(key), arguments);
    }

    std::string date(const Visit& visit, base::Instant instant) const
    {
        return html::show_date(visit.language, catalog::local_date(instant));
    }

    html::List facts(const Visit& visit, const Document& document) const
    {
        html::List rows;
        const auto add = [&](std::string_view label, std::string value) {
            rows.push_back(html::Data().set("label", text(visit, label)).set("value", std::move(value)));
        };
        const auto* municipality = parts_.municipalities.find_by_tenant(document.tenant);
        add("fact_title", document.titles.in(visit.language));
        add("fact_issuer", municipality ? municipality->name : document.tenant.text);
        add("fact_issued", date(visit, document.issued_at));
        if (document.expires_at)
            add("fact_expires", date(visit, *document.expires_at));
        add("fact_initials", document.initials);
        return rows;
    }

    http::Response form_page(
        const http::Request& request, const Visit& visit, std::string typed, std::string_view error
    ) const
    {
        identity::Shown shown{.page = "documents/verify", .title = text(visit, "verify_title")};
        shown.data.set("code", std::move(typed));
        if (!error.empty()) {
            shown.data.set("error", text(visit, error));
            shown.has_errors = true;
            shown.status = error == "too_many" ? 429 : 422;
        }
        return parts_.show(request, visit, std::move(shown));
    }

    PageParts parts_;
};

}  // namespace

std::vector<http::Route> routes(const PageParts& parts)
{
    // Shared by both handlers, which live as long as the router.
    const auto pages = std::make_shared<const VerificationPages>(parts);
    const auto& door = parts.doorkeeper;
    return {
        {http::Method::get, "/pruefen", door.open([pages](const http::Request& request, const Visit& visit) {
             return pages->form(request, visit);
         })},
        {http::Method::get,
         "/pruefen/{code}",
         door.open([pages](const http::Request& request, const Visit& visit) {
             return pages->result(request, visit);
         })},
    };
}

}  // namespace documents
