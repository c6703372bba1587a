#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "kit/json/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// How much a register may tell about somebody (eCH-0021 dataLock).
enum class DataLock { none, address, information };

// Type of residence (eCH-0011).
enum class Residence { main, secondary, other };

// A person as a municipality's register has them: the part of eCH-0011, 0021 and 0044 that Schalter uses,
// with the standards' limits (docs/connectors.md).
struct Person {
    std::string ahv_number;  // 13 digits, or empty
    std::string local_id;    // the business system's own
    std::string official_name;
    std::string first_name;  // all first names
    std::string alliance_name;
    std::string call_name;
    std::string sex;             // "1" male, "2" female, "3" unknown
    std::string date_of_birth;   // "1984-03-12"; "1984-03" or "1984" where more is not known
    std::string marital_status;  // eCH-0011 code
    Residence residence = Residence::main;
    int municipality = 0;  // BFS number of the one that reports
    base::Date arrival;
    std::optional<base::Date> departure;
    std::string street;
    std::string house_number;
    std::string postal_code;
    std::string town;
    DataLock lock = DataLock::none;
};

// The answer to findPerson: all persons that fit, at most fifty. What does not have the documented shape, in
// whole, is refused with `unavailable`: such a system is not well, and may be better soon.
base::Result<std::vector<Person>> parse_persons(std::string_view answer);

// The same shape again, to be kept at the case.
json::Value person_json(const Person& person);

}  // namespace connectors
