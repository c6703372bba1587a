#include "features/ordering/case_action_pages.hpp"

#include "base/text.hpp"
#include "kit/http/rate_limiter.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/correction.hpp"
#include "platform/catalog/local_date.hpp"
#include "platform/catalog/question_view.hpp"
#include "process/runtime/runtime.hpp"

#include <charconv>

namespace ordering {

using cases::State;
using http::Request;
using http::Response;
using identity::Visit;

Response CaseActionPages::write_message(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    if (seen->shown.state == State::expired || seen->shown.state == State::withdrawn)
        return http::see_other(seen->url);
    const auto typed = typed_in(request, "nachricht");
    if (!parts_.may_try("message:" + seen->shown.id.text))
        return status(request, visit, *seen, {"nachricht", typed, "ordering.too_many_tries"});
    const auto written = [&] {
        auto transaction = parts_.database.begin(seen->shown.tenant);
        auto done = parts_.messages.write(
            transaction,
            seen->shown,
            {.written_at = visit.now,
             .is_of_resident = true,
             .author = {},
             .text = typed,
             .asks_correction = false}
        );
        if (done)
            transaction.commit();
        return done;
    }();  // nobody waits to write while a refusal is shown
    if (!written)
        return status(request, visit, *seen, {"nachricht", typed, written.error().message_key});
    return http::see_other(seen->url + "#nachrichten");
}

bool CaseActionPages::may_correct(const SeenCase& seen) const
{
    if (seen.shown.state != State::with_clerk)
        return false;
    auto transaction = parts_.database.begin_read(seen.shown.tenant);
    return cases::awaits_correction(
        parts_.messages.of_case(transaction, seen.shown.id), parts_.cases.history(transaction, seen.shown.id)
    );
}

Response CaseActionPages::show_answers(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    if (!may_correct(*seen))
        return http::see_other(seen->url);
    return answers_page(request, visit, *seen, nullptr);
}

Response CaseActionPages::answers_page(
    const Request& request, const Visit& visit, const SeenCase& seen, const catalog::Checked* checked
) const
{
    const auto* package = parts_.catalog.find(seen.shown.service_id);
    const auto* answers = seen.shown.answers.if_object();
    if (package == nullptr || answers == nullptr)
        return parts_.not_found(request, visit);
    html::Data data;
    data.set("title", text(visit, "correction_title"))
        .set("action", seen.url + "/angaben")
        .set(
            "fields",
            catalog::fields_data(
                {package->form, catalog::correctable_questions(package->form, *answers), *answers, checked},
                parts_.texts,
                visit.language
            )
        );
    if (checked != nullptr)
        data.set("error_summary", catalog::errors_data(*checked, visit.language));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/correction",
         .title = text(visit, "correction_title"),
         .data = std::move(data),
         .status = checked == nullptr ? 200 : 422,
         .has_errors = checked != nullptr,
         .back_url = seen.url,
         .service = package->service.in(visit.language).title,
         .is_personal = true,
         .municipality = frame_of(municipality_of(seen.shown.tenant))}
    );
}

Response CaseActionPages::correct_answers(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    const auto* package = parts_.catalog.find(seen->shown.service_id);
    const auto* answers = seen->shown.answers.if_object();
    if (!may_correct(*seen) || package == nullptr || answers == nullptr)
        return http::see_other(seen->url);
    const auto checked =
        catalog::correct(package->form, *answers, request.form(), catalog::local_date(visit.now));
    if (!checked.errors.empty())
        return answers_page(request, visit, *seen, &checked);
    const auto* birth = checked.answers.find(package->form.date_of_birth_key());
    auto transaction = parts_.database.begin(seen->shown.tenant);
    parts_.cases.correct_answers(
        transaction,
        seen->shown.id,
        checked.answers,
        birth == nullptr ? seen->shown.date_of_birth : std::string(birth->string_or()),
        "resident"
    );
    transaction.commit();
    return http::see_other(seen->url);
}

Response CaseActionPages::withdraw(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    // The process decides: where it still waits, it ends; where it has gone on, nobody waits for the message.
    auto transaction = parts_.database.begin(seen->shown.tenant);
    const auto reached = parts_.runtime.correlate_message(
        transaction,
        {.name = "order-withdrawn",
         .correlation_key = seen->shown.reference,
         .variables = {},
         .id = {},
         .time_to_live = {}}
    );
    if (reached)
        transaction.commit();
    return http::see_other(seen->url + (reached ? "?zurueck=rueckzug" : "?zurueck=zu-spaet"));
}

Response CaseActionPages::rate(const Request& request, const Visit& visit) const
{
    const auto seen = seen_case(request, visit);
    if (!seen)
        return refused(request, visit);
    const auto typed = typed_in(request, "bewertung");
    cases::Rating rating{0, std::string(base::trim(typed_in(request, "bemerkung")))};
    std::from_chars(typed.data(), typed.data() + typed.size(), rating.stars);
    const auto rated = [&] {
        auto transaction = parts_.database.begin(seen->shown.tenant);
        auto done = parts_.ratings.rate(transaction, seen->shown, rating);
        if (done)
            transaction.commit();
        return done;
    }();
    if (!rated && rated.error().kind == base::ErrorKind::invalid)
        return status(request, visit, *seen, {"bewertung", rating.remark, rated.error().message_key});
    return http::see_other(seen->url + "#bewertung");
}

}  // namespace ordering
