#include "platform/connectors/person.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace connectors {

using base::Result;

namespace {

constexpr std::size_t most_persons = 50;

// Thrown inside this file only: reading a tree of members is clearer when the first fault ends it.
struct Nonsense {
    std::string what;
};

const json::Value& member(const json::Value& value, std::string_view name)
{
    static const json::Value nothing;
    const json::Value* found = value.find(name);
    return found == nullptr ? nothing : *found;
}

const json::Value& object(const json::Value& value, std::string_view name)
{
    const json::Value& found = member(value, name);
    if (found.if_object() == nullptr)
        throw Nonsense{std::string(name) + " is no object"};
    return found;
}

std::string optional_text(const json::Value& value, std::string_view name, std::size_t most)
{
    const json::Value& found = member(value, name);
    if (found.is_null())
        return {};
    const std::string* text = found.if_string();
    if (text == nullptr || base::count_code_points(*text) > most || base::has_control_characters(*text))
        throw Nonsense{std::string(name) + " is no text of at most " + std::to_string(most) + " characters"};
    return *text;
}

std::string text(const json::Value& value, std::string_view name, std::size_t most)
{
    std::string found = optional_text(value, name, most);
    if (found.empty())
        throw Nonsense{std::string(name) + " is missing"};
    return found;
}

std::string code(const json::Value& value, std::string_view name, std::string_view allowed)
{
    const std::string found = text(value, name, 1);
    if (allowed.find(found) == std::string_view::npos)
        throw Nonsense{std::string(name) + " is none of the codes"};
    return found;
}

std::optional<base::Date> optional_date(const json::Value& value, std::string_view name)
{
    const std::string found = optional_text(value, name, 10);
    if (found.empty())
        return std::nullopt;
    const auto date = base::parse_date(found);
    if (!date)
        throw Nonsense{std::string(name) + " is no date"};
    return date;
}

// eCH-0044 datePartiallyKnown.
std::string partial_date(const json::Value& value)
{
    const std::string day = optional_text(value, "yearMonthDay", 10);
    if (!day.empty()) {
        if (!base::parse_date(day))
            throw Nonsense{"yearMonthDay is no date"};
        return day;
    }
    const std::string month = optional_text(value, "yearMonth", 7);
    if (!month.empty()) {
        if (!base::parse_date(month + "-01"))
            throw Nonsense{"yearMonth is none"};
        return month;
    }
    const std::string year = text(value, "year", 4);
    if (!base::parse_date(year + "-01-01"))
        throw Nonsense{"year is none"};
    return year;
}

// 13 digits with prefix 756 and an EAN-13 check digit.
bool is_ahv_number(std::string_view digits)
{
    if (digits.size() != 13 || !digits.starts_with("756"))
        return false;
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        if (digits[index] < '0' || digits[index] > '9')
            return false;
        sum += (digits[index] - '0') * (index % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
}

void read_identity(const json::Value& identity, Person& person)
{
    person.ahv_number = optional_text(identity, "vn", 13);
    if (!person.ahv_number.empty() && !is_ahv_number(person.ahv_number))
        throw Nonsense{"vn is no AHV number"};
    person.local_id = text(object(identity, "localPersonId"), "personId", 36);
    person.official_name = text(identity, "officialName", 100);
    person.first_name = text(identity, "firstName", 100);
    person.sex = code(identity, "sex", "123");
    person.date_of_birth = partial_date(object(identity, "dateOfBirth"));
}

void read_residence(const json::Value& residence, Person& person)
{
    switch (code(residence, "typeOfResidence", "123")[0]) {
    case '1': person.residence = Residence::main; break;
    case '2': person.residence = Residence::secondary; break;
    default: person.residence = Residence::other;
    }
    const auto municipality = member(object(residence, "reportingMunicipality"), "municipalityId").integer();
    if (!municipality || *municipality < 1 || *municipality > 9999)
        throw Nonsense{"municipalityId is no BFS number"};
    person.municipality = static_cast<int>(*municipality);
    const auto arrival = optional_date(residence, "arrivalDate");
    if (!arrival)
        throw Nonsense{"arrivalDate is missing"};
    person.arrival = *arrival;
    person.departure = optional_date(residence, "departureDate");
    const json::Value& address = object(object(residence, "dwellingAddress"), "address");
    person.street = optional_text(address, "street", 60);
    person.house_number = optional_text(address, "houseNumber", 12);
    person.town = text(address, "town", 40);
    person.postal_code = optional_text(address, "swissZipCode", 4);
}

Person read_person(const json::Value& value)
{
    Person person;
    read_identity(object(value, "personIdentification"), person);
    const json::Value& names = member(value, "nameData");
    person.alliance_name = optional_text(names, "allianceName", 100);
    person.call_name = optional_text(names, "callName", 100);
    person.marital_status = optional_text(value, "maritalStatus", 1);
    read_residence(object(value, "residence"), person);
    constexpr std::array locks{DataLock::none, DataLock::address, DataLock::information};
    const std::string lock = code(object(value, "lockData"), "dataLock", "012");
    person.lock = locks[static_cast<std::size_t>(lock[0] - '0')];
    return person;
}

base::Error nonsense(std::string what)
{
    return base::fail(base::ErrorKind::unavailable, "connectors.unavailable", "nonsense: " + std::move(what));
}

json::Value birth_json(const std::string& date)
{
    const char* const name = date.size() == 10 ? "yearMonthDay" : date.size() == 7 ? "yearMonth" : "year";
    return json::Object{{name, date}};
}

}  // namespace

Result<std::vector<Person>> parse_persons(std::string_view answer)
{
    const auto document = json::parse(answer, {.bytes = 256U << 10U, .depth = 16});
    if (!document)
        return nonsense(document.error().detail);
    const json::Array* list = member(*document, "persons").if_array();
    if (list == nullptr || list->size() > most_persons)
        return nonsense("persons is no list of at most " + std::to_string(most_persons));
    try {
        std::vector<Person> persons;
        for (const json::Value& value : *list)
            persons.push_back(read_person(value));
        return persons;
    } catch (const Nonsense& fault) {
        return nonsense(fault.what);
    }
}

json::Value person_json(const Person& person)
{
    const json::Object identity{
        {"vn", person.ahv_number},
        {"localPersonId", json::Object{{"personId", person.local_id}}},
        {"officialName", person.official_name},
        {"firstName", person.first_name},
        {"sex", person.sex},
        {"dateOfBirth", birth_json(person.date_of_birth)},
    };
    const json::Object address{
        {"street", person.street},
        {"houseNumber", person.house_number},
        {"town", person.town},
        {"swissZipCode", person.postal_code},
    };
    const json::Object residence{
        {"typeOfResidence", std::to_string(static_cast<int>(person.residence) + 1)},
        {"reportingMunicipality", json::Object{{"municipalityId", person.municipality}}},
        {"arrivalDate", base::format_date(person.arrival)},
        {"departureDate",
         person.departure ? json::Value(base::format_date(*person.departure)) : json::Value()},
        {"dwellingAddress", json::Object{{"address", address}}},
    };
    return json::Object{
        {"personIdentification", identity},
        {"nameData", json::Object{{"allianceName", person.alliance_name}, {"callName", person.call_name}}},
        {"maritalStatus", person.marital_status},
        {"residence", residence},
        {"lockData", json::Object{{"dataLock", std::to_string(static_cast<int>(person.lock))}}},
    };
}

}  // namespace connectors
