#include "platform/tenancy/municipality_api.hpp"

#include "base/text.hpp"
#include "kit/api/values.hpp"
#include "platform/tenancy/municipalities.hpp"

namespace tenancy {

namespace {

using api::optional;
using api::required;

constexpr std::size_t most_found = 100;
constexpr std::int64_t highest_bfs_number = 9999;

// 47391234 as 47.391234.
json::Value degrees(std::int64_t millionths)
{
    const auto magnitude = millionths < 0 ? -millionths : millionths;
    const auto fraction = std::to_string(1'000'000 + magnitude % 1'000'000).substr(1);
    return json::Number{(millionths < 0 ? "-" : "") + std::to_string(magnitude / 1'000'000) + "." + fraction};
}

std::string clock_time(std::chrono::minutes time)
{
    const auto two = [](std::int64_t number) { return std::to_string(100 + number).substr(1); };
    return two(time.count() / 60) + ":" + two(time.count() % 60);
}

json::Array opening_hours(const std::vector<OpenSpan>& spans)
{
    json::Array list;
    for (const auto& span : spans) {
        json::Array times;
        for (const auto& [from, until] : span.times)
            times.emplace_back(json::Object{{"from", clock_time(from)}, {"until", clock_time(until)}});
        list.emplace_back(json::Object{
            {"firstDay", span.first_day}, {"lastDay", span.last_day}, {"times", std::move(times)}});
    }
    return list;
}

json::Object json_of(const Office& office)
{
    return {
        {"name", office.name},
        {"street", office.street},
        {"postalCode", office.postal_code},
        {"town", office.town},
        {"phone", api::text_or_null(office.phone)},
        {"email", api::text_or_null(office.email)},
        {"openingHours", opening_hours(office.opening_hours)},
    };
}

json::Object summary_of(const Municipality& municipality)
{
    return {
        {"bfsNumber", municipality.bfs_number},
        {"slug", municipality.slug},
        {"name", municipality.name},
        {"district", municipality.district},
        {"canton", municipality.canton},
        {"participates", municipality.participates},
    };
}

json::Object json_of(const Municipality& municipality)
{
    json::Array languages;
    for (const auto language : municipality.languages)
        languages.emplace_back(html::code_of(language));
    auto object = summary_of(municipality);
    object.append("population", municipality.population);
    object.append("languages", std::move(languages));
    object.append("office", json_of(municipality.office));
    object.append(
        "location",
        json::Object{
            {"latitude", degrees(municipality.location.latitude)},
            {"longitude", degrees(municipality.location.longitude)}}
    );
    return object;
}

json::Value json_of(const Match& match)
{
    auto object = summary_of(*match.municipality);
    if (match.former != nullptr)
        object.append(
            "foundBy", json::Object{{"formerMunicipality", match.former->name}, {"until", match.former->year}}
        );
    else if (match.locality != nullptr)
        object.append(
            "foundBy",
            json::Object{{"postalCode", match.locality->postal_code}, {"locality", match.locality->name}}
        );
    return object;
}

std::vector<api::Member> summary_members()
{
    return {
        required("bfsNumber", api::integer().explained("tenancy.bfs_number").like(4001)),
        required("slug", api::text().explained("tenancy.slug").like("aarau")),
        required("name", api::text().like("Aarau")),
        required("district", api::text()),
        required("canton", api::text().like("AG")),
        required("participates", api::boolean().explained("tenancy.participates")),
    };
}

api::Schemas schemas()
{
    auto summary = summary_members();
    summary.push_back(optional(
        "foundBy",
        api::object({
                        optional("postalCode", api::text()),
                        optional("locality", api::text()),
                        optional("formerMunicipality", api::text()),
                        optional("until", api::integer().explained("tenancy.until")),
                    })
            .explained("tenancy.found_by")
    ));
    const auto day = api::integer().at_least(1).at_most(7).explained("tenancy.day");
    const auto time = api::text().matching("([01][0-9]|2[0-4]):[0-5][0-9]").like("08:00");
    const auto times = api::list_of(api::object({required("from", time), required("until", time)}));
    const auto hours =
        api::object({required("firstDay", day), required("lastDay", day), required("times", times)});
    auto full = summary_members();
    full.push_back(required("population", api::integer()));
    full.push_back(required("languages", api::list_of(api::text()).explained("tenancy.languages")));
    full.push_back(required("office", api::reference("Office")));
    full.push_back(required(
        "location",
        api::object({required("latitude", api::number()), required("longitude", api::number())})
            .explained("tenancy.location")
    ));
    return {
        {"MunicipalitySummary", api::object(std::move(summary))},
        {"Municipality", api::object(std::move(full))},
        {"Office",
         api::object({
             required("name", api::text()),
             required("street", api::text()),
             required("postalCode", api::text()),
             required("town", api::text()),
             required("phone", api::text().or_null()),
             required("email", api::email().or_null()),
             required("openingHours", api::list_of(hours)),
         })},
    };
}

api::Outcome list(const Municipalities& municipalities, const html::Texts& texts, const api::Call& call)
{
    const auto query = base::trim(call.text("q"));
    std::vector<Match> matches;
    if (call.parameters.find("q") != nullptr)
        matches = municipalities.search(query, most_found);
    else
        for (const auto& municipality : municipalities.all())
            matches.push_back({&municipality, nullptr, nullptr});
    if (call.parameters.find("participates") != nullptr) {
        const bool wanted = call.is_true("participates");
        std::erase_if(matches, [&](const Match& match) {
            return match.municipality->participates != wanted;
        });
    }
    return api::page_answer(
        matches,
        call,
        texts,
        [](const Match& match) { return std::to_string(match.municipality->bfs_number); },
        [](const Match& match) { return json_of(match); }
    );
}

}  // namespace

api::Parameter bfs_parameter()
{
    return api::in_path(
        "bfs",
        api::integer().at_least(1).at_most(highest_bfs_number).explained("tenancy.parameter_bfs").like(4001)
    );
}

api::Slice municipality_api(const Municipalities& municipalities, const html::Texts& texts)
{
    auto parameters = api::page_parameters();
    parameters.push_back(
        api::in_query("q", api::text().at_least(1).at_most(100).explained("tenancy.parameter_q").like("5000"))
    );
    parameters.push_back(
        api::in_query("participates", api::boolean().explained("tenancy.parameter_participates"))
    );
    api::Slice slice;
    slice.schemas = schemas();
    slice.operations.push_back({
        .pattern = "/municipalities",
        .id = "listMunicipalities",
        .tag = "municipalities",
        .sentence = "tenancy.list_municipalities",
        .parameters = std::move(parameters),
        .answers = {{200, "tenancy.some_municipalities", api::page_of("MunicipalitySummary")}},
        .caching = api::Caching::by_all,
        .work = [&municipalities,
                 &texts](const api::Call& call) { return list(municipalities, texts, call); },
    });
    slice.operations.push_back({
        .pattern = "/municipalities/{bfs}",
        .id = "readMunicipality",
        .tag = "municipalities",
        .sentence = "tenancy.read_municipality",
        .parameters = {bfs_parameter()},
        .answers = {{200, "tenancy.the_municipality", api::reference("Municipality")}},
        .problems = {api::Problem::not_found},
        .caching = api::Caching::by_all,
        .work = [&municipalities](const api::Call& call) -> api::Outcome {
            const auto* found = municipalities.find_by_address(std::to_string(*call.integer("bfs")));
            if (found == nullptr)
                return base::fail(base::ErrorKind::not_found, "tenancy.unknown_municipality");
            return api::Answer{json_of(*found)};
        },
    });
    return slice;
}

}  // namespace tenancy
