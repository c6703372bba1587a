// User tasks: BPMN 2.0.2 section 10.3.4.1, 13.3.3.
#include "base/date.hpp"
#include "process/bpmn/story_fixture.hpp"

using namespace bpmn;
using namespace bpmn::story;

namespace {

std::string task_with(const std::string& extensions)
{
    return scope("start > A > end", node("userTask", "A", extension("<zeebe:userTask/>" + extensions)));
}

}  // namespace

TEST_CASE("a user task waits until a person has completed it, and keeps what the person entered")
{
    Story story(task_with(""));
    story.start();
    CHECK(story.waiting() == "A");

    story.complete("A", {{"approved", true}});
    CHECK(story.outlook() == "completed");
    CHECK(story.value("approved") == "true");
}

TEST_CASE("it says who may do it, until when, how urgent it is and with which form")
{
    Story story(task_with(
        "<zeebe:assignmentDefinition assignee='=clerk' candidateGroups='=[\"finance\", \"registry\"]' candidateUsers='anna, beat'/>"
        "<zeebe:taskSchedule dueDate='=date and time(\"2026-02-01T12:00:00Z\")' followUpDate='2026-01-20T12:00:00Z'/>"
        "<zeebe:priorityDefinition priority='=90'/><zeebe:formDefinition formId='check'/>"
    ));
    story.start({{"clerk", "anna"}});

    const CreateTask& task = story.first().tasks.at(0);
    CHECK(task.assignee == "anna");
    CHECK(task.candidate_groups == std::vector<std::string>{"finance", "registry"});
    CHECK(task.candidate_users == std::vector<std::string>{"anna", "beat"});
    CHECK(base::format_instant(task.due.value()) == "2026-02-01T12:00:00Z");
    CHECK(base::format_instant(task.follow_up.value()) == "2026-01-20T12:00:00Z");
    CHECK(task.priority == 90);
    CHECK(task.form == "check");
}

TEST_CASE("a due date that cannot be read is an incident before the task is there")
{
    Story story(task_with("<zeebe:taskSchedule dueDate='=when'/>"));
    story.start({{"when", "soon"}});
    CHECK(story.incident().starts_with("A: The due date cannot be read"));
    CHECK(story.first().tasks.empty());

    story.resolve("A", {{"when", "2026-02-01T12:00:00Z"}});
    CHECK(story.first().tasks.size() == 1);
}

TEST_CASE("task listeners are jobs, before the task is there and before it is completed")
{
    Story story(task_with("<zeebe:taskListeners><zeebe:taskListener eventType='creating' type='prepare'/>"
                          "<zeebe:taskListener eventType='completing' type='check'/></zeebe:taskListeners>"));
    story.start();
    CHECK(story.first().tasks.empty());
    CHECK(story.first().jobs.at(0).type == "prepare");

    story.complete("A", {{"hint", "new"}});
    CHECK(story.first().tasks.size() == 1);
    story.complete("A", {{"approved", true}});
    CHECK(story.first().tasks.empty());
    CHECK(story.first().jobs.at(0).type == "check");

    story.complete("A");
    CHECK(story.outlook() == "completed");
    CHECK(story.value("hint") == "new");
    CHECK(story.value("approved") == "true");
}

TEST_CASE("a task that is completed cannot be completed again")
{
    Story story(task_with(""));
    story.start();
    auto instance = story.first();
    const CompleteTask completion{instance.tasks.at(0).id};
    const auto once = step(*instance.definition, instance.state, completion, {});
    const auto twice = step(*instance.definition, once.state, completion, {});

    CHECK(once.rejection.empty());
    CHECK(twice.rejection == "the instance is not active");
}
