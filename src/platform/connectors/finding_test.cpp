#include "platform/connectors/finding.hpp"

#include <doctest/doctest.h>

using namespace connectors;

namespace {

base::Date date(std::string_view text)
{
    return base::parse_date(text).value();
}

const base::Date today = date("2030-05-06");

Person anna()
{
    Person person;
    person.ahv_number = "7569217076985";
    person.local_id = "1";
    person.official_name = "Kovačević";
    person.first_name = "Anna Maria";
    person.sex = "2";
    person.date_of_birth = "1984-03-12";
    person.municipality = 4001;
    person.arrival = date("2015-04-01");
    person.town = "Aarau";
    return person;
}

Wanted asked()
{
    return {"Kovacevic", "anna", "1984-03-12", "", 4001};
}

}  // namespace

TEST_CASE("names are compared without case and diacritics, and one of several first names is enough")
{
    CHECK(is_person(asked(), anna()));
    CHECK(is_person({"KOVAČEVIĆ", "Maria", "1984-03-12", "7569217076985", 4001}, anna()));

    CHECK_FALSE(is_person({"Kovačević", "Ann", "1984-03-12", "", 4001}, anna()));
    CHECK_FALSE(is_person({"Kovačević", "", "1984-03-12", "", 4001}, anna()));
    CHECK_FALSE(is_person({"Keller", "Anna", "1984-03-12", "", 4001}, anna()));
    CHECK_FALSE(is_person({"Kovačević", "Anna", "1984-03-13", "", 4001}, anna()));
    CHECK_FALSE(is_person({"Kovačević", "Anna", "1984-03-12", "7561234567897", 4001}, anna()));
}

TEST_CASE("the alliance name counts as a last name")
{
    auto married = anna();
    married.alliance_name = "Kovačević-Huber";

    CHECK(is_person({"Kovacevic Huber", "Anna", "1984-03-12", "", 4001}, married));
}

TEST_CASE("one person who fits and lives here is found")
{
    const auto finding = assess(asked(), {anna()}, today);

    CHECK(finding.found);
    CHECK(finding.unique);
    CHECK(finding.matches);
    CHECK_FALSE(finding.has_data_lock);
    CHECK(finding.resident_since == date("2015-04-01"));
    CHECK(finding.reason.empty());
}

TEST_CASE("nobody is nobody, and several are not one")
{
    CHECK_FALSE(assess(asked(), {}, today).found);

    const auto twins = assess(asked(), {anna(), anna()}, today);
    CHECK(twins.found);
    CHECK_FALSE(twins.unique);
    CHECK_FALSE(twins.matches);
    CHECK_FALSE(twins.resident_since);
}

TEST_CASE("an AHV number tells twins apart")
{
    auto sister = anna();
    sister.ahv_number = "7561234567897";
    auto wanted = asked();
    wanted.ahv_number = "7561234567897";

    CHECK(assess(wanted, {anna(), sister}, today).matches);
}

TEST_CASE("another person than was asked for does not match")
{
    auto another = anna();
    another.first_name = "Ruth";

    const auto finding = assess(asked(), {another}, today);

    CHECK(finding.unique);
    CHECK_FALSE(finding.matches);
}

TEST_CASE("a lock of any kind is a lock, also of one among several")
{
    auto locked = anna();
    locked.lock = DataLock::address;

    CHECK(assess(asked(), {locked}, today).has_data_lock);
    CHECK(assess(asked(), {anna(), locked}, today).has_data_lock);
}

TEST_CASE("who has moved away, lives elsewhere or has a second home here is no resident")
{
    auto gone = anna();
    gone.departure = date("2030-05-06");
    CHECK(assess(asked(), {gone}, today).reason == "moved_away");
    CHECK_FALSE(assess(asked(), {gone}, today).resident_since);

    auto leaving = anna();
    leaving.departure = date("2030-05-07");
    CHECK(assess(asked(), {leaving}, today).resident_since);

    auto secondary = anna();
    secondary.residence = Residence::secondary;
    CHECK_FALSE(assess(asked(), {secondary}, today).resident_since);

    auto elsewhere = anna();
    elsewhere.municipality = 4021;
    CHECK_FALSE(assess(asked(), {elsewhere}, today).resident_since);

    auto future = anna();
    future.arrival = date("2030-06-01");
    CHECK_FALSE(assess(asked(), {future}, today).resident_since);
}
