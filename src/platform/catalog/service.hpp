#pragma once

#include "base/date.hpp"
#include "platform/catalog/local_text.hpp"

#include <array>
#include <string>
#include <vector>

namespace catalog {

// What people read about a service, in one language. Lists are shown as lists.
struct ServiceTexts {
    std::string title;
    std::string summary;
    std::vector<std::string> audience;      // who may order
    std::vector<std::string> requirements;  // what must be so
    std::vector<std::string> steps;         // how it goes
    std::vector<std::string> evidence;      // what to have at hand
    std::vector<std::string> outputs;       // what one gets
    std::string costs;
    std::string processing_time;
    std::string channels;               // other ways than this one
    std::vector<std::string> keywords;  // other words for it, as people say them; for the search only
};

struct LegalBasis {
    LocalText title;
    std::string url;
};

// A public service as CPSV-AP describes one; from service.json and texts/*.json.
struct Service {
    std::string id;                       // folder name, and in addresses
    std::string level;                    // "municipality" or "canton"
    std::string responsible;              // key of the kind of body: "residents_office"
    std::vector<std::string> categories;  // "residence"
    std::vector<std::string> life_events;
    std::vector<std::string> channels;  // "online", "counter", "post"
    std::vector<LegalBasis> legal_bases;
    std::string minimum_trust;  // "none", "email", "agov-100" … "agov-500"
    base::Date checked_on;      // when somebody last read the texts
    std::array<ServiceTexts, std::size(html::all_languages)> texts;

    const ServiceTexts& in(html::Language language) const
    {
        return texts[static_cast<std::size_t>(language)];
    }
};

}  // namespace catalog
