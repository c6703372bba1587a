#include "base/date.hpp"
#include "features/desk/case_schemas.hpp"
#include "features/desk/feature.hpp"
#include "kit/api/instant.hpp"
#include "kit/api/values.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/correction.hpp"
#include "platform/catalog/program_answers.hpp"
#include "platform/documents/documents.hpp"
#include "platform/payments/payment_schema.hpp"
#include "platform/payments/payments.hpp"

#include <algorithm>

namespace desk {

namespace {

using api::Answer;
using api::Call;
using api::Outcome;
using api::Problem;
using api::Refusal;

constexpr std::int64_t longest_text = 2000;

json::Value json_of(const cases::CaseLine& line)
{
    return json::Object{
        {"reference", line.reference},
        {"service", line.service_id},
        {"language", html::code_of(line.language)},
        {"state", cases::name_of(line.state)},
        {"applicant", line.applicant},
        {"handler", api::text_or_null(line.handler.value_or(""))},
        {"createdAt", base::format_instant(line.created_at)},
        {"changedAt", base::format_instant(line.changed_at)},
    };
}

json::Value task_json(const Dossier& dossier)
{
    if (!dossier.task)
        return {};
    const auto& task = *dossier.task;
    return json::Object{
        {"id", task.id.text},
        {"name", task.name},
        {"reason", dossier.task_reason},
        {"assignee", api::text_or_null(task.assignee)},
        {"createdAt", base::format_instant(task.created_at)},
    };
}

json::Value incident_json(const Dossier& dossier)
{
    if (!dossier.incident)
        return {};
    const auto& incident = *dossier.incident;
    return json::Object{
        {"step", incident.element_name.empty() ? incident.element : incident.element_name},
        {"message", incident.message},
        {"since", base::format_instant(incident.raised_at)},
    };
}

Refusal refusal(Problem problem, std::string sentence, html::Arguments arguments = {})
{
    return {.problem = problem, .sentence = std::move(sentence), .arguments = std::move(arguments)};
}

Refusal one_finding(const html::Texts& texts, html::Language language, std::string parameter)
{
    const std::string rule = "required";
    return {
        .problem = Problem::invalid,
        .findings = {{{}, std::move(parameter), rule, texts.text(language, "api.rule_" + rule)}}};
}

// What a program would put right. Other answers are better refused than overlooked.
catalog::ProgramFields
correction(const catalog::Form& form, const cases::Case& corrected, const json::Object& given)
{
    auto read = catalog::fields_of_answers(form, given);
    const auto* answers = corrected.answers.if_object();
    std::vector<std::string> keys;
    for (const auto* question : catalog::correctable_questions(form, answers ? *answers : json::Object()))
        for (auto& key : catalog::answer_keys(*question))
            keys.push_back(std::move(key));
    for (const auto& [key, value] : given) {
        const bool is_known = std::ranges::none_of(read.faults, [&](const catalog::AnswerFault& fault) {
            return fault.key == key;
        });
        if (is_known && std::ranges::find(keys, key) == keys.end())
            read.faults.push_back({key, "not_correctable"});
    }
    return read;
}

class Operations {
public:
    explicit Operations(const ApiParts& parts) : parts_(parts) {}

    Outcome list(const Call& call) const
    {
        const auto municipality = call.integer("municipality");
        const auto tenant =
            municipality ? base::TenantId{std::to_string(*municipality)} : call.caller->tenant;
        if (!municipality && call.caller->serves_every_tenant)
            return one_finding(parts_.texts, call.language, "municipality");
        if (!call.caller->serves(tenant))
            return refusal(Problem::forbidden, "desk.api_other_authority");
        const auto page = api::page_of(call);
        cases::ChangeFilter filter;
        filter.state = cases::parse_state(call.text("state"));
        filter.service_id = call.text("service");
        filter.since = api::parse_instant(call.text("changedSince"));
        filter.after = page.after;
        filter.most = page.limit + 1;
        auto transaction = parts_.database.begin_read(tenant);
        const auto found = parts_.cases.changes(transaction, filter);
        if (!found)
            return api::unknown_cursor(parts_.texts, call.language);
        json::Array items;
        for (std::size_t index = 0; index < found->size() && index < page.limit; ++index)
            items.push_back(json_of((*found)[index]));
        const bool has_more = found->size() > page.limit;
        return api::page_answer(std::move(items), has_more ? (*found)[page.limit - 1].mark : std::string());
    }

    Outcome read(const Call& call) const
    {
        const auto clerk = clerk_of(call);
        if (!clerk)
            return clerk.error();
        const auto dossier = parts_.desk.open(*clerk, std::string(call.text("reference")));
        if (!dossier)
            return dossier.error();
        return Answer{case_json(*dossier, call.language)};
    }

    Outcome decide(const Call& call) const
    {
        const auto clerk = clerk_of(call);
        if (!clerk)
            return clerk.error();
        const std::string reference(call.text("reference"));
        const auto dossier = parts_.desk.open(*clerk, reference);
        if (!dossier)
            return dossier.error();
        Decision decision;
        decision.task_id = call.text("task");
        decision.verdict = parse_verdict(call.body.text_of("decision"));
        decision.text = call.body.text_of("text");
        const auto* answers = call.body.find("answers");
        const auto* package = parts_.catalog.find(dossier->opened_case.service_id);
        if (answers != nullptr && package != nullptr) {
            auto given = correction(package->form, dossier->opened_case, *answers->if_object());
            if (!given.faults.empty())
                return wrong_answers(given.faults, call);
            decision.fields = std::move(given.fields);
        }
        if (const auto decided = parts_.desk.decide(*clerk, reference, decision); !decided)
            return why_not(decided.error(), *dossier, decision, call);
        return read(call);
    }

private:
    // The program at work, as the desk knows people. Whose case it is stands in the reference.
    base::Result<Clerk> clerk_of(const Call& call) const
    {
        const auto tenant = cases::tenant_of_reference(call.text("reference"));
        if (!tenant || !call.caller->serves(*tenant))
            return base::fail(base::ErrorKind::not_found, "cases.unknown");
        return Clerk{*tenant, call.caller->name};
    }

    Refusal wrong_answers(const std::vector<catalog::AnswerFault>& faults, const Call& call) const
    {
        return {
            .problem = Problem::invalid,
            .findings = catalog::findings_of(faults, "/answers", parts_.texts, call.language)};
    }

    Outcome why_not(
        const base::Error& error, const Dossier& dossier, const Decision& decision, const Call& call
    ) const
    {
        if (error.kind == base::ErrorKind::conflict) {
            const bool is_anonymous = error.message_key == "desk.decided_by" && error.detail.empty();
            return refusal(
                Problem::conflict,
                is_anonymous ? "desk.decided_already" : error.message_key,
                {{"name", error.detail}}
            );
        }
        if (error.kind != base::ErrorKind::invalid)
            return error;
        if (error.message_key == "desk.correction_invalid") {
            std::vector<catalog::AnswerFault> faults;
            for (const auto& wrong : parts_.desk.corrected(dossier.opened_case, decision.fields).errors)
                faults.push_back({wrong.key, wrong.rule, wrong.text});
            return wrong_answers(faults, call);
        }
        const bool is_about_text = error.message_key.starts_with("desk.text_");
        const auto code = error.message_key.substr(error.message_key.find('.') + 1);
        return Refusal{
            .problem = Problem::invalid,
            .findings = {
                {is_about_text ? "/text" : "/answers",
                 {},
                 code,
                 parts_.texts.text(call.language, error.message_key)}}};
    }

    json::Value case_json(const Dossier& dossier, html::Language language) const
    {
        const auto& shown = dossier.opened_case;
        auto transaction = parts_.database.begin_read(shown.tenant);
        return json::Object{
            {"reference", shown.reference},
            {"service", shown.service_id},
            {"language", html::code_of(shown.language)},
            {"state", cases::name_of(shown.state)},
            {"applicant", cases::applicant_of(shown.answers)},
            {"handler", api::text_or_null(shown.handler.value_or(""))},
            {"createdAt", base::format_instant(shown.created_at)},
            {"changedAt", base::format_instant(shown.changed_at)},
            {"answers", shown.answers},
            {"email", shown.email},
            {"task", task_json(dossier)},
            {"incident", incident_json(dossier)},
            {"payment", payments::json_of(parts_.payments.of_case(transaction, shown.id))},
            {"documents", documents_json(transaction, shown, language)},
            {"history", history_json(dossier, language)},
        };
    }

    json::Value
    documents_json(sql::Transaction& transaction, const cases::Case& shown, html::Language language) const
    {
        json::Array list;
        for (const auto& document : parts_.documents.of_case(transaction, shown.id))
            list.emplace_back(json::Object{
                {"id", document.id.text},
                {"title", document.titles.in(language)},
                {"mediaType", document.media_type},
                {"state", documents::name_of(document.state)},
                {"issuedAt", base::format_instant(document.issued_at)},
            });
        return list;
    }

    json::Value history_json(const Dossier& dossier, html::Language language) const
    {
        json::Array list;
        for (const auto& event : dossier.history)
            list.emplace_back(json::Object{
                {"at", base::format_instant(event.at)},
                {"kind", event.kind},
                {"text", parts_.texts.text(language, "cases.event_" + event.kind)},
                {"who", event.who},
                {"detail", api::text_or_null(event.detail)},
                {"isPublic", event.is_public},
            });
        return list;
    }

    ApiParts parts_;
};

api::Parameter reference_parameter()
{
    return api::in_path(
        "reference",
        api::text()
            .matching("[A-Z]{2}-[0-9]{1,4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
            .explained("desk.api_reference")
            .like("AG-4001-7K3M-9QXP")
    );
}

std::vector<api::Parameter> list_parameters()
{
    auto parameters = api::page_parameters();
    parameters.push_back(api::in_query(
        "municipality", api::integer().at_least(1).at_most(9999).explained("desk.api_municipality").like(4001)
    ));
    parameters.push_back(api::in_query("state", api::one_of(case_states()).explained("desk.api_state")));
    parameters.push_back(
        api::in_query("service", api::text().matching("[a-z0-9-]{1,100}").explained("desk.api_service"))
    );
    parameters.push_back(api::in_query("changedSince", api::instant().explained("desk.api_changed_since")));
    return parameters;
}

api::Schema decision_schema()
{
    std::vector<std::string> verdicts;
    for (const auto verdict : all_verdicts)
        verdicts.emplace_back(name_of(verdict));
    return api::object({
        api::required("decision", api::one_of(std::move(verdicts)).explained("desk.api_decision")),
        api::optional("text", api::text().at_most(longest_text).explained("desk.api_decision_text")),
        api::optional("answers", api::map_of(api::anything()).explained("desk.api_decision_answers")),
    });
}

}  // namespace

api::Slice case_api(const ApiParts& parts)
{
    const auto operations = std::make_shared<const Operations>(parts);  // shared by the slice's operations
    api::Slice slice;
    slice.schemas = case_schemas();
    slice.operations.push_back({
        .pattern = "/cases",
        .id = "listCases",
        .tag = "cases",
        .sentence = "desk.api_list_cases",
        .parameters = list_parameters(),
        .answers = {{200, "desk.api_some_cases", api::page_of("CaseSummary")}},
        .scope = "cases:read",
        .work = [operations](const Call& call) { return operations->list(call); },
    });
    slice.operations.push_back({
        .pattern = "/cases/{reference}",
        .id = "readCase",
        .tag = "cases",
        .sentence = "desk.api_read_case",
        .parameters = {reference_parameter()},
        .answers = {{200, "desk.api_the_case", api::reference("Case")}},
        .problems = {Problem::not_found},
        .scope = "cases:read",
        .work = [operations](const Call& call) { return operations->read(call); },
    });
    slice.operations.push_back({
        .method = http::Method::post,
        .pattern = "/cases/{reference}/tasks/{task}/decision",
        .id = "decideTask",
        .tag = "cases",
        .sentence = "desk.api_decide_task",
        .parameters =
            {reference_parameter(),
             api::in_path("task", api::text().matching("[0-9]{1,19}").explained("desk.api_task_id"))},
        .body = decision_schema(),
        .answers = {{200, "desk.api_the_case", api::reference("Case")}},
        .problems = {Problem::not_found, Problem::conflict},
        .scope = "cases:write",
        .work = [operations](const Call& call) { return operations->decide(call); },
    });
    return slice;
}

}  // namespace desk
