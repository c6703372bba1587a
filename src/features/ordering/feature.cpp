#include "features/ordering/feature.hpp"

#include "features/ordering/account_pages.hpp"
#include "features/ordering/case_action_pages.hpp"
#include "features/ordering/finding_pages.hpp"
#include "features/ordering/form_pages.hpp"
#include "features/ordering/information_pages.hpp"
#include "features/ordering/later_pages.hpp"
#include "features/ordering/municipality_pages.hpp"
#include "features/ordering/suggestions.hpp"
#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"

#include <memory>

namespace ordering {

namespace {

using http::Method;
using http::Route;

// A handler that keeps its pages alive: they are shared by all their routes.
template <class Pages, class Owner>
identity::PageHandler bound(
    std::shared_ptr<const Pages> pages,
    http::Response (Owner::*handler)(const http::Request&, const identity::Visit&) const
)
{
    return [pages = std::move(pages), handler](const http::Request& request, const identity::Visit& visit) {
        return ((*pages).*handler)(request, visit);
    };
}

void add_finding(std::vector<Route>& routes, const Parts& parts)
{
    const auto pages = std::make_shared<const FindingPages>(parts);
    const auto& door = parts.doorkeeper;
    routes.push_back({Method::get, "/", door.anonymous(bound(pages, &FindingPages::home))});
    routes.push_back({Method::get, "/suche", door.anonymous(bound(pages, &FindingPages::search))});
    routes.push_back({Method::get, "/leistungen", door.anonymous(bound(pages, &FindingPages::services))});
    routes.push_back(
        {Method::get, "/leistungen/{service}", door.anonymous(bound(pages, &FindingPages::service))}
    );
}

void add_municipalities(std::vector<Route>& routes, const Parts& parts)
{
    const auto pages = std::make_shared<const MunicipalityPages>(parts);
    const auto& door = parts.doorkeeper;
    const std::string service = "/{municipality}/leistungen/{service}";
    routes.push_back(
        {Method::get, "/gemeinden", door.anonymous(bound(pages, &MunicipalityPages::municipalities))}
    );
    routes.push_back(
        {Method::get,
         "/leistungen/{service}/gemeinde",
         door.anonymous(bound(pages, &MunicipalityPages::choose_municipality))}
    );
    routes.push_back(
        {Method::get, "/{municipality}", door.anonymous(bound(pages, &MunicipalityPages::municipality))}
    );
    routes.push_back(
        {Method::get,
         "/{municipality}/einbetten",
         door.anonymous(bound(pages, &MunicipalityPages::embedding))}
    );
    routes.push_back(
        {Method::get, service, door.open(bound(pages, &MunicipalityPages::service_of_municipality))}
    );
    routes.push_back({Method::post, service + "/wunsch", door.open(bound(pages, &MunicipalityPages::wish))});
    routes.push_back(
        {Method::get,
         "/gemeinden/vorschlaege",
         [&municipalities = parts.municipalities](const http::Request& request) {
             return suggest_municipalities(municipalities, request);
         }}
    );
}

void add_form(std::vector<Route>& routes, const Parts& parts)
{
    const auto pages = std::make_shared<const FormPages>(parts);
    const auto& door = parts.doorkeeper;
    routes.push_back(
        {Method::post, "/{municipality}/leistungen/{service}", door.open(bound(pages, &FormPages::begin))}
    );
    routes.push_back({Method::get, "/bestellung/{draft}", door.open(bound(pages, &FormPages::resume))});
    routes.push_back({Method::get, "/bestellung/{draft}/pruefen", door.open(bound(pages, &FormPages::check))}
    );
    routes.push_back(
        {Method::post, "/bestellung/{draft}/pruefen", door.open(bound(pages, &FormPages::submit))}
    );
    const auto later = std::make_shared<const LaterPages>(parts);
    const std::string later_url = "/bestellung/{draft}/spaeter";
    routes.push_back({Method::get, later_url, door.open(bound(later, &LaterPages::ask_address))});
    routes.push_back({Method::post, later_url, door.open(bound(later, &LaterPages::send_link))});
    routes.push_back(
        {Method::post, "/konto/entwurf/{draft}", door.resident(bound(later, &LaterPages::resume_of_account))}
    );
    const std::string link = "/weiterfahren/{token}";
    routes.push_back({Method::get, link, door.open(bound(later, &LaterPages::ask_second_factor))});
    routes.push_back({Method::post, link, door.open(bound(later, &LaterPages::resume))});
    routes.push_back(
        {Method::get, "/bestellung/{draft}/{page}", door.open(bound(pages, &FormPages::show_page))}
    );
    routes.push_back(
        {Method::post, "/bestellung/{draft}/{page}", door.open(bound(pages, &FormPages::take_page))}
    );
}

void add_cases(std::vector<Route>& routes, const Parts& parts)
{
    const auto pages = std::make_shared<const CaseActionPages>(parts);
    const auto& door = parts.doorkeeper;
    // Every page of a case is there twice: for whoever has the link, and for who is logged in.
    const auto add = [&](Method method,
                         const std::string& rest,
                         http::Response (CaseActionPages::*handler
                         )(const http::Request&, const identity::Visit&) const) {
        routes.push_back({method, "/vorgang/{token}" + rest, door.open(bound(pages, handler))});
        routes.push_back({method, "/konto/vorgang/{reference}" + rest, door.resident(bound(pages, handler))});
    };
    add(Method::get, "", &CaseActionPages::show);
    add(Method::post, "/bezahlen", &CaseActionPages::pay);
    add(Method::get, "/dokument/{document}", &CaseActionPages::document);
    add(Method::post, "/nachricht", &CaseActionPages::write_message);
    add(Method::get, "/angaben", &CaseActionPages::show_answers);
    add(Method::post, "/angaben", &CaseActionPages::correct_answers);
    add(Method::post, "/zurueckziehen", &CaseActionPages::withdraw);
    add(Method::post, "/bewertung", &CaseActionPages::rate);
    routes.push_back(
        {Method::post, "/vorgang/{token}", door.open(bound(pages, &CaseActionPages::confirm_second_factor))}
    );
    const auto account = std::make_shared<const AccountPages>(parts);
    routes.push_back({Method::get, "/konto", door.resident(bound(account, &AccountPages::account))});
}

void add_information(std::vector<Route>& routes, const Parts& parts)
{
    const auto pages = std::make_shared<const InformationPages>(parts);
    const auto& door = parts.doorkeeper;
    routes.push_back(
        {Method::get, "/barrierefreiheit", door.anonymous(bound(pages, &InformationPages::accessibility))}
    );
    routes.push_back(
        {Method::get, "/datenschutz", door.anonymous(bound(pages, &InformationPages::data_protection))}
    );
    routes.push_back({Method::get, "/impressum", door.anonymous(bound(pages, &InformationPages::imprint))});
    routes.push_back({Method::get, "/kontakt", door.anonymous(bound(pages, &InformationPages::contact))});
}

}  // namespace

std::vector<Route> routes(const Parts& parts)
{
    std::vector<Route> routes;
    add_finding(routes, parts);
    add_municipalities(routes, parts);
    add_form(routes, parts);
    add_cases(routes, parts);
    add_information(routes, parts);
    return routes;
}

void register_jobs(jobs::Runner& runner, sql::Database& database, Drafts& drafts, const Wishes& wishes)
{
    runner.every("ordering.purge_drafts", std::chrono::hours(1), [&database, &drafts, &wishes] {
        auto transaction = database.begin_across_tenants();
        drafts.purge(transaction);
        wishes.purge(transaction);
        transaction.commit();
    });
}

}  // namespace ordering
