#pragma once

#include "features/ordering/page_base.hpp"

#include <optional>
#include <set>

namespace tenancy {
struct Match;
}

namespace ordering {

// The pages on which people find a service and their municipality.
class FindingPages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response home(const http::Request& request, const identity::Visit& visit) const;
    http::Response search(const http::Request& request, const identity::Visit& visit) const;
    http::Response service(const http::Request& request, const identity::Visit& visit) const;
    http::Response municipalities(const http::Request& request, const identity::Visit& visit) const;
    http::Response choose_municipality(const http::Request& request, const identity::Visit& visit) const;
    http::Response municipality(const http::Request& request, const identity::Visit& visit) const;
    http::Response service_of_municipality(const http::Request& request, const identity::Visit& visit) const;

private:
    html::Data services(const identity::Visit& visit, std::string_view query) const;
    html::Data service_data(const identity::Visit& visit, const catalog::Package& package) const;
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
};

}  // namespace ordering
