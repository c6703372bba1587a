#pragma once

#include "base/random.hpp"
#include "kit/sql/database.hpp"
#include "process/runtime/models_fixture.hpp"
#include "process/runtime/resources.hpp"
#include "process/runtime/runtime.hpp"
#include "testing/clock.hpp"
#include "testing/databases.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

template <class T>
std::string reason(const base::Result<T>& result)
{
    return result ? std::string() : result.error().message_key + " " + result.error().detail;
}

// A runtime on a database with its clock, and short words for what tests do with it.
struct Fixture {
    explicit Fixture(sql::Database& with, runtime::Options options = {})
        : database(with), engine(with, clock, random, told(std::move(options)))
    {
    }

    sql::Database& database;
    testing::TestClock clock = {};
    base::SystemRandom random = {};
    std::mutex reports_mutex = {};
    std::vector<std::string> reports = {};
    runtime::Runtime engine;
    base::TenantId tenant{"4021"};

    runtime::Options told(runtime::Options options)
    {
        options.report = [this](std::string_view type, const runtime::InstanceId&, std::string_view message) {
            const std::lock_guard lock(reports_mutex);
            reports.push_back(std::string(type) + ": " + std::string(message));
        };
        return options;
    }

    std::vector<runtime::Deployed>
    deploy(const std::vector<runtime::Resource>& resources, const std::string& owner = "canton")
    {
        auto transaction = database.begin({owner});
        auto deployed = engine.deploy(transaction, resources);
        INFO(reason(deployed));
        REQUIRE(deployed);
        transaction.commit();
        return std::move(*deployed);
    }

    runtime::InstanceId
    start(std::string_view process, const std::string& key = "AG-1", const runtime::Variables& variables = {})
    {
        auto transaction = database.begin(tenant);
        const auto started = engine.start(transaction, process, key, variables);
        INFO(reason(started));
        REQUIRE(started);
        transaction.commit();
        return *started;
    }

    std::vector<runtime::Task> tasks(const runtime::TaskFilter& filter = {})
    {
        auto transaction = database.begin_read(tenant);
        return engine.tasks(transaction, filter);
    }

    // Elements of the waiting user tasks, joined by spaces.
    std::string waiting()
    {
        std::string elements;
        for (const auto& task : tasks())
            elements += (elements.empty() ? "" : " ") + task.element;
        return elements;
    }

    base::Result<> complete(
        const runtime::Task& task, const runtime::Variables& variables = {}, std::string_view who = "Muster"
    )
    {
        auto transaction = database.begin(tenant);
        auto done = engine.complete_task(transaction, task.id, variables, who);
        if (done)
            transaction.commit();
        return done;
    }

    base::Result<std::string> publish(const runtime::Message& message)
    {
        auto transaction = database.begin(tenant);
        auto published = engine.publish_message(transaction, message);
        transaction.commit();
        return published;
    }

    runtime::Instance instance(const runtime::InstanceId& id)
    {
        auto transaction = database.begin_read(tenant);
        const auto found = engine.find_instance(transaction, id);
        REQUIRE(found);
        return *found;
    }

    bool is_completed(const runtime::InstanceId& id)
    {
        return instance(id).state == runtime::InstanceState::completed;
    }

    runtime::Variables variables(const runtime::InstanceId& id)
    {
        auto transaction = database.begin_read(tenant);
        return engine.variables(transaction, id);
    }

    std::vector<runtime::Incident> incidents()
    {
        auto transaction = database.begin_read(tenant);
        return engine.incidents(transaction);
    }
};

inline void for_each_runtime(const std::function<void(Fixture&)>& test)
{
    testing::for_each_database({runtime::resources::migrations()}, [&](sql::Database& database) {
        Fixture fixture(database);
        test(fixture);
    });
}
