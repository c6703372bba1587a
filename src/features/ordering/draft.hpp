#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/json/json.hpp"
#include "platform/cases/case.hpp"

#include <optional>
#include <string>

namespace ordering {

using DraftId = base::Id<struct DraftTag>;

// Answers before submission. Belongs to one browser (the visitor's cookie) and one municipality.
struct Draft {
    base::TenantId tenant;
    DraftId id;
    std::string service_id;
    json::Object answers;                  // as catalog::Form keeps them; empty once submitted
    std::optional<cases::CaseId> case_id;  // what it has become
    base::Instant updated_at;
    std::string version;  // of what is kept: another after each change
};

}  // namespace ordering
