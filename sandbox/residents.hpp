#pragma once

#include "base/date.hpp"
#include "kit/json/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sandbox {

// An invented inhabitant of a municipality.
struct Resident {
    std::string local_id;
    std::string ahv_number;
    std::string last_name;
    std::string first_name;
    std::string alliance_name;
    std::string sex;  // "1" or "2"
    base::Date date_of_birth;
    base::Date arrival;
    std::optional<base::Date> departure;
    std::string street;
    std::string house_number;
    int data_lock = 0;
    std::string note;  // what is special about them, for testers
};

// The population of a municipality: about thirty people who are the same in every run, and the ones that
// every municipality has so that each way through the portal can be tried (docs/sandbox.md).
std::vector<Resident> residents_of(int bfs_number, const base::Date& today);

// As the connector contract says (docs/connectors.md).
json::Value resident_json(const Resident& resident, int bfs_number);

// 756, ten digits, and the EAN-13 check digit.
std::string make_ahv_number(int bfs_number, int number);

}  // namespace sandbox
