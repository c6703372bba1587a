#include "features/desk/case_schemas.hpp"

#include "platform/cases/case.hpp"
#include "platform/payments/payment_schema.hpp"

namespace desk {

namespace {

using api::instant;
using api::list_of;
using api::reference;
using api::required;
using api::text;

std::vector<api::Member> summary_members()
{
    return {
        required("reference", text().explained("desk.api_reference").like("AG-4001-7K3M-9QXP")),
        required("service", text().like("hauptwohnsitzbescheinigung")),
        required("language", api::one_of({"de", "fr", "it", "en"}).explained("desk.api_language")),
        required("state", api::one_of(case_states())),
        required("applicant", text().explained("desk.api_applicant")),
        required("handler", text().or_null().explained("desk.api_handler")),
        required("createdAt", instant()),
        required("changedAt", instant().explained("desk.api_changed_at")),
    };
}

api::Schema full_case()
{
    auto members = summary_members();
    members.push_back(required("answers", reference("Answers")));
    members.push_back(required("email", text()));
    members.push_back(required("task", reference("Task").or_null().explained("desk.api_task")));
    members.push_back(required("incident", reference("Incident").or_null().explained("desk.api_incident")));
    members.push_back(required("payment", reference("Payment").or_null().explained("desk.api_payment")));
    members.push_back(required("documents", list_of(reference("CaseDocument"))));
    members.push_back(required("history", list_of(reference("CaseEvent")).explained("desk.api_history")));
    return api::object(std::move(members));
}

}  // namespace

std::vector<std::string> case_states()
{
    using cases::State;
    std::vector<std::string> names;
    for (const auto state :
         {State::awaiting_payment,
          State::in_progress,
          State::with_clerk,
          State::completed,
          State::refused,
          State::expired,
          State::withdrawn})
        names.emplace_back(cases::name_of(state));
    return names;
}

api::Schemas case_schemas()
{
    return {
        {"CaseSummary", api::object(summary_members())},
        {"Case", full_case()},
        {"Answers", api::map_of(api::anything()).explained("desk.api_answers")},
        {"Task",
         api::object({
             required("id", text()),
             required("name", text()),
             required("reason", text().explained("desk.api_reason").like("not_found")),
             required("assignee", text().or_null()),
             required("createdAt", instant()),
         })},
        {"Incident",
         api::object({required("step", text()), required("message", text()), required("since", instant())})},
        {"Payment", payments::payment_schema()},
        {"CaseDocument",
         api::object({
             required("id", text()),
             required("title", text()),
             required("mediaType", text()),
             required("state", api::one_of({"valid", "revoked"})),
             required("issuedAt", instant()),
         })},
        {"CaseEvent",
         api::object({
             required("at", instant()),
             required("kind", text().like("received")),
             required("text", text()),
             required("who", text().explained("desk.api_who")),
             required("detail", text().or_null()),
             required("isPublic", api::boolean().explained("desk.api_is_public")),
         })},
    };
}

}  // namespace desk
