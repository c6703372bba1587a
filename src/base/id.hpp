#pragma once

#include <compare>
#include <string>

namespace base {

// An identifier that cannot be confused with that of another kind of thing:
// struct CaseTag; using CaseId = base::Id<CaseTag>;
template <class Kind>
struct Id {
    std::string text;
    friend auto operator<=>(const Id&, const Id&) = default;
};

// A partition of data: one municipality or other authority, or `canton` for what all share.
using TenantId = Id<struct TenantTag>;

}  // namespace base
