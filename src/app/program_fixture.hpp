#pragma once

// For the tests of /api/v1: programs of others. Every answer is held to what its operation declares.
#include "app/browser_fixture.hpp"
#include "kit/api/interface.hpp"
#include "platform/clients/clients.hpp"

#include <set>

namespace app {

struct Said {
    int status = 0;
    http::Fields headers;
    json::Value body;

    const json::Value& at(std::string_view member) const
    {
        const auto* found = body.find(member);
        REQUIRE_MESSAGE(found, json::write(body));
        return *found;
    }
    std::string text(std::string_view member) const { return std::string(body.text_of(member)); }
    std::string header(std::string_view name) const
    {
        return std::string(http::find_field(headers, name).value_or(""));
    }
    const json::Array& items() const { return *at("items").if_array(); }
};

// Whether a path is one of the pattern: "/cases/AG-1" is of "/cases/{reference}".
inline bool fits(std::string_view pattern, std::string_view path)
{
    const auto wanted = base::split(pattern, '/');
    const auto found = base::split(path, '/');
    return std::ranges::equal(wanted, found, [](std::string_view part, std::string_view actual) {
        return part.starts_with('{') || part == actual;
    });
}

// A program, with a token when it has scopes.
class Program {
public:
    explicit Program(Town& town, const std::string& tenant = {}, const std::string& scopes = {}) : town_(town)
    {
        if (scopes.empty())
            return;
        clients::Clients clients(town.database, town.clock, town.random);
        const auto credentials = clients.add({{tenant}, "Dialog", clients::parse_scopes(scopes).value()});
        const auto given = town.portal->handle(request_of(
            "POST",
            "/oauth/token",
            {{"Content-Type", "application/x-www-form-urlencoded"}},
            "grant_type=client_credentials&client_id=" + credentials.client_id +
                "&client_secret=" + credentials.client_secret
        ));
        REQUIRE(given.status == 200);
        authorization_ = "Bearer " + std::string(json::parse(given.body)->text_of("access_token"));
    }

    Said get(const std::string& path, http::Fields headers = {}) { return call("GET", path, {}, headers); }

    Said post(const std::string& path, const json::Value& body, http::Fields headers = {})
    {
        headers.emplace_back("Content-Type", "application/json");
        return call("POST", path, json::write(body), headers);
    }

    Said call(std::string_view method, const std::string& path, std::string_view body, http::Fields headers)
    {
        if (!authorization_.empty())
            headers.emplace_back("Authorization", authorization_);
        const auto response = town_.portal->handle(request_of(method, "/api/v1" + path, headers, body));
        const auto parsed = json::parse(response.body);
        REQUIRE_MESSAGE(parsed, response.body);
        Said said{response.status, response.headers, *parsed};
        hold_to_declaration(method, path.substr(0, path.find('?')), said);
        return said;
    }

    std::set<std::string> called;  // the operations that answered it

private:
    void hold_to_declaration(std::string_view method, std::string_view path, const Said& said)
    {
        const auto& interface = town_.portal->interface();
        const auto operation =
            std::ranges::find_if(interface.operations(), [&](const api::Operation& declared) {
                return http::method_name(declared.method) == method && fits(declared.pattern, path);
            });
        INFO(std::string(method), " ", std::string(path), " ", said.status, " ", json::write(said.body));
        if (said.status >= 400)
            return hold_to_problem(operation, said);
        REQUIRE(operation != interface.operations().end());
        const auto declared = std::ranges::find(operation->answers, said.status, &api::Declared::status);
        REQUIRE(declared != operation->answers.end());
        check(said.body, declared->schema);
        called.insert(operation->id);
    }

    void hold_to_problem(std::vector<api::Operation>::const_iterator operation, const Said& said)
    {
        CHECK(said.header("content-type") == "application/problem+json");
        check(said.body, api::reference("Problem"));
        CHECK(said.body.find("status")->integer() == said.status);
        if (operation == town_.portal->interface().operations().end())
            return;
        std::set<int> statuses;
        for (const auto problem : api::problems_of(*operation))
            statuses.insert(api::type_of(problem).status);
        CHECK(statuses.contains(said.status));
    }

    void check(const json::Value& body, const api::Schema& schema)
    {
        std::string faults;
        for (const auto& fault : api::check(body, schema, town_.portal->interface().schemas()))
            faults += fault.pointer + ": " + fault.rule + "\n";
        CHECK(faults == "");
    }

    Town& town_;
    std::string authorization_;
};

// "place code" for each error.
inline std::vector<std::string> errors_of(const Said& said)
{
    std::vector<std::string> found;
    for (const auto& error : *said.at("errors").if_array())
        found.push_back(
            std::string(error.text_of("parameter", error.text_of("pointer"))) + " " +
            std::string(error.text_of("code"))
        );
    return found;
}
using Errors = std::vector<std::string>;

inline json::Object anna_answers()
{
    return {
        {"person.first_name", "Anna Maria"},
        {"person.last_name", "Keller"},
        {"person.date_of_birth", "1984-03-12"},
        {"address.street", "Bahnhofstrasse"},
        {"address.house_number", "1"},
        {"address.postal_code", "5000"},
        {"address.town", "Aarau"},
        {"certificate.language", "de"},
        {"delivery.way", "online"},
        {"contact.email", "anna@example.org"},
    };
}

inline json::Object order_of(json::Object answers)
{
    return {
        {"municipality", 4001},
        {"service", "hauptwohnsitzbescheinigung"},
        {"language", "de"},
        {"answers", std::move(answers)}};
}

inline const http::Fields first_key{{"Idempotency-Key", "order-0001"}};

// A case of Aarau that waits for a clerk.
inline std::string open_case_with_clerk(Town& town)
{
    Browser neda(town);
    const auto reference = order(
        town,
        neda,
        {.first_name = "Neda",
         .last_name = "Petrovic",
         .day = "1",
         .month = "2",
         .year = "1990",
         .email = "neda@example.org"}
    );
    town.work();
    return reference;
}

}  // namespace app
