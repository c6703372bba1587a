#pragma once

#include "base/date.hpp"

namespace documents {

// The day it was in Switzerland: what "today" and "issued on" mean on a document.
base::Date local_date(base::Instant instant);

}  // namespace documents
