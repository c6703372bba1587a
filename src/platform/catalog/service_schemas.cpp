#include "platform/catalog/service_schemas.hpp"

#include "platform/catalog/question.hpp"

namespace catalog {

namespace {

using api::list_of;
using api::Member;
using api::optional;
using api::required;
using api::text;

std::vector<Member> summary_members()
{
    return {
        required("id", text().explained("catalog.service_id").like("hauptwohnsitzbescheinigung")),
        required("title", text()),
        required("summary", text()),
        required(
            "level", api::one_of({"municipality", "canton", "confederation"}).explained("catalog.level")
        ),
        required("categories", list_of(text())),
        required("lifeEvents", list_of(text())),
        required(
            "channels", list_of(text()).explained("catalog.channels").like(json::Array{"online", "counter"})
        ),
        required("url", api::uri().explained("catalog.service_url")),
        optional("orderedAt", api::uri().explained("catalog.ordered_at")),
    };
}

api::Schema service()
{
    auto members = summary_members();
    const auto texts = list_of(text());
    for (const auto* name : {"audience", "requirements", "steps", "evidence", "outputs"})
        members.push_back(required(name, texts));
    for (const auto* name : {"costs", "processingTime", "otherChannels"})
        members.push_back(required(name, text()));
    members.push_back(
        required("legalBases", list_of(api::object({required("title", text()), required("url", api::uri())})))
    );
    members.push_back(required("responsible", text().explained("catalog.responsible")));
    members.push_back(required("routing", text().explained("catalog.routing").like("residence")));
    members.push_back(required(
        "payment", list_of(text()).explained("catalog.payment").like(json::Array{"online", "invoice"})
    ));
    members.push_back(
        required("delivery", list_of(text()).explained("catalog.delivery").like(json::Array{"pdf", "post"}))
    );
    members.push_back(required("minimumAge", api::integer().explained("catalog.minimum_age")));
    members.push_back(
        required("basis", api::one_of({"checked", "example", "general_practice"}).explained("catalog.basis"))
    );
    members.push_back(required("minimumTrust", text().explained("catalog.minimum_trust").like("none")));
    members.push_back(required("checkedOn", api::date().explained("catalog.checked_on")));
    return api::object(std::move(members));
}

api::Schema question()
{
    std::vector<std::string> types;
    for (const auto name : question_type_names())
        if (name != name_of(QuestionType::info))
            types.emplace_back(name);
    const auto option =
        api::object({required("value", text()), required("label", text()), optional("hint", text())});
    return api::object({
        required("answers", list_of(text()).explained("catalog.question_answers")),
        required("type", api::one_of(std::move(types)).explained("catalog.question_type")),
        required("label", text()),
        optional("hint", text()),
        required("isRequired", api::boolean()),
        required("isConditional", api::boolean().explained("catalog.is_conditional")),
        optional("maxLength", api::integer()),
        optional("minimum", api::integer()),
        optional("maximum", api::integer()),
        optional("options", list_of(option)),
    });
}

}  // namespace

api::Schemas service_schemas()
{
    return {
        {"ServiceSummary", api::object(summary_members())},
        {"Service", service()},
        {"Form",
         api::object({
             required("service", text()),
             required(
                 "pages",
                 list_of(api::object({
                     required("id", text()),
                     required("title", text()),
                     required("isConditional", api::boolean().explained("catalog.is_conditional")),
                     required("questions", list_of(api::reference("Question"))),
                 }))
             ),
         })},
        {"Question", question()},
        {"Offer",
         api::object({
             required("service", api::reference("ServiceSummary")),
             required("priceFrom", api::reference("Money").or_null().explained("catalog.price_from")),
             required("url", api::uri().explained("catalog.offer_url")),
         })},
    };
}

}  // namespace catalog
