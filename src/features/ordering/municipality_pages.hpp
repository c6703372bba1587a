#pragma once

#include "features/ordering/page_base.hpp"

#include <optional>
#include <set>

namespace tenancy {
struct Match;
}

namespace ordering {

// The pages on which people find their municipality, and what it offers.
class MunicipalityPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response municipalities(const http::Request& request, const identity::Visit& visit) const;
    http::Response choose_municipality(const http::Request& request, const identity::Visit& visit) const;
    http::Response municipality(const http::Request& request, const identity::Visit& visit) const;
    // What to copy into the municipality's own website.
    http::Response embedding(const http::Request& request, const identity::Visit& visit) const;
    http::Response service_of_municipality(const http::Request& request, const identity::Visit& visit) const;
    // Somebody would use a service that their municipality does not offer.
    http::Response wish(const http::Request& request, const identity::Visit& visit) const;

private:
    html::Data
    matches(const identity::Visit& visit, std::string_view query, const catalog::Package* package) const;
    html::Data match_data(
        const identity::Visit& visit,
        const tenancy::Match& match,
        const catalog::Package* package,
        const std::set<int>& offering
    ) const;
    // The address with a former municipality's number or a BFS number leads to the one that stays.
    std::optional<http::Response>
    to_stable_address(const http::Request& request, const tenancy::Municipality& municipality) const;
    void add_services(
        html::Data& data,
        const identity::Visit& visit,
        const tenancy::Municipality& municipality,
        const std::string& query
    ) const;
    void add_draft(
        html::Data& data,
        sql::Transaction& transaction,
        const identity::Visit& visit,
        const catalog::Package& package
    ) const;
};

}  // namespace ordering
