#pragma once

#include "app/town_fixture.hpp"
#include "platform/clients/clients.hpp"
#include "testing/pauses.hpp"

#include <string>
#include <string_view>

// Programs of others that work with our processes, through the whole portal.
namespace app::workers {

inline constexpr auto model =
    R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="m" targetNamespace="urn:t"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <message id="paid" name="paid"><extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements></message>
  <error id="missing" name="missing" errorCode="NOT_FOUND"/>
  <process id="lookup" name="Look up" isExecutable="true">
    <startEvent id="start"/><endEvent id="end"/>
    <serviceTask id="fetch" name="Fetch"><extensionElements><zeebe:taskDefinition type="fetch-person" retries="2"/>
      <zeebe:taskHeaders><zeebe:header key="register" value="civil"/></zeebe:taskHeaders></extensionElements></serviceTask>
    <boundaryEvent id="gone" attachedToRef="fetch"><errorEventDefinition errorRef="missing"/></boundaryEvent>
    <userTask id="look" name="Look at it"><extensionElements><zeebe:userTask/></extensionElements></userTask>
    <intermediateCatchEvent id="wait"><messageEventDefinition messageRef="paid"/></intermediateCatchEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="fetch"/><sequenceFlow id="f2" sourceRef="fetch" targetRef="wait"/>
    <sequenceFlow id="f3" sourceRef="wait" targetRef="end"/><sequenceFlow id="f4" sourceRef="gone" targetRef="look"/>
    <sequenceFlow id="f5" sourceRef="look" targetRef="end"/>
  </process></definitions>)";

struct Said {
    int status = 0;
    json::Value body;

    std::string text(std::string_view member) const { return std::string(body.text_of(member)); }
    const json::Array& list(std::string_view member) const { return *body.find(member)->if_array(); }
};

// A program with a token, for an authority.
class Program {
public:
    Program(Town& town, const std::string& tenant, const std::string& scopes) : town_(town)
    {
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
        token = json::parse(given.body)->text_of("access_token");
    }

    Said call(
        std::string_view method,
        const std::string& path,
        std::string_view body = {},
        http::Fields headers = {}
    )
    {
        headers.emplace_back("Authorization", "Bearer " + token);
        if (!http::find_field(headers, "Content-Type"))
            headers.emplace_back("Content-Type", "application/json");
        const auto response =
            testing::wait_for_answer(town_.portal->handle(request_of(method, "/v2" + path, headers, body)));
        if (response.body.empty())
            return {response.status, {}};
        const auto parsed = json::parse(response.body);
        REQUIRE_MESSAGE(parsed, response.body);
        return {response.status, *parsed};
    }
    Said post(const std::string& path, std::string_view body = "{}") { return call("POST", path, body); }

    Said deploy(const std::string& file, const std::string& name = "lookup.bpmn")
    {
        return call(
            "POST",
            "/deployments",
            "--b\r\nContent-Disposition: form-data; name=\"resources\"; filename=\"" + name + "\"\r\n\r\n" +
                file + "\r\n--b--",
            {{"Content-Type", "multipart/form-data; boundary=b"}}
        );
    }
    std::string start(const std::string& variables = R"({"order": "AG-1"})")
    {
        const auto started = post(
            "/process-instances", R"({"processDefinitionId": "lookup", "variables": )" + variables + "}"
        );
        REQUIRE_MESSAGE(started.status == 200, started.text("detail"));
        return started.text("processInstanceKey");
    }
    json::Array jobs(const std::string& more = {})
    {
        const auto activated = post(
            "/jobs/activation",
            R"({"type": "fetch-person", "timeout": 60000, "maxJobsToActivate": 5, "requestTimeout": -1)" +
                more + "}"
        );
        REQUIRE_MESSAGE(activated.status == 200, activated.text("detail"));
        return activated.list("jobs");
    }
    std::string state(const std::string& instance)
    {
        return call("GET", "/process-instances/" + instance).text("state");
    }

    std::string token;

private:
    Town& town_;
};

// Asks for a job and waits until there is one.
inline constexpr auto patient =
    R"({"type": "fetch-person", "timeout": 60000, "maxJobsToActivate": 1, "requestTimeout": 30000})";
inline const std::string everything = "deploy processes tasks decisions jobs";

}  // namespace app::workers
