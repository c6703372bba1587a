// Programs of others that work with our processes, through the whole portal.
#include "app/orchestration_fixture.hpp"
#include "process/runtime/runtime.hpp"

#include <thread>

using namespace app;
using namespace app::workers;

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

TEST_CASE("what a program starts belongs to the trace that it says")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto started = dialog.call(
            "POST",
            "/process-instances",
            R"({"processDefinitionId": "lookup", "variables": {"order": "AG-1"}})",
            {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}
        );
        REQUIRE(started.status == 200);
        auto transaction = town.database.begin_read({"4021"});
        runtime::Runtime engine(town.database, town.clock, town.random);

        const auto jobs = engine.jobs(transaction, {.instance = started.text("processInstanceKey")});

        REQUIRE(jobs.size() == 1);
        CHECK(jobs[0].trace_id == "4bf92f3577b34da6a3ce929d0e0e4736");
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
            dialog.post("/process-instances/search", R"({"filter": {"state": {"$between": ["A", "B"]}}})")
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
