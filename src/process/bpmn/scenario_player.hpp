#pragma once

#include "kit/json/json.hpp"
#include "process/bpmn/world.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// The variables that a JSON object gives; none without one.
Variables variables_of(const json::Value* object);

// Plays the steps of a scenario, one at a time. What a step expects and does not find is added to `failed`,
// what it does find is counted in `met`.
class ScenarioPlayer {
public:
    ScenarioPlayer(World& world, std::vector<std::string>& failed, int& met)
        : world_(world), failed_(failed), met_(met)
    {
    }

    // The reason when a step is wrong or fits nothing.
    std::string play(const json::Value& step);

private:
    template <class Item>
    struct Found {
        std::size_t instance = 0;
        const Item* item = nullptr;
    };
    template <class Item>
    Found<Item>
    find(std::vector<Item> WorldInstance::*items, std::string_view element, const json::Value& step);
    std::string expect(const json::Value& step);
    std::string complete(const json::Value& step);
    std::string fail(const json::Value& step);
    std::string error(const json::Value& step);
    std::string message(const json::Value& step);
    std::string signal(const json::Value& step);
    std::string advance(const json::Value& step);
    std::string start(const json::Value& step);
    std::string resolve(const json::Value& step);
    std::string cancel(const json::Value& step);

    World& world_;
    std::vector<std::string>& failed_;
    int& met_;
};

}  // namespace bpmn
