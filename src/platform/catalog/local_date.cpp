#include "platform/catalog/local_date.hpp"

#include "process/feel/temporal.hpp"

namespace catalog {

base::Date local_date(base::Instant instant)
{
    const auto zone = feel::Zone::parse("Europe/Zurich").value_or(feel::Zone::utc());
    const auto days = feel::DateTime::at(instant, zone).date.days;
    return std::chrono::sys_days(std::chrono::days(days));
}

}  // namespace catalog
