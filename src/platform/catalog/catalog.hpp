#pragma once

#include "base/money.hpp"
#include "platform/catalog/form.hpp"
#include "platform/catalog/library.hpp"
#include "platform/catalog/service.hpp"
#include "process/dmn/model.hpp"
#include "process/feel/value.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

// One service with everything that its folder holds, read and compiled.
struct Package {
    Service service;
    // Of a service that is ordered elsewhere: no pages, no process, no decisions.
    Form form = {};
    std::string process = {};    // its process has the service's id
    std::string decisions = {};  // decisions.dmn; empty when nothing is to be decided: it costs nothing
    std::optional<dmn::Model> decision_model = {};
    json::Value document = {};      // document.json; null when no document comes out
    std::string process_path = {};  // for messages: "services/x/process.bpmn"
    std::string decisions_path = {};
    std::map<std::string, LocalText, std::less<>> fee_parts = {};  // what the parts of the fee are called
};

struct FeePart {
    LocalText label;
    std::int64_t quantity = 1;
    base::Money amount;  // for all of them
};

struct Fee {
    base::Money total;
    std::vector<FeePart> parts;  // add up to the total
};

// The services below `directory` that are ordered with us and not elsewhere, by id; none when it cannot be
// read.
std::vector<std::string> services_ordered_here(const std::string& directory);

// All services, in memory. Never changes; safe to share between threads.
class Catalog {
public:
    // Reads every folder below `directory`, and the synonyms.json in it, if there is one; refused with file
    // and reason when one cannot be used.
    static base::Result<Catalog> load(const std::string& directory);
    Catalog(Catalog&&) noexcept;
    ~Catalog();

    const std::vector<Package>& packages() const;            // by id
    const Package* find(std::string_view service_id) const;  // nullptr when there is none

    const Library& library() const;

    // Services whose title, keywords or summary match, best first (search_index.hpp); an empty query finds
    // all.
    std::vector<const Package*> search(html::Language language, std::string_view query) const;

    // What an order costs: the decision `fee` of the service, from the very table that its process asks.
    // Nothing when it has no such table. `invalid` when the table has no price for these answers.
    base::Result<Fee> fee(const Package& package, int bfs_number, const json::Object& answers) const;

private:
    struct Implementation;
    explicit Catalog(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace catalog
