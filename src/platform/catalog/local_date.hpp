#pragma once

#include "base/date.hpp"

namespace catalog {

// The day it was in Switzerland: what "today" and "issued on" mean in forms and on documents.
base::Date local_date(base::Instant instant);

}  // namespace catalog
