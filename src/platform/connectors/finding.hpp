#pragma once

#include "platform/connectors/person.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connectors {

// Whom the register is asked for: what the applicant wrote.
struct Wanted {
    std::string last_name;
    std::string first_name;
    std::string date_of_birth;  // ISO 8601
    std::string ahv_number;     // 13 digits, or empty
    int municipality = 0;       // BFS number
};

// What came of it, without personal data: the variable `register` of the process (docs/architecture.md).
struct Finding {
    bool found = false;    // the register knows somebody
    bool unique = false;   // exactly one
    bool matches = false;  // and it is the person who was asked for
    bool has_data_lock = false;
    std::optional<base::Date> resident_since;  // nothing unless this is their main residence now
    std::string reason;                        // "moved_away", or empty
};

// Compares names without case and diacritics; a first name may be one of several in the register.
bool is_person(const Wanted& wanted, const Person& person);

Finding assess(const Wanted& wanted, const std::vector<Person>& persons, const base::Date& today);

}  // namespace connectors
