#pragma once

#include "base/clock.hpp"
#include "process/feel/temporal.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bpmn {

// A cron expression: "minute hour day month weekday", with seconds before when it has six fields, or one of
// @hourly, @daily, @weekly, @monthly, @yearly. Lists, ranges, steps, names (MON, JAN), ? and * as usual; 0
// and 7 are Sunday. When both day and weekday are restricted, both must fit.
class Cron {
public:
    static std::optional<Cron> parse(std::string_view text);

    // The first moment after this one, in local time; nothing within the next 50 years.
    std::optional<base::Instant> next_after(base::Instant moment, const feel::Zone& zone) const;

private:
    enum Field : std::size_t { second, minute, hour, day, month, weekday, fields };

    bool fits_day(const feel::Date& date) const;
    bool has(Field field, std::int64_t value) const { return (allowed_[field] >> value & 1U) != 0; }

    std::array<std::uint64_t, fields> allowed_{};  // bit n: the value n
};

}  // namespace bpmn
