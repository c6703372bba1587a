#include "platform/connectors/register_view.hpp"

#include "base/date.hpp"

#include <array>
#include <initializer_list>

namespace connectors {

namespace {

// The text at the end of a path of members; empty when there is none.
std::string at(const json::Value& record, std::initializer_list<std::string_view> path)
{
    const json::Value* found = &record;
    for (const auto name : path)
        if ((found = found->find(name)) == nullptr)
            return {};
    return std::string(found->string_or());
}

std::string address_of(const json::Value& record)
{
    const auto part = [&](std::string_view name) {
        return at(record, {"residence", "dwellingAddress", "address", name});
    };
    const std::string street = part("street") + " " + part("houseNumber");
    const std::string place = part("swissZipCode") + " " + part("town");
    return street == " " ? std::string() : street + ", " + place;
}

std::string date_of_birth(const json::Value& record, html::Language language)
{
    const auto* birth = record.find("personIdentification");
    const auto* written = birth == nullptr ? nullptr : birth->find("dateOfBirth");
    const auto day = written == nullptr ? std::string_view() : written->text_of("yearMonthDay");
    const auto date = base::parse_date(day);
    return date ? html::show_date(language, *date) : std::string(day);
}

}  // namespace

std::string register_text(const json::Value& record, std::string_view question_key, html::Language language)
{
    if (question_key == "person.last_name")
        return at(record, {"personIdentification", "officialName"});
    if (question_key == "person.first_name")
        return at(record, {"personIdentification", "firstName"});
    if (question_key == "person.ahv_number")
        return at(record, {"personIdentification", "vn"});
    if (question_key == "person.date_of_birth")
        return date_of_birth(record, language);
    if (question_key == "person.address" || question_key == "address")
        return address_of(record);
    return {};
}

}  // namespace connectors
