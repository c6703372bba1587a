#include "sandbox/residents.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace sandbox {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr std::array<std::string_view, 24> last_names{
    "Müller",  "Meier",    "Schmid",     "Huber",    "Frei",     "Suter",    "Wehrli", "Hunziker",
    "Lüscher", "Bachmann", "Basler",     "Kohler",   "Gloor",    "Roth",     "Vögeli", "Zimmerli",
    "Haller",  "Rey",      "Bernasconi", "Da Silva", "Krasniqi", "Petrović", "Yılmaz", "Nguyen"};
constexpr std::array<std::string_view, 20> women{
    "Anna", "Maria", "Ursula", "Sandra", "Monika", "Nicole", "Laura", "Lea",    "Mia",    "Nora",
    "Lara", "Sofia", "Elif",   "Chiara", "Zoé",    "Regula", "Ruth",  "Verena", "Jasmin", "Thi"};
constexpr std::array<std::string_view, 20> men{
    "Peter", "Daniel", "Thomas", "Hans",  "Markus", "Beat", "Urs",  "Luca",  "Noah",  "Leon",
    "David", "Marco",  "Emre",   "Arben", "Nikola", "René", "Jürg", "Simon", "Jonas", "Quang"};
constexpr std::array<std::string_view, 10> streets{
    "Bahnhofstrasse",
    "Hauptstrasse",
    "Dorfstrasse",
    "Schulstrasse",
    "Kirchweg",
    "Mühlegasse",
    "Rebhaldenweg",
    "Aarestrasse",
    "Feldstrasse",
    "Birkenweg"};
constexpr int ordinary_residents = 30;

// The same sequence for a municipality in every run: a linear congruential generator is chance enough here.
class Dice {
public:
    explicit Dice(int seed) : state_(static_cast<std::uint64_t>(seed) * 2'654'435'761U + 12345U) {}

    int roll(int sides)
    {
        state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(sides));
    }

private:
    std::uint64_t state_;
};

template <std::size_t size>
std::string pick(Dice& dice, const std::array<std::string_view, size>& names)
{
    return std::string(names[static_cast<std::size_t>(dice.roll(static_cast<int>(size)))]);
}

base::Date date(int years, unsigned months, unsigned days)
{
    return year(years) / month(months) / day(days);
}

Resident ordinary(Dice& dice, int bfs_number, int number)
{
    Resident made;
    made.local_id = std::to_string(bfs_number) + "-" + std::to_string(1000 + number);
    made.ahv_number = make_ahv_number(bfs_number, number);
    made.last_name = pick(dice, last_names);
    const bool is_woman = dice.roll(2) == 0;
    made.first_name = is_woman ? pick(dice, women) : pick(dice, men);
    made.sex = is_woman ? "2" : "1";
    made.date_of_birth = date(
        1935 + dice.roll(72),
        1U + static_cast<unsigned>(dice.roll(12)),
        1U + static_cast<unsigned>(dice.roll(28))
    );
    made.arrival = date(
        2008 + dice.roll(17),
        1U + static_cast<unsigned>(dice.roll(12)),
        1U + static_cast<unsigned>(dice.roll(28))
    );
    if (made.arrival < made.date_of_birth)
        made.arrival = made.date_of_birth;
    made.street = pick(dice, streets);
    made.house_number = std::to_string(1 + dice.roll(80));
    return made;
}

Resident named(
    std::string last_name, std::string first_name, std::string sex, const base::Date& born, std::string note
)
{
    Resident made;
    made.last_name = std::move(last_name);
    made.first_name = std::move(first_name);
    made.sex = std::move(sex);
    made.date_of_birth = born;
    made.arrival = date(2015, 4, 1);
    made.street = "Musterweg";
    made.note = std::move(note);
    return made;
}

// Those whom every municipality has.
std::vector<Resident> demo_residents(const base::Date& today)
{
    const base::Date last_week = std::chrono::sys_days(today) - std::chrono::days(7);
    const base::Date last_month = std::chrono::sys_days(today) - std::chrono::days(30);
    std::vector<Resident> demo{
        named("Keller", "Anna Maria", "2", date(1984, 3, 12), "ganz gewöhnlich"),
        named(
            "Bürgi",
            "Luca",
            "1",
            date(2001, 7, 19),
            "Zwilling im Register: gleicher Name, gleiches Geburtsdatum"
        ),
        named(
            "Bürgi",
            "Luca",
            "1",
            date(2001, 7, 19),
            "Zwilling im Register: gleicher Name, gleiches Geburtsdatum"
        ),
        named("Brunner", "Sandra", "2", date(1979, 11, 2), "Datensperre"),
        named("Bianchi", "Marco", "1", date(1990, 5, 30), "vor einem Monat weggezogen"),
        named("Rochat", "Élodie", "2", date(1995, 1, 23), "seit letzter Woche hier"),
        named("Kovačević", "Ivana", "2", date(1988, 9, 8), "Name mit č und ć"),
        named("Szőke", "Gábor", "1", date(1972, 12, 24), "Name mit ő"),
        named("O'Brien", "Sean", "1", date(1966, 6, 6), "Name mit Apostroph"),
        named("Meier", "Ruth", "2", date(1958, 2, 14), "Allianzname Meier-Huber"),
    };
    demo[3].data_lock = 2;
    demo[4].departure = last_month;
    demo[5].arrival = last_week;
    demo[9].alliance_name = "Meier-Huber";
    return demo;
}

}  // namespace

std::vector<Resident> residents_of(int bfs_number, const base::Date& today)
{
    std::vector<Resident> all = demo_residents(today);
    for (std::size_t index = 0; index < all.size(); ++index) {
        const int number = static_cast<int>(index) + 1;
        all[index].local_id = std::to_string(bfs_number) + "-" + std::to_string(number);
        all[index].ahv_number = make_ahv_number(bfs_number, number);
        all[index].house_number = std::to_string(number);
    }
    Dice dice(bfs_number);
    for (int number = 1; number <= ordinary_residents; ++number)
        all.push_back(ordinary(dice, bfs_number, 100 + number));
    return all;
}

json::Value resident_json(const Resident& resident, int bfs_number)
{
    const json::Object identity{
        {"vn", resident.ahv_number},
        {"localPersonId",
         json::Object{
             {"personIdCategory", "LOC." + std::to_string(bfs_number)}, {"personId", resident.local_id}}},
        {"officialName", resident.last_name},
        {"firstName", resident.first_name},
        {"sex", resident.sex},
        {"dateOfBirth", json::Object{{"yearMonthDay", base::format_date(resident.date_of_birth)}}},
    };
    const json::Object address{
        {"street", resident.street},
        {"houseNumber", resident.house_number},
        {"town", "Gemeinde " + std::to_string(bfs_number)},
        {"swissZipCode", "5000"},
        {"country", json::Object{{"countryIdISO2", "CH"}, {"countryNameShort", "Schweiz"}}},
    };
    json::Object residence{
        {"typeOfResidence", "1"},
        {"reportingMunicipality", json::Object{{"municipalityId", bfs_number}, {"cantonAbbreviation", "AG"}}},
        {"arrivalDate", base::format_date(resident.arrival)},
        {"dwellingAddress", json::Object{{"address", address}, {"typeOfHousehold", "1"}}},
    };
    if (resident.departure)
        residence.append("departureDate", base::format_date(*resident.departure));
    json::Object person{
        {"personIdentification", identity},
        {"maritalStatus", "1"},
        {"residence", residence},
        {"lockData", json::Object{{"dataLock", std::to_string(resident.data_lock)}, {"paperLock", "0"}}},
    };
    if (!resident.alliance_name.empty())
        person.append("nameData", json::Object{{"allianceName", resident.alliance_name}});
    return person;
}

std::string make_ahv_number(int bfs_number, int number)
{
    std::string digits = std::to_string(number);
    digits = "756" + std::to_string(bfs_number) + std::string(5 - digits.size(), '0') + digits;
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index)
        sum += (digits[index] - '0') * (index % 2 == 0 ? 1 : 3);
    return digits + std::to_string((10 - sum % 10) % 10);
}

}  // namespace sandbox
