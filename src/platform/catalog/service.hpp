#pragma once

#include "base/date.hpp"
#include "platform/catalog/local_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
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

// Of which part of the state it is.
enum class Level { municipality, canton, confederation };
std::string_view name_of(Level level);
std::optional<Level> parse_level(std::string_view name);

// Where the facts come from, so that people know how far to trust them.
enum class Basis {
    checked,           // compared with the source
    example,           // how one municipality does it
    general_practice,  // usual; not compared with a source
};
std::string_view name_of(Basis basis);
std::optional<Basis> parse_basis(std::string_view name);

// A public service as CPSV-AP describes one; from service.json and texts/*.json.
struct Service {
    std::string id;  // folder name, and in addresses
    Level level = Level::municipality;
    std::string responsible;              // key of the kind of body: "residents_office"
    std::vector<std::string> categories;  // "residence"
    std::vector<std::string> life_events;
    std::vector<std::string> channels;  // "online", "counter", "post"
    std::vector<LegalBasis> legal_bases;
    std::string minimum_trust;          // "none", "email", "agov-100" … "agov-500"
    std::string routing;                // which municipality it is about: "residence"
    std::vector<std::string> payment;   // "online", "invoice", "counter"; empty: it is free
    std::vector<std::string> delivery;  // how one gets the result: "post"
    Basis basis = Basis::general_practice;
    std::string source;   // where the facts come from
    std::string process;  // the library's, when the folder has none
    // Where it is ordered, when that is not here (by language); empty: here.
    LocalText address;
    base::Date checked_on;  // when somebody last read the texts
    std::array<ServiceTexts, std::size(html::all_languages)> texts;

    bool is_ordered_elsewhere() const { return !address.empty(); }
    bool is_paid(std::string_view way) const { return std::ranges::find(payment, way) != payment.end(); }

    const ServiceTexts& in(html::Language language) const
    {
        return texts[static_cast<std::size_t>(language)];
    }
};

}  // namespace catalog
