// What programs of others look up of processes, and what operators change by them.
#include "app/orchestration_fixture.hpp"

using namespace app;
using namespace app::workers;

namespace {

// The items' values of a member, joined by spaces.
std::string values(const Said& said, std::string_view member)
{
    REQUIRE_MESSAGE(said.status == 200, said.text("detail"));
    std::string joined;
    for (const auto& item : said.list("items"))
        joined += (joined.empty() ? "" : " ") + std::string(item.text_of(member));
    return joined;
}

std::string cursor(const Said& said, std::string_view name)
{
    return std::string(said.body.find("page")->text_of(name));
}

}  // namespace

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

TEST_CASE("a search compares, likes, lists and looks for what is missing")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        const auto first = dialog.start(R"({"order": "AG-1", "amount": 10})");
        town.clock.advance(std::chrono::minutes(1));
        const auto second = dialog.start(R"({"order": "AG-2", "amount": 20})");
        dialog.call("POST", "/process-instances/" + first + "/cancellation");
        const auto found = [&](const std::string& filter) {
            return values(
                dialog.post(
                    "/process-instances/search",
                    R"({"filter": {"processDefinitionId": "lookup", )" + filter + "}}"
                ),
                "processInstanceKey"
            );
        };

        CHECK(found(R"("state": {"$in": ["ACTIVE", "COMPLETED"]})") == second);
        CHECK(found(R"("state": {"$neq": "ACTIVE"})") == first);
        CHECK(found(R"("endDate": {"$exists": false})") == second);
        CHECK(found(R"("processDefinitionName": {"$like": "Look*"})") == second + " " + first);
        CHECK(found(R"("processDefinitionName": {"$like": "Loo?"})").empty());
        CHECK(found(R"("processDefinitionVersion": {"$gte": 1, "$lt": 2})") == second + " " + first);
        const auto started =
            std::string(dialog.call("GET", "/process-instances/" + second).text("startDate"));
        CHECK(found(R"("startDate": {"$gte": ")" + started + "\"}") == second);
        CHECK(found(R"("startDate": {"$lt": ")" + started + "\"}") == first);
        CHECK(found(R"("variables": [{"name": "amount", "value": "20"}])") == second);
        CHECK(
            found(R"("variables": [{"name": "order", "value": {"$like": "\"AG*"}}])") == second + " " + first
        );
        for (const auto* wrong :
             {R"({"filter": {"state": {"$like": "*a*b*c*d*e*f"}}})",
              R"({"filter": {"state": {"$in": "ACTIVE"}}})",
              R"({"filter": {"state": {"$exists": "yes"}}})",
              R"({"filter": {"variables": {"amount": 1}}})",
              R"({"filter": "all"})",
              R"({"sort": [{"field": "color"}]})",
              R"({"sort": [{"field": "state", "order": "UP"}]})",
              R"({"page": {"after": "bm9uc2Vuc2U="}})",
              R"({"page": {"after": "?", "limit": 1}})",
              R"({"page": {"from": 1, "after": "W10="}})"})
            CHECK_MESSAGE(dialog.post("/process-instances/search", wrong).status == 400, wrong);
    });
}

TEST_CASE("a search goes from page to page by cursors, forwards and backwards, in the order it wants")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        dialog.deploy(model);
        std::vector<std::string> keys;
        for (int order = 0; order < 5; ++order) {
            town.clock.advance(std::chrono::seconds(1));
            keys.push_back(dialog.start());
        }
        const auto page = [&](const std::string& wanted, const std::string& sort = "") {
            return dialog.post(
                "/process-instances/search",
                R"({"filter": {"processDefinitionId": "lookup"}, "page": {"limit": 2)" + wanted + "}" + sort +
                    "}"
            );
        };

        const auto newest = page("");
        CHECK(values(newest, "processInstanceKey") == keys[4] + " " + keys[3]);
        // What comes meanwhile does not move the pages.
        dialog.start();
        const auto second = page(R"(, "after": ")" + cursor(newest, "endCursor") + "\"");
        CHECK(values(second, "processInstanceKey") == keys[2] + " " + keys[1]);
        const auto last = page(R"(, "after": ")" + cursor(second, "endCursor") + "\"");
        CHECK(values(last, "processInstanceKey") == keys[0]);
        CHECK(values(page(R"(, "after": ")" + cursor(last, "endCursor") + "\""), "processInstanceKey").empty()
        );
        const auto back = page(R"(, "before": ")" + cursor(last, "startCursor") + "\"");
        CHECK(values(back, "processInstanceKey") == keys[2] + " " + keys[1]);

        const auto sort = std::string(R"(, "sort": [{"field": "startDate", "order": "ASC"}])");
        const auto oldest = page("", sort);
        CHECK(values(oldest, "processInstanceKey") == keys[0] + " " + keys[1]);
        CHECK(
            values(
                page(R"(, "after": ")" + cursor(oldest, "endCursor") + "\"", sort), "processInstanceKey"
            ) == keys[2] + " " + keys[3]
        );
        CHECK(oldest.body.find("page")->find("totalItems")->integer() == 6);
        // A cursor belongs to its order.
        CHECK(page(R"(, "after": ")" + cursor(oldest, "endCursor") + "\"").status == 400);
    });
}

TEST_CASE("the elements of an instance are found with their keys, and their own variables set by them")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        Program neighbour(town, "4022", everything);
        dialog.deploy(model);
        const auto instance = dialog.start();
        const auto search = [&](const std::string& filter) {
            return dialog.post(
                "/element-instances/search",
                R"({"filter": {"processInstanceKey": ")" + instance + "\"" + filter + "}}"
            );
        };

        CHECK(values(search(R"(, "state": "COMPLETED")"), "elementId") == "start");
        CHECK(values(search(R"(, "state": "ACTIVE")"), "type") == "PROCESS SERVICE_TASK");
        const auto jobs = dialog.jobs();
        const auto key = std::string(jobs[0].text_of("elementInstanceKey"));
        CHECK(values(search(R"(, "elementId": "fetch")"), "elementInstanceKey") == key);
        const auto element = dialog.call("GET", "/element-instances/" + key);
        CHECK(element.text("elementName") == "Fetch");
        CHECK(dialog.call("GET", "/element-instances/" + instance).text("type") == "PROCESS");
        CHECK(dialog.call("GET", "/element-instances/1").status == 404);
        CHECK(neighbour.call("GET", "/element-instances/" + key).status == 404);

        const auto set = [&](const std::string& body) {
            return dialog.call("PUT", "/element-instances/" + key + "/variables", body).status;
        };
        CHECK(set(R"({"variables": {"attempt": 1}, "local": true})") == 204);
        CHECK(set(R"({"variables": {"wide": 2}})") == 204);
        const auto variables = [&](const std::string& filter) {
            return values(dialog.post("/variables/search", R"({"filter": {)" + filter + "}}"), "name");
        };
        CHECK(variables(R"("scopeKey": ")" + key + "\"") == "attempt");
        CHECK(variables(R"("scopeKey": ")" + instance + "\"") == "order wide");
        CHECK(variables(R"("processInstanceKey": ")" + instance + R"(", "value": "2")") == "wide");

        // The one element ends by its key, another begins.
        const auto modified = dialog.post(
            "/process-instances/" + instance + "/modification",
            R"({"terminateInstructions": [{"elementInstanceKey": ")" + key +
                R"("}], "activateInstructions": [{"elementId": "look"}]})"
        );
        CHECK(modified.status == 204);
        CHECK(values(search(R"(, "state": "TERMINATED")"), "elementId") == "fetch");
        CHECK(set(R"({"variables": {"late": 1}, "local": true})") == 404);
    });
}

TEST_CASE("jobs, tasks and incidents are found by what they are, and a task is changed")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        Program reader(town, "4021", "jobs:other");
        dialog.deploy(model);
        const auto instance = dialog.start();
        const auto found = [&](const std::string& what, const std::string& filter, std::string_view member) {
            return values(dialog.post(what, R"({"filter": {)" + filter + "}}"), member);
        };

        CHECK(found("/jobs/search", R"("type": "fetch-person", "state": "CREATED")", "elementId") == "fetch");
        CHECK(found("/jobs/search", R"("deadline": {"$exists": true})", "jobKey").empty());
        const auto job = std::string(dialog.jobs()[0].text_of("jobKey"));
        CHECK(found("/jobs/search", R"("deadline": {"$exists": true}, "worker": "Dialog")", "jobKey") == job);
        CHECK(reader.post("/jobs/search").list("items").empty());

        dialog.post("/jobs/" + job + "/failure", R"({"retries": 0, "errorMessage": "closed"})");
        const auto incident =
            found("/incidents/search", R"("errorMessage": {"$like": "clo*"})", "incidentKey");
        CHECK(dialog.call("GET", "/incidents/" + incident).text("elementId") == "fetch");
        CHECK(
            values(dialog.post("/process-instances/" + instance + "/incidents/search"), "incidentKey") ==
            incident
        );
        CHECK(dialog.call("GET", "/incidents/1").status == 404);
        dialog.post("/incidents/" + incident + "/resolution");
        dialog.post(
            "/jobs/" + std::string(dialog.jobs()[0].text_of("jobKey")) + "/error",
            R"({"errorCode": "NOT_FOUND"})"
        );

        const auto task = found("/user-tasks/search", R"("elementId": "look")", "userTaskKey");
        const auto change = [&](const std::string& changes) {
            return dialog.call("PATCH", "/user-tasks/" + task, R"({"changeset": {)" + changes + "}}").status;
        };
        CHECK(
            change(R"("candidateGroups": ["finance"], "priority": 80, "dueDate": "2031-01-02T03:04:05+01:00")"
            ) == 204
        );
        CHECK(
            found(
                "/user-tasks/search", R"("candidateGroup": "finance", "priority": {"$gt": 70})", "userTaskKey"
            ) == task
        );
        CHECK(
            found("/user-tasks/search", R"("dueDate": {"$lte": "2031-01-02T02:04:05Z"})", "userTaskKey") ==
            task
        );
        CHECK(found("/user-tasks/search", R"("candidateGroup": {"$neq": "finance"})", "userTaskKey").empty());
        CHECK(
            found(
                "/user-tasks/search",
                R"("processInstanceVariables": [{"name": "order", "value": "\"AG-1\""}])",
                "userTaskKey"
            ) == task
        );
        CHECK(change(R"("dueDate": "")") == 204);
        CHECK(found("/user-tasks/search", R"("dueDate": {"$exists": true})", "userTaskKey").empty());
        for (const auto* wrong :
             {R"("priority": 101)",
              R"("dueDate": "tomorrow")",
              R"("candidateUsers": "anna")",
              R"("color": 1)"})
            CHECK_MESSAGE(change(wrong) == 400, wrong);
        CHECK(dialog.call("PATCH", "/user-tasks/1", R"({"changeset": {"priority": 1}})").status == 404);
    });
}

TEST_CASE("a form is deployed and given to whoever does the task; a version that nothing uses is removed")
{
    with_town([](Town& town) {
        Program dialog(town, "4021", everything);
        auto with_form = std::string(model);
        const std::string plain = "<zeebe:userTask/>";
        with_form.replace(
            with_form.find(plain), plain.size(), plain + "<zeebe:formDefinition formId=\"look-form\"/>"
        );
        const std::string form = R"({"id":"look-form","type":"default","components":[]})";
        const auto deployed = dialog.deploy(form, "look.form");
        REQUIRE_MESSAGE(deployed.status == 200, deployed.text("detail"));
        const auto form_key = std::string(deployed.list("deployments")[0].find("form")->text_of("formKey"));
        dialog.deploy(with_form);
        const auto instance = dialog.start();
        dialog.post(
            "/jobs/" + std::string(dialog.jobs()[0].text_of("jobKey")) + "/error",
            R"({"errorCode": "NOT_FOUND"})"
        );
        const auto task = dialog.post("/user-tasks/search").list("items")[0];

        CHECK(task.text_of("formKey") == form_key);
        const auto shown =
            dialog.call("GET", "/user-tasks/" + std::string(task.text_of("userTaskKey")) + "/form");
        CHECK(shown.text("schema") == form);

        const auto key = std::string(task.text_of("processDefinitionKey"));
        CHECK(dialog.post("/resources/" + key + "/deletion").status == 409);
        dialog.call("POST", "/process-instances/" + instance + "/cancellation");
        CHECK(dialog.post("/resources/" + key + "/deletion").status == 200);
        CHECK(dialog.post("/resources/" + key + "/deletion").status == 404);
        CHECK(dialog.post("/process-instances", R"({"processDefinitionId": "lookup"})").status == 404);
        // What it was is still told.
        CHECK(dialog.call("GET", "/process-instances/" + instance).text("processDefinitionKey") == key);
    });
}
