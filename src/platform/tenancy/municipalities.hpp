#pragma once

#include "platform/tenancy/municipality.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sql {
class Transaction;
}

namespace tenancy {

// Why a municipality was found: what people are shown beside its name.
struct Match {
    const Municipality* municipality = nullptr;
    const Locality* locality = nullptr;          // found by postal code or by this place
    const FormerMunicipality* former = nullptr;  // found by the name of one that has merged into it
};

// All municipalities of the canton, in memory. Never changes: what changes in the database is seen after the
// next load. Safe to share between threads.
class Municipalities {
public:
    Municipalities(
        std::vector<Municipality> municipalities,
        std::vector<Locality> localities,
        std::vector<FormerMunicipality> former,
        const std::vector<Responsibility>& responsibilities = {}
    );
    static Municipalities load(sql::Transaction& transaction);  // of any tenant: everybody reads these
    // Matches point into it, so it stays where it is.
    Municipalities(Municipalities&&) = default;
    Municipalities(const Municipalities&) = delete;
    Municipalities& operator=(const Municipalities&) = delete;

    const std::vector<Municipality>& all() const { return municipalities_; }  // by name

    // nullptr when there is none.
    const Municipality* find_by_slug(std::string_view slug) const;
    const Municipality* find_by_bfs(int bfs_number) const;
    const Municipality* find_by_tenant(const base::TenantId& tenant) const;
    // The slug or the BFS number, of a former municipality too: what stands in addresses.
    const Municipality* find_by_address(std::string_view slug_or_number) const;

    // Which municipality's office does this for another: itself where nothing else is known.
    const Municipality& responsible_for(const Municipality& municipality, std::string_view body) const;

    // By name, postal code ("5200", "5200 Brugg") or locality, also by former names and with typing errors.
    // Best first, each municipality once, at most `most`. A postal code finds all that have a share in it,
    // however small.
    std::vector<Match> search(std::string_view query, std::size_t most = 20) const;

private:
    struct Entry {
        std::string key;  // base::search_key of the name
        Match match;
    };
    void index();
    std::vector<Match> search_postal_code(std::string_view digits, std::string_view rest) const;

    std::vector<Municipality> municipalities_;
    std::vector<Locality> localities_;
    std::vector<FormerMunicipality> former_;
    std::map<int, const Municipality*> by_number_;
    std::map<std::string, const Municipality*, std::less<>> by_slug_;
    std::vector<Entry> entries_;
    std::map<std::pair<std::string, int>, int> seats_;  // by body and BFS number
};

}  // namespace tenancy
