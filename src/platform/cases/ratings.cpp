#include "platform/cases/ratings.hpp"

#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/case_store.hpp"
#include "platform/cases/messages.hpp"

#include <stdexcept>

namespace cases {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view remark_purpose = "case.rating";
constexpr int most_stars = 5;

constexpr sql::Statement insert_rating = R"sql(
    INSERT INTO case_ratings (tenant_id, case_id, service_id, stars, remark, rated_at)
    VALUES (:tenant_id, :case_id, :service_id, :stars, :remark, :now)
    ON CONFLICT (tenant_id, case_id) DO NOTHING)sql";
constexpr sql::Statement select_rating =
    "SELECT stars, remark FROM case_ratings WHERE tenant_id = :tenant_id AND case_id = :case_id";

}  // namespace

base::Result<> Ratings::rate(sql::Transaction& transaction, const Case& rated, const Rating& rating) const
{
    if (rating.stars < 1 || rating.stars > most_stars)
        return fail(ErrorKind::invalid, "cases.rating_missing");
    if (!base::is_valid_utf8(rating.remark) || base::count_code_points(rating.remark) > longest_message)
        return fail(ErrorKind::invalid, "cases.message_too_long");
    if (!is_final(rated.state))
        return fail(ErrorKind::conflict, "cases.too_late");
    const auto added = transaction.execute(
        insert_rating,
        {{"tenant_id", transaction.tenant().text},
         {"case_id", rated.id.text},
         {"service_id", rated.service_id},
         {"stars", rating.stars},
         {"remark", sealer_.seal(rating.remark, remark_purpose, owner_of(rated.tenant, rated.id))},
         {"now", clock_.now().time_since_epoch().count()}}
    );
    return added == 1 ? base::Result<>(base::Done{}) : fail(ErrorKind::conflict, "cases.rated");
}

std::optional<Rating> Ratings::of_case(sql::Transaction& transaction, const CaseId& id) const
{
    const auto owner = owner_of(transaction.tenant(), id);
    return transaction.first(
        select_rating,
        {{"tenant_id", transaction.tenant().text}, {"case_id", id.text}},
        [&](const sql::Row& row) {
            auto remark = sealer_.open(row.blob(1), remark_purpose, owner);
            if (!remark)
                throw std::runtime_error("case " + id.text + ": its rating cannot be read");
            return Rating{static_cast<int>(row.integer(0)), *std::move(remark)};
        }
    );
}

}  // namespace cases
