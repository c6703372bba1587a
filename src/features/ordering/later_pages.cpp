#include "features/ordering/later_pages.hpp"

#include "kit/crypto/hashing.hpp"
#include "kit/html/components.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/normal_form.hpp"

namespace ordering {

namespace {

using http::Request;
using http::Response;
using identity::Visit;

constexpr std::size_t longest_email = 100;

std::string link_url(const Request& request)
{
    return "/weiterfahren/" + std::string(request.route_value("token"));
}

}  // namespace

// The e-mail address or the date of birth among the answers; "" when it was not asked yet.
std::string LaterPages::answer_of(const Draft& draft, bool wants_birth) const
{
    const auto* package = parts_.catalog.find(draft.service_id);
    if (package == nullptr)
        return {};
    const auto& form = package->form;
    const auto* answer = draft.answers.find(wants_birth ? form.date_of_birth_key() : form.email_key());
    return answer == nullptr ? std::string() : std::string(answer->string_or());
}

Response LaterPages::ask_address(const Request& request, const Visit& visit) const
{
    const auto draft = find_draft(request, visit);
    if (!draft || draft->case_id)
        return problem(request, visit, "draft_lost", 404);
    return address_page(request, visit, *draft, {});
}

Response LaterPages::address_page(
    const Request& request, const Visit& visit, const Draft& draft, std::string_view error
) const
{
    const std::string message = error.empty() ? std::string() : text(visit, error);
    html::Data data;
    data.set("title", text(visit, "later_title"))
        .set("action", draft_url(draft.id) + "/spaeter")
        .set("kept", text(visit, "later_kept", {{"days", std::to_string(draft_lifetime.count())}}))
        .set(
            "field",
            html::text_field({
                .name = "email",
                .label = text(visit, "later_email"),
                .hint = text(visit, "later_email_hint"),
                .error = message,
                .value = error.empty() ? answer_of(draft, false) : typed_in(request, "email"),
                .type = "email",
                .autocomplete = "email",
                .input_mode = "email",
                .is_spell_checked = false,
            })
        );
    if (!error.empty())
        data.set("error_summary", html::error_summary({{"email", message}}));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/later",
         .title = text(visit, "later_title"),
         .data = std::move(data),
         .status = status_of(error),
         .has_errors = !error.empty(),
         .back_url = draft_url(draft.id),
         .is_personal = true}
    );
}

Response LaterPages::send_link(const Request& request, const Visit& visit) const
{
    const auto draft = find_draft(request, visit);
    if (!draft || draft->case_id)
        return problem(request, visit, "draft_lost", 404);
    const auto email = catalog::normal_email(typed_in(request, "email"), longest_email);
    if (!email.broken_rule.empty())
        return address_page(request, visit, *draft, "later_email_missing");
    // A stranger's mailbox is not to be filled from here.
    if (!parts_.may_try("later:" + email.value) ||
        !parts_.may_try("later-from:" + http::client_network(request.remote_address)))
        return address_page(request, visit, *draft, "too_many_tries");

    auto transaction = parts_.database.begin(draft->tenant);
    const auto way = parts_.drafts.add_link(transaction, draft->id, !answer_of(*draft, true).empty());
    const auto* package = parts_.catalog.find(draft->service_id);
    const html::Arguments arguments{
        {"service", package == nullptr ? draft->service_id : package->service.in(visit.language).title},
        {"link", parts_.public_address + "/weiterfahren/" + way.token},
        {"days", std::to_string(draft_lifetime.count())}};
    const std::string factor = way.code.empty() ? "birth" : "code";
    parts_.post(
        transaction,
        email.value,
        text(visit, "later_mail_subject"),
        text(visit, "later_mail_body_" + factor, arguments)
    );
    transaction.commit();

    html::Data data;
    data.set("title", text(visit, "later_sent_title"))
        .set("sent", text(visit, "later_sent", {{"email", email.value}}))
        .set("code", way.code)
        .set("factor", text(visit, "later_needs_" + factor))
        .set("draft_url", draft_url(draft->id));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/later_sent",
         .title = text(visit, "later_sent_title"),
         .data = std::move(data),
         .is_personal = true}
    );
}

Response LaterPages::ask_second_factor(const Request& request, const Visit& visit) const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    const auto linked = parts_.drafts.find_by_link(transaction, request.route_value("token"));
    return linked ? factor_page(request, visit, *linked, {}) : problem(request, visit, "draft_lost", 404);
}

Response LaterPages::factor_page(
    const Request& request, const Visit& visit, const Drafts::Linked& linked, std::string_view error
) const
{
    const std::string message = error.empty() ? std::string() : text(visit, error);
    const bool asks_code = !linked.code_hash.empty();
    html::Data data;
    data.set("title", text(visit, "resume_title")).set("action", link_url(request));
    if (asks_code)
        data.set(
            "code_field",
            html::text_field({
                .name = "code",
                .label = text(visit, "resume_code"),
                .hint = text(visit, "resume_code_hint"),
                .error = message,
                .width = 10,
                .is_spell_checked = false,
            })
        );
    else
        data.set("date_field", birth_field(request, visit, message));
    if (!error.empty())
        data.set(
            "error_summary", html::error_summary({{asks_code ? "code" : std::string(birth_input), message}})
        );
    return parts_.show(
        request,
        visit,
        {.page = "ordering/resume",
         .title = text(visit, "resume_title"),
         .data = std::move(data),
         .status = status_of(error),
         .has_errors = !error.empty(),
         .is_personal = true}
    );
}

bool LaterPages::is_right(const Request& request, const Drafts::Linked& linked) const
{
    if (!linked.code_hash.empty())
        return Drafts::is_code(linked, typed_in(request, "code"));
    const auto birth = typed_birth(request);
    return !birth.empty() && crypto::equal_in_constant_time(birth, answer_of(linked.draft, true));
}

Response LaterPages::resume(const Request& request, const Visit& visit) const
{
    std::optional<Drafts::Linked> linked;
    {
        auto reading = parts_.database.begin_read_across_tenants();
        linked = parts_.drafts.find_by_link(reading, request.route_value("token"));
    }
    if (!linked)
        return problem(request, visit, "draft_lost", 404);
    // By draft, not by link: more links to one draft give no more tries.
    if (!parts_.may_try("draft:" + linked->draft.id.text) ||
        !parts_.may_try("draft-from:" + http::client_network(request.remote_address)))
        return factor_page(request, visit, *linked, "too_many_tries");
    if (!is_right(request, *linked))
        return factor_page(
            request, visit, *linked, linked->code_hash.empty() ? "date_of_birth_wrong" : "resume_code_wrong"
        );
    auto transaction = parts_.database.begin(linked->draft.tenant);
    parts_.drafts.take_over(transaction, linked->draft.id, visit.visitor);
    transaction.commit();
    return http::see_other(draft_url(linked->draft.id));
}

Response LaterPages::resume_of_account(const Request& request, const Visit& visit) const
{
    std::optional<Draft> found;
    {
        auto reading = parts_.database.begin_read_across_tenants();
        for (auto& draft : parts_.drafts.of_account(reading, visit.session->email))
            if (draft.id.text == request.route_value("draft"))
                found = std::move(draft);
    }
    if (!found)
        return problem(request, visit, "draft_lost", 404);
    auto transaction = parts_.database.begin(found->tenant);
    parts_.drafts.take_over(transaction, found->id, visit.visitor);
    transaction.commit();
    return http::see_other(draft_url(found->id));
}

}  // namespace ordering
