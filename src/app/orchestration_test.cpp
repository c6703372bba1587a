// Programs of others that work with our processes, through the whole portal.
#include "app/town_fixture.hpp"
#include "platform/clients/clients.hpp"

#include <thread>

using namespace app;

namespace {

constexpr auto model =
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
        const auto response = town_.portal->handle(request_of(method, "/v2" + path, headers, body));
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
constexpr auto patient =
    R"({"type": "fetch-person", "timeout": 60000, "maxJobsToActivate": 1, "requestTimeout": 30000})";
const std::string everything = "deploy processes tasks decisions jobs";

}  // namespace

TEST_CASE("a worker deploys a process, starts it, does its job and sends it on its way with a message")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        const auto deployed = dialog.deploy(model);
        REQUIRE_MESSAGE(deployed.status == 200, deployed.text("detail"));
        const auto* process = deployed.list("deployments")[0].find("processDefinition");
        CHECK(process->text_of("processDefinitionId") == "lookup");

        const auto instance = dialog.start();
        const auto jobs = dialog.jobs(R"(, "fetchVariable": ["order"])");
        REQUIRE(jobs.size() == 1);
        CHECK(jobs[0].text_of("processInstanceKey") == instance);
        CHECK(jobs[0].text_of("processDefinitionKey") == process->text_of("processDefinitionKey"));
        CHECK(jobs[0].find("customHeaders")->text_of("register") == "civil");
        CHECK(jobs[0].find("variables")->text_of("order") == "AG-1");
        CHECK(dialog.jobs().empty());  // nobody else gets it meanwhile

        const auto job = std::string(jobs[0].text_of("jobKey"));
        CHECK(
            dialog.post("/jobs/" + job + "/completion", R"({"variables": {"name": "Meier"}})").status == 204
        );
        CHECK(dialog.post("/jobs/" + job + "/completion").status == 404);
        CHECK(dialog.state(instance) == "ACTIVE");

        const auto paid =
            R"({"name": "paid", "correlationKey": "AG-1", "messageId": "t-1", "timeToLive": 60000})";
        CHECK(dialog.post("/messages/publication", paid).status == 200);
        CHECK(dialog.state(instance) == "COMPLETED");
        CHECK(dialog.post("/messages/publication", paid).status == 409);

        const auto variables = dialog.post(
            "/variables/search",
            R"({"filter": {"processInstanceKey": ")" + instance + R"(", "name": {"$eq": "name"}}})"
        );
        CHECK(variables.list("items")[0].text_of("value") == "\"Meier\"");
    });
}

TEST_CASE("a job that fails comes again after its time, then is an incident that is resolved")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto instance = dialog.start();
        auto job = std::string(dialog.jobs()[0].text_of("jobKey"));
        CHECK(
            dialog
                .post(
                    "/jobs/" + job + "/failure",
                    R"({"retries": 1, "errorMessage": "closed", "retryBackOff": 5000})"
                )
                .status == 204
        );
        CHECK(dialog.jobs().empty());
        town.clock.advance(6s);
        CHECK(dialog.jobs().size() == 1);

        CHECK(
            dialog.post("/jobs/" + job + "/failure", R"({"retries": 0, "errorMessage": "closed for good"})")
                .status == 204
        );
        const auto incidents =
            dialog.post("/incidents/search", R"({"filter": {"processInstanceKey": ")" + instance + "\"}}");
        REQUIRE(incidents.list("items").size() == 1);
        CHECK(incidents.list("items")[0].text_of("errorMessage") == "closed for good");
        CHECK(incidents.list("items")[0].text_of("errorType") == "JOB_NO_RETRIES");

        const auto key = std::string(incidents.list("items")[0].text_of("incidentKey"));
        CHECK(dialog.post("/incidents/" + key + "/resolution").status == 204);
        CHECK(dialog.jobs().size() == 1);
        CHECK(dialog.post("/incidents/" + key + "/resolution").status == 404);
    });
}

TEST_CASE("a worker's business error leads to a person, whose task is assigned and completed")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto instance = dialog.start();
        const auto job = std::string(dialog.jobs()[0].text_of("jobKey"));
        CHECK(dialog.post("/jobs/" + job + "/error", "{}").status == 400);
        CHECK(dialog.post("/jobs/" + job + "/error", R"({"errorCode": "NOT_FOUND"})").status == 204);

        const auto tasks = dialog.post("/user-tasks/search", R"({"filter": {"state": "CREATED"}})");
        REQUIRE(tasks.list("items").size() == 1);
        const auto task = std::string(tasks.list("items")[0].text_of("userTaskKey"));
        CHECK(tasks.list("items")[0].text_of("elementId") == "look");
        CHECK(dialog.post("/user-tasks/" + task + "/assignment", R"({"assignee": "anna"})").status == 204);
        CHECK(
            dialog
                .post(
                    "/user-tasks/" + task + "/assignment", R"({"assignee": "beat", "allowOverride": false})"
                )
                .status == 409
        );
        CHECK(dialog.call("GET", "/user-tasks/" + task).text("assignee") == "anna");
        CHECK(dialog.call("DELETE", "/user-tasks/" + task + "/assignee").status == 204);
        CHECK(
            dialog.post("/user-tasks/" + task + "/completion", R"({"variables": {"found": false}})").status ==
            204
        );
        CHECK(dialog.post("/user-tasks/" + task + "/completion").status == 404);
        CHECK(dialog.state(instance) == "COMPLETED");
    });
}

TEST_CASE("who works on a job may ask for more time, and keeps it from others")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        dialog.start();
        const auto job = std::string(dialog.jobs()[0].text_of("jobKey"));
        CHECK(dialog.call("PATCH", "/jobs/" + job, R"({"changeset": {"timeout": 600000}})").status == 204);
        town.clock.advance(2min);
        CHECK(dialog.jobs().empty());
        town.clock.advance(10min);
        CHECK(dialog.jobs().size() == 1);
        CHECK(dialog.call("PATCH", "/jobs/" + job, R"({"changeset": {}})").status == 400);
    });
}

TEST_CASE("a program that asks for jobs before there are any gets them as soon as they come")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        Said activated;
        {
            std::jthread waits([&] { activated = dialog.post("/jobs/activation", patient); });
            dialog.start();
        }
        CHECK(activated.list("jobs").size() == 1);
    });
}

TEST_CASE("who starts a process may wait for its end and gets its variables, or is told that it takes longer")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto wanted = [](int patience) {
            return R"({"processDefinitionId": "lookup", "variables": {"order": "AG-1", "secret": 1},)"
                   R"( "awaitCompletion": true, "fetchVariables": ["name"], "requestTimeout": )" +
                   std::to_string(patience) + "}";
        };
        CHECK(dialog.post("/process-instances", wanted(-1)).status == 504);
        CHECK(dialog.jobs().size() == 1);  // it goes on all the same

        Program worker(town, "4021", everything);
        Said ended;
        {
            std::jthread waits([&] { ended = dialog.post("/process-instances", wanted(30000)); });
            const auto given = worker.post("/jobs/activation", patient);
            const auto job = std::string(given.list("jobs")[0].text_of("jobKey"));
            worker.post("/jobs/" + job + "/completion", R"({"variables": {"name": "Meier"}})");
            worker.post("/messages/correlation", R"({"name": "paid", "correlationKey": "AG-1"})");
        }
        CHECK(ended.status == 200);
        CHECK(json::write(*ended.body.find("variables")) == R"({"name":"Meier"})");
    });
}

TEST_CASE("a message may be for those only who wait now, and tells whom it reached")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto instance = dialog.start();
        const auto paid = R"({"name": "paid", "correlationKey": "AG-1"})";
        CHECK(dialog.post("/messages/correlation", paid).status == 404);
        const auto job = std::string(dialog.jobs()[0].text_of("jobKey"));
        dialog.post("/jobs/" + job + "/completion");
        CHECK(dialog.state(instance) == "ACTIVE");  // the message that came too early is not kept

        const auto reached = dialog.post("/messages/correlation", paid);
        CHECK(reached.status == 200);
        CHECK(reached.text("processInstanceKey") == instance);
        CHECK(dialog.state(instance) == "COMPLETED");
    });
}

TEST_CASE("a program sees its own authority only, and does only what it was allowed")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto instance = dialog.start();

        Program aarau(town, "4001", everything);
        CHECK(aarau.jobs().empty());
        CHECK(aarau.call("GET", "/process-instances/" + instance).status == 404);
        CHECK(aarau.post("/process-instances", R"({"processDefinitionId": "lookup"})").status == 404);
        CHECK(aarau.post("/process-instances/search", R"({"tenantId": "4021"})").status == 403);
        CHECK(aarau.post("/process-instances/search").body.find("page")->find("totalItems")->integer() == 0);

        Program narrow(town, "4021", "jobs:other");
        CHECK(narrow.post("/process-instances/search").status == 403);
        const auto refused = narrow.post(
            "/jobs/activation", R"({"type": "fetch-person", "timeout": 1, "maxJobsToActivate": 1})"
        );
        CHECK(refused.status == 403);
        CHECK(refused.text("detail") == "the client needs the scope jobs:fetch-person");

        narrow.token = "nonsense";
        CHECK(narrow.post("/process-instances/search").status == 401);
    });
}

TEST_CASE("instances are found page by page, cancelled, moved on and moved to another version")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto first = dialog.start();
        const auto second = dialog.start();
        const auto page = dialog.post(
            "/process-instances/search",
            R"({"filter": {"processDefinitionId": "lookup"}, "page": {"limit": 1, "from": 1}})"
        );
        CHECK(page.list("items").size() == 1);
        CHECK(page.body.find("page")->find("totalItems")->integer() == 2);
        CHECK(page.list("items")[0].text_of("processInstanceKey") == first);

        CHECK(dialog.post("/process-instances/" + first + "/cancellation").status == 204);
        CHECK(dialog.state(first) == "TERMINATED");
        CHECK(
            dialog
                .post(
                    "/process-instances/" + second + "/modification",
                    R"({"terminateInstructions": [{"elementId": "fetch"}], "activateInstructions": [{"elementId": "look"}]})"
                )
                .status == 204
        );
        CHECK(dialog.post("/user-tasks/search").list("items").size() == 1);

        auto renamed = std::string(model);
        for (auto at = renamed.find("\"look\""); at != std::string::npos; at = renamed.find("\"look\""))
            renamed.replace(at, 6, "\"view\"");
        const auto key = std::string(dialog.deploy(renamed)
                                         .list("deployments")[0]
                                         .find("processDefinition")
                                         ->text_of("processDefinitionKey"));
        CHECK(dialog.post("/process-instances/" + second + "/migration").status == 400);
        auto other = std::string(model);
        other.replace(other.find("process id=\"lookup\""), 19, "process id=\"other\"");
        const auto deployed = dialog.deploy(other);
        const auto* stranger = deployed.list("deployments")[0].find("processDefinition");
        const auto foreign = R"({"targetProcessDefinitionKey": ")" +
                             std::string(stranger->text_of("processDefinitionKey")) + "\"}";
        CHECK(dialog.post("/process-instances/" + second + "/migration", foreign).status == 404);
        const auto refused = dialog.post(
            "/process-instances/" + second + "/migration", R"({"targetProcessDefinitionKey": ")" + key + "\"}"
        );
        CHECK(refused.status == 409);
        CHECK(refused.text("detail").starts_with("«look» is active"));
        CHECK(
            dialog
                .post(
                    "/process-instances/" + second + "/migration",
                    R"({"targetProcessDefinitionKey": ")" + key +
                        R"(", "mappingInstructions": [{"sourceElementId": "look", "targetElementId": "view"}]})"
                )
                .status == 204
        );
        CHECK(dialog.post("/user-tasks/search").list("items")[0].text_of("elementId") == "view");
    });
}

TEST_CASE("definitions are listed, shown and given back as files; decisions are evaluated")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto listed = dialog.post(
            "/process-definitions/search",
            R"({"filter": {"processDefinitionId": "lookup", "isLatestVersion": true}})"
        );
        REQUIRE(listed.list("items").size() == 1);
        const auto key = std::string(listed.list("items")[0].text_of("processDefinitionKey"));
        CHECK(dialog.call("GET", "/process-definitions/" + key).text("name") == "Look up");
        CHECK(dialog.call("GET", "/process-definitions/1").status == 404);
        const auto file = town.portal->handle(request_of(
            "GET", "/v2/process-definitions/" + key + "/xml", {{"Authorization", "Bearer " + dialog.token}}
        ));
        CHECK(file.body == model);

        constexpr auto table =
            R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
            <decision id="fee" name="Fee"><literalExpression><text>if age &lt; 18 then 0 else 25</text></literalExpression></decision></definitions>)";
        CHECK(dialog.deploy(table, "fee.dmn").status == 200);
        const auto decided = dialog.post(
            "/decision-definitions/evaluation", R"({"decisionDefinitionId": "fee", "variables": {"age": 40}})"
        );
        REQUIRE_MESSAGE(decided.status == 200, decided.text("detail"));
        CHECK(decided.text("output") == "25");
        CHECK(
            dialog.post("/decision-definitions/evaluation", R"({"decisionDefinitionId": "none"})").status ==
            404
        );
        CHECK(dialog.post("/decision-definitions/search").list("items").size() >= 1);
    });
}

TEST_CASE("what is wrong with a call is said as a problem, in the caller's language")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        const auto broken =
            dialog.call("POST", "/process-instances/search", "{", {{"Accept-Language", "fr"}});
        CHECK(broken.status == 400);
        CHECK(broken.text("title") == "La demande n'est pas compréhensible");
        CHECK(
            dialog.post("/process-instances/search", "[]").text("detail") == "the body must be a JSON object"
        );
        CHECK(
            dialog.post("/process-instances/search", R"({"filter": {"color": "red"}})").text("detail") ==
            "filter.color is not supported"
        );
        CHECK(dialog.post("/process-instances/search", R"({"page": {"limit": 0}})").status == 400);
        CHECK(
            dialog.post("/process-instances/search", R"({"filter": {"state": {"$in": ["ACTIVE"]}}})")
                .status == 400
        );
        CHECK(dialog.post("/nothing/here").status == 404);
        CHECK(dialog.post("/signals/broadcast", "{}").status == 400);
        CHECK(dialog.post("/signals/broadcast", R"({"signalName": "closed"})").status == 200);
        const auto refused = dialog.deploy("<definitions/>");
        CHECK(refused.status == 400);
        CHECK(refused.text("detail").starts_with("lookup.bpmn"));
        CHECK(dialog.call("GET", "/topology").body.find("brokers"));
        CHECK(dialog.call("GET", "/authentication/me").text("displayName") == "Dialog");
        CHECK(dialog.call("GET", "/status").status == 204);
    });
}
