#include "platform/catalog/service_api.hpp"

#include "base/text.hpp"
#include "kit/api/values.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/lowest_fee.hpp"
#include "platform/catalog/offers.hpp"
#include "platform/catalog/service_schemas.hpp"
#include "platform/tenancy/municipalities.hpp"
#include "platform/tenancy/municipality_api.hpp"

namespace catalog {

namespace {

using api::Answer;
using api::Call;
using api::Outcome;
using html::Language;

const std::string& id_of(const Package* package)
{
    return package->service.id;
}

json::Object summary_of(const Package& package, Language language, const std::string& public_address)
{
    const auto& service = package.service;
    json::Object summary{
        {"id", service.id},
        {"title", service.in(language).title},
        {"summary", service.in(language).summary},
        {"level", name_of(service.level)},
        {"categories", api::json_of(service.categories)},
        {"lifeEvents", api::json_of(service.life_events)},
        {"channels", api::json_of(service.channels)},
        {"url", public_address + "/leistungen/" + service.id},
    };
    if (service.is_ordered_elsewhere())
        summary.append("orderedAt", service.address.in(language));
    return summary;
}

json::Value service_json(const Package& package, Language language, const std::string& public_address)
{
    const auto& service = package.service;
    const auto& texts = service.in(language);
    auto object = summary_of(package, language, public_address);
    object.append("audience", api::json_of(texts.audience));
    object.append("requirements", api::json_of(texts.requirements));
    object.append("steps", api::json_of(texts.steps));
    object.append("evidence", api::json_of(texts.evidence));
    object.append("outputs", api::json_of(texts.outputs));
    object.append("costs", texts.costs);
    object.append("processingTime", texts.processing_time);
    object.append("otherChannels", texts.channels);
    json::Array legal;
    for (const auto& basis : service.legal_bases)
        legal.emplace_back(json::Object{{"title", basis.title.in(language)}, {"url", basis.url}});
    object.append("legalBases", std::move(legal));
    object.append("responsible", service.responsible);
    object.append("routing", service.routing);
    object.append("payment", api::json_of(service.payment));
    object.append("delivery", api::json_of(service.delivery));
    object.append("minimumAge", package.form.minimum_age());
    object.append("basis", name_of(service.basis));
    object.append("minimumTrust", service.minimum_trust);
    object.append("checkedOn", base::format_date(service.checked_on));
    return object;
}

bool has_length(QuestionType type)
{
    return type == QuestionType::text || type == QuestionType::longtext || type == QuestionType::email;
}

json::Value question_json(const Question& question, Language language)
{
    json::Object object{
        {"answers", api::json_of(answer_keys(question))},
        {"type", name_of(question.type)},
        {"label", question.label.in(language)},
        {"isRequired", question.is_required},
        {"isConditional", question.show_if.has_value()},
    };
    if (!question.hint.empty())
        object.append("hint", question.hint.in(language));
    if (has_length(question.type))
        object.append("maxLength", static_cast<std::int64_t>(question.max_length));
    if (question.minimum)
        object.append("minimum", *question.minimum);
    if (question.maximum)
        object.append("maximum", *question.maximum);
    json::Array options;
    for (const auto& option : question.options) {
        json::Object shown{{"value", option.value}, {"label", option.label.in(language)}};
        if (!option.hint.empty())
            shown.append("hint", option.hint.in(language));
        options.emplace_back(std::move(shown));
    }
    if (!options.empty())
        object.append("options", std::move(options));
    return object;
}

json::Value form_json(const Package& package, Language language)
{
    json::Array pages;
    for (const auto& page : package.form.pages()) {
        json::Array questions;
        for (const auto& question : page.questions)
            if (question.type != QuestionType::info)
                questions.push_back(question_json(question, language));
        pages.emplace_back(json::Object{
            {"id", page.id},
            {"title", page.title.in(language)},
            {"isConditional", page.show_if.has_value()},
            {"questions", std::move(questions)}});
    }
    return json::Object{{"service", package.service.id}, {"pages", std::move(pages)}};
}

class Operations {
public:
    explicit Operations(const ApiParts& parts) : parts_(parts) {}

    Outcome list(const Call& call) const
    {
        const auto found = parts_.catalog.search(call.language, base::trim(call.text("q")));
        return api::page_answer(found, call, parts_.texts, id_of, [&](const Package* package) {
            return summary_of(*package, call.language, parts_.public_address);
        });
    }

    Outcome read(const Call& call) const
    {
        const auto* package = parts_.catalog.find(call.text("service"));
        if (package == nullptr)
            return base::fail(base::ErrorKind::not_found, "catalog.unknown_service");
        return Answer{service_json(*package, call.language, parts_.public_address)};
    }

    Outcome form(const Call& call) const
    {
        const auto* package = parts_.catalog.find(call.text("service"));
        if (package == nullptr)
            return base::fail(base::ErrorKind::not_found, "catalog.unknown_service");
        return Answer{form_json(*package, call.language)};
    }

    // As the municipality's own page: nothing where it does not take part.
    Outcome offers(const Call& call) const
    {
        const auto* municipality =
            parts_.municipalities.find_by_address(std::to_string(*call.integer("bfs")));
        if (municipality == nullptr)
            return base::fail(base::ErrorKind::not_found, "tenancy.unknown_municipality");
        auto transaction = parts_.database.begin_read(municipality->tenant());
        const auto offered = parts_.offers.offered(transaction);
        std::vector<const Package*> packages;
        for (const auto& package : parts_.catalog.packages())
            if (municipality->participates && offered.contains(package.service.id))
                packages.push_back(&package);
        return api::page_answer(packages, call, parts_.texts, id_of, [&](const Package* package) {
            return offer_json(*package, *municipality, call.language);
        });
    }

private:
    json::Value
    offer_json(const Package& package, const tenancy::Municipality& municipality, Language language) const
    {
        const auto price = lowest_fee(parts_.catalog, package, municipality.bfs_number);
        return json::Object{
            {"service", summary_of(package, language, parts_.public_address)},
            {"priceFrom", price ? api::json_of(*price) : json::Value()},
            {"url", parts_.public_address + "/" + municipality.slug + "/leistungen/" + package.service.id},
        };
    }

    ApiParts parts_;
};

api::Operation
reading(std::string pattern, std::string id, std::string sentence, std::vector<api::Parameter> parameters)
{
    return {
        .pattern = std::move(pattern),
        .id = std::move(id),
        .tag = "services",
        .sentence = std::move(sentence),
        .parameters = std::move(parameters),
        .caching = api::Caching::by_all};
}

}  // namespace

api::Slice service_api(const ApiParts& parts)
{
    const auto operations = std::make_shared<const Operations>(parts);  // shared by the slice's operations
    const auto of_service = api::in_path(
        "service",
        api::text()
            .matching("[a-z0-9-]{1,100}")
            .explained("catalog.parameter_service")
            .like("hauptwohnsitzbescheinigung")
    );
    auto searched = api::page_parameters();
    searched.push_back(
        api::in_query("q", api::text().at_least(1).at_most(100).explained("catalog.parameter_q"))
    );
    auto offered = api::page_parameters();
    offered.insert(offered.begin(), tenancy::bfs_parameter());

    auto list = reading("/services", "listServices", "catalog.list_services", std::move(searched));
    list.answers = {{200, "catalog.some_services", api::page_of("ServiceSummary")}};
    list.work = [operations](const Call& call) { return operations->list(call); };

    auto read = reading("/services/{service}", "readService", "catalog.read_service", {of_service});
    read.answers = {{200, "catalog.the_service", api::reference("Service")}};
    read.problems = {api::Problem::not_found};
    read.work = [operations](const Call& call) { return operations->read(call); };

    auto form = reading("/services/{service}/form", "readForm", "catalog.read_form", {of_service});
    form.answers = {{200, "catalog.the_form", api::reference("Form")}};
    form.problems = {api::Problem::not_found};
    form.work = [operations](const Call& call) { return operations->form(call); };

    auto offers =
        reading("/municipalities/{bfs}/services", "listOffers", "catalog.list_offers", std::move(offered));
    offers.answers = {{200, "catalog.some_offers", api::page_of("Offer")}};
    offers.problems = {api::Problem::not_found};
    offers.work = [operations](const Call& call) { return operations->offers(call); };

    return {{std::move(list), std::move(read), std::move(form), std::move(offers)}, service_schemas()};
}

}  // namespace catalog
