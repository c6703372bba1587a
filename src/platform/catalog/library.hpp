#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/local_text.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalog {

// Words of a list that services choose from, in the order of the file: key and text.
using Terms = std::vector<std::pair<std::string, LocalText>>;
const LocalText* find_term(const Terms& terms, std::string_view key);  // nullptr when there is none

// What all services share, written once; lies beside their folders (docs/services.md).
struct Library {
    // blocks/*.json by name: pages or questions that many forms ask alike.
    std::map<std::string, json::Value, std::less<>> blocks;
    // processes/*.bpmn by name: the process of every service that names it. Where the text says
    // `service-id` and `service-title`, it is that service's.
    std::map<std::string, std::string, std::less<>> processes;
    // wording.json: what to say when a rule is broken and the question has no words of its own, by
    // "<type>.<rule>", or "any.<rule>" for the types that are not named. {label}, {minimum}, {maximum},
    // {max_length} and {age} are the question's.
    std::map<std::string, LocalText, std::less<>> wording;

    // vocabulary.json
    Terms responsible;  // kinds of bodies: "residents_office"
    Terms categories;
    Terms life_events;
    Terms routing;   // which municipality it is about, as a question: "In welcher Gemeinde wohnen Sie?"
    Terms delivery;  // how one gets the result
};

// What of it is there below `directory` (a service's folder lies in it); what is absent stays empty.
// `invalid` names the file.
base::Result<Library> read_library(const std::string& directory);

// Whether a folder below `directory` holds parts of the library and no service.
bool is_library_folder(std::string_view name);

// A shared process as that of one service; `title` is German, as names in models are.
std::string process_of_service(std::string_view shared, std::string_view service_id, std::string_view title);

}  // namespace catalog
