#pragma once

#include "kit/json/json.hpp"
#include "process/bpmn/world.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// An element that waits, and for what, in the words of the scenarios.
struct WaitingElement {
    std::string element;
    std::string kind;
    friend bool operator==(const WaitingElement&, const WaitingElement&) = default;
};

std::string_view name_of(Outlook outlook);
std::vector<WaitingElement> waiting_in(const World& world);
// How often the element was completed in all instances. The body of a loop does not count, its rounds do.
int times_completed(const World& world, std::string_view element);

// Compares a world with what is expected of it. Only what `expected` names is looked at.
void check_expectations(
    const json::Value& expected, const World& world, std::vector<std::string>& failed, int& met
);

// The world as `schalter bpmn run` prints it.
json::Value report_of(const World& world, const std::vector<std::string>& failed, int met);

}  // namespace bpmn
