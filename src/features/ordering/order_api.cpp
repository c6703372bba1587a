#include "features/ordering/feature.hpp"
#include "features/ordering/program_orders.hpp"
#include "kit/api/values.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/local_date.hpp"
#include "platform/catalog/program_answers.hpp"
#include "platform/payments/payment_schema.hpp"
#include "platform/payments/payments.hpp"
#include "platform/tenancy/municipalities.hpp"

namespace ordering {

namespace {

using api::Answer;
using api::Call;
using api::Outcome;
using api::Problem;
using api::Refusal;

api::Finding finding(const ApiParts& parts, const Call& call, std::string pointer, std::string_view key)
{
    const auto dot = key.find('.') + 1;
    return {std::move(pointer), {}, std::string(key.substr(dot)), parts.texts.text(call.language, key)};
}

Answer answer(const ApiParts& parts, const Submitted& submitted)
{
    const auto& ordered = submitted.opened_case;
    auto transaction = parts.database.begin_read(ordered.tenant);
    const auto payment = parts.payments.of_case(transaction, ordered.id);
    json::Object body{
        {"reference", ordered.reference},
        {"state", cases::name_of(ordered.state)},
        {"payment", payments::json_of(payment)},
        {"url", parts.public_address + "/vorgang/" + submitted.link_token},
    };
    Answer said{std::move(body), submitted.is_new ? 201 : 200};
    said.headers.emplace_back("location", std::string(api::address) + "/cases/" + ordered.reference);
    return said;
}

Outcome order(const ApiParts& parts, ProgramOrders& orders, const Call& call)
{
    const auto number = call.body.find("municipality")->integer().value();
    const auto* municipality = parts.municipalities.find_by_bfs(static_cast<int>(number));
    const auto* package = parts.catalog.find(call.body.text_of("service"));
    std::vector<api::Finding> findings;
    if (municipality == nullptr)
        findings.push_back(finding(parts, call, "/municipality", "tenancy.unknown_municipality"));
    if (package == nullptr)
        findings.push_back(finding(parts, call, "/service", "catalog.unknown_service"));
    if (!findings.empty())
        return Refusal{.problem = Problem::invalid, .findings = std::move(findings)};
    if (!call.caller->serves(municipality->tenant()))
        return Refusal{.problem = Problem::forbidden, .sentence = "ordering.api_other_municipality"};
    if (!municipality->participates)
        return base::fail(base::ErrorKind::conflict, "ordering.not_offered");

    const auto& given = *call.body.find("answers")->if_object();
    auto checked = catalog::check_answers(package->form, given, catalog::local_date(parts.clock.now()));
    if (!checked.faults.empty())
        return Refusal{
            .problem = Problem::invalid,
            .findings = catalog::findings_of(checked.faults, "/answers", parts.texts, call.language)};
    const auto submitted = orders.place({
        .tenant = municipality->tenant(),
        .service_id = package->service.id,
        .language = html::parse_language(call.body.text_of("language")).value_or(call.language),
        .answers = std::move(checked.answers),
        .client_id = call.caller->id,
        .client_name = call.caller->name,
        .key = std::string(call.text("idempotency-key")),
    });
    if (!submitted)
        return submitted.error();
    return answer(parts, *submitted);
}

api::Schema wanted_schema()
{
    return api::object({
        api::required(
            "municipality",
            api::integer().at_least(1).at_most(9999).explained("ordering.api_municipality").like(4001)
        ),
        api::required(
            "service", api::text().explained("ordering.api_service").like("hauptwohnsitzbescheinigung")
        ),
        api::optional("language", api::one_of({"de", "fr", "it", "en"}).explained("ordering.api_language")),
        api::required(
            "answers",
            api::map_of(api::anything())
                .explained("ordering.api_answers")
                .like(json::Object{
                    {"person.first_name", "Anna Maria"}, {"person.date_of_birth", "1984-03-12"}})
        ),
    });
}

api::Schema placed_schema()
{
    return api::object({
        api::required("reference", api::text().like("AG-4001-7K3M-9QXP")),
        api::required("state", api::text().explained("ordering.api_state")),
        api::required("payment", api::reference("Payment").or_null()),
        api::required("url", api::uri().explained("ordering.api_url")),
    });
}

}  // namespace

api::Slice order_api(const ApiParts& parts)
{
    // The operation's own, as long as the interface lives.
    const auto orders = std::make_shared<ProgramOrders>(ProgramParts{
        parts.database, parts.clock, parts.sealer, parts.catalog, parts.offers, parts.cases, parts.runtime});
    api::Slice slice;
    slice.schemas = {{"PlacedOrder", placed_schema()}};
    slice.operations.push_back({
        .method = http::Method::post,
        .pattern = "/orders",
        .id = "placeOrder",
        .tag = "orders",
        .sentence = "ordering.api_place_order",
        .parameters = {{
            .in = api::In::header,
            .name = "idempotency-key",
            .schema = api::text().at_least(8).at_most(200).explained("ordering.api_key").like("5e1b-2f0c-91"),
            .is_required = true,
        }},
        .body = wanted_schema(),
        .answers =
            {{200, "ordering.api_known_order", api::reference("PlacedOrder")},
             {201, "ordering.api_new_order", api::reference("PlacedOrder")}},
        .problems = {Problem::conflict},
        .scope = "orders:write",
        .work = [parts, orders](const Call& call) { return order(parts, *orders, call); },
    });
    return slice;
}

}  // namespace ordering
