#pragma once

#include "platform/cases/case.hpp"

#include <optional>
#include <string>

namespace sql {
class Transaction;
}
namespace crypto {
class Sealer;
}

namespace cases {

// How content somebody was with how their case went.
struct Rating {
    int stars = 0;       // 1 to 5
    std::string remark;  // may be empty
};

// One rating for each case. Every call works in the caller's transaction, for its tenant.
class Ratings {
public:
    Ratings(const base::Clock& clock, const crypto::Sealer& sealer) : clock_(clock), sealer_(sealer) {}

    // `invalid` ("cases.rating_missing", "cases.message_too_long"); `conflict` when it was rated before, or
    // has not ended yet.
    base::Result<> rate(sql::Transaction& transaction, const Case& rated, const Rating& rating) const;
    std::optional<Rating> of_case(sql::Transaction& transaction, const CaseId& id) const;

private:
    const base::Clock& clock_;
    const crypto::Sealer& sealer_;
};

}  // namespace cases
