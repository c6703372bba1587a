#pragma once

#include "platform/catalog/catalog.hpp"

#include <optional>

namespace catalog {

// What the cheapest order of a service costs in a municipality, over all choices that its fee depends on.
// Nothing when the fee depends on what cannot be tried out, or when no choice has a price.
std::optional<base::Money> lowest_fee(const Catalog& catalog, const Package& package, int bfs_number);

}  // namespace catalog
