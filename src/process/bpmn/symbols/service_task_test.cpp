// Service tasks: BPMN 2.0.2 section 10.3.3.1, 13.3.3; jobs as in contracts.md section 4.
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

TEST_CASE("a service task is a job of its type, with the headers and variables a worker needs")
{
    Story story(scope(
        "start > A > end",
        service(
            "A",
            "fetch-person",
            "<zeebe:taskHeaders><zeebe:header key='register' value='civil'/></zeebe:taskHeaders>"
        )
    ));
    story.start({{"person", 7}});

    const CreateJob& job = story.first().jobs.at(0);
    CHECK(job.type == "fetch-person");
    CHECK(job.retries == 3);
    CHECK(job.headers.at("register") == "civil");
    CHECK(feel::to_text(*job.variables.find("person")) == "7");
}

TEST_CASE("its type and its retries may be expressions")
{
    Story story(scope(
        "start > A > end",
        node(
            "serviceTask",
            "A",
            extension("<zeebe:taskDefinition type='=\"fetch-\" + what' retries='=1 + 4'/>")
        )
    ));
    story.start({{"what", "person"}});

    CHECK(story.first().jobs.at(0).type == "fetch-person");
    CHECK(story.first().jobs.at(0).retries == 5);
}

TEST_CASE("a job has the priority that its task says, else that of its process, else none")
{
    const auto priority_of = [](const std::string& of_process, const std::string& of_task) {
        const auto written = [](const std::string& priority) {
            return priority.empty() ? "" : "<zeebe:jobPriorityDefinition priority='" + priority + "'/>";
        };
        Story story(
            extension(written(of_process)) + scope("start > A > end", service("A", "work", written(of_task)))
        );
        story.start({{"urgent", 7}});
        return story.first().jobs.at(0).priority;
    };

    CHECK(priority_of("", "") == 0);
    CHECK(priority_of("20", "") == 20);
    CHECK(priority_of("20", "=urgent * 10") == 70);
    CHECK(priority_of("", "=\"high\"") == 0);
    CHECK(priority_of("", "999999999") == 10'000);
}

TEST_CASE("what the worker gives back becomes variables, and the token goes on")
{
    Story story(scope("start > A > B > end", service("A", "work")));
    story.start();
    story.complete("A", {{"found", true}});

    CHECK(story.waiting() == "B");
    CHECK(story.value("found") == "true");
}

TEST_CASE("a job whose retries are used up is an incident; resolved, it is a new job")
{
    Story story(scope("start > A > end", service("A", "work")));
    story.start();
    const Id first = story.first().jobs.at(0).id;
    story.fail("A", "the register is closed");
    CHECK(story.incident() == "A: the register is closed");
    CHECK(story.first().jobs.empty());

    story.resolve("A");
    CHECK(story.first().jobs.at(0).id != first);
    story.complete("A");
    CHECK(story.outlook() == "completed");
}

TEST_CASE("with input mappings it sees what they make, and what lies around it")
{
    Story story(scope(
        "start > A > end",
        service(
            "A",
            "work",
            "<zeebe:ioMapping><zeebe:input source='=person.name' target='name'/></zeebe:ioMapping>"
        )
    ));
    story.start({{"person", feel::Value(feel::Context{{"name", "Meier"}})}});

    CHECK(feel::to_text(*story.first().jobs.at(0).variables.find("name")) == "Meier");
    CHECK(story.value("name") == "nothing");
}

TEST_CASE("with output mappings only what they name leaves it")
{
    Story story(scope(
        "start > A > end",
        service(
            "A",
            "work",
            "<zeebe:ioMapping><zeebe:output source='=answer.fee' target='fee'/></zeebe:ioMapping>"
        )
    ));
    story.start();
    story.complete("A", {{"answer", feel::Value(feel::Context{{"fee", 25}})}, {"secret", 1}});

    CHECK(story.value("fee") == "25");
    CHECK(story.value("answer") == "nothing");
    CHECK(story.value("secret") == "nothing");
}
