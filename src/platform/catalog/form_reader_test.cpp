// What forms share with others, and the kinds of questions that the certificate of residence does not ask.
#include "platform/catalog/form.hpp"
#include "platform/catalog/form_fixture.hpp"

#include <doctest/doctest.h>

using namespace catalog;

namespace {

// A form of one page with these questions after the person and the contact.
Form form_with(std::string_view questions, std::string_view members = "")
{
    std::string text = R"({"format": "form/1", )" + std::string(members) + R"("pages": [
        {"block": "person"}, {"block": "contact"},
        {"id": "more", "title": {"de": "T", "fr": "T", "it": "T", "en": "T"}, "questions": [)";
    text += questions;
    text += "]}]}";
    const auto document = json::parse(text);
    REQUIRE(document);
    auto form = Form::parse(*document, library());
    REQUIRE_MESSAGE(form, form.error().detail);
    return *std::move(form);
}

Checked submitted(const Form& form, std::string_view page, const http::Fields& fields)
{
    return form.check(*form.find_page(page), fields, {}, today);
}

constexpr auto label =
    R"("purpose": "test", "label": {"de": "Feld", "fr": "Champ", "it": "Campo", "en": "Field"})";

}  // namespace

TEST_CASE("words that a question lacks are the shared ones, with its name and its limits")
{
    std::string question = R"({"type": "money", "key": "amount", "minimum": 5000, )";
    question += label;
    const auto form = form_with(question + "}");

    const auto checked = submitted(form, "more", {{"amount", "49.95"}});

    REQUIRE(checked.errors.size() == 1);
    CHECK(checked.errors[0].text.in(html::Language::de) == "Geben Sie bei «Feld» mindestens CHF 50.00 ein.");
    CHECK(checked.errors[0].text.in(html::Language::en) == "Enter at least CHF 50.00 for “Field”.");
}

TEST_CASE("of several choices all are kept, and nothing else")
{
    std::string question = R"({"type": "checkboxes", "key": "days", "options": [
        {"value": "mo", "label": {"de": "Mo", "fr": "Lu", "it": "Lu", "en": "Mo"}},
        {"value": "tu", "label": {"de": "Di", "fr": "Ma", "it": "Ma", "en": "Tu"}}], )";
    question += label;
    const auto form = form_with(question + "}");

    CHECK(
        json::write(submitted(form, "more", {{"days", "tu"}, {"days", "mo"}}).answers) ==
        R"({"days":["mo","tu"]})"
    );
    CHECK(submitted(form, "more", {}).errors.at(0).rule == "required");
    CHECK(submitted(form, "more", {{"days", "mo"}, {"days", "we"}}).errors.at(0).rule == "no_such_option");
}

TEST_CASE("who is too young for a service is told so, on the birthday no more")
{
    const auto form = form_with(R"({"block": "remarks"})", R"("minimum_age": 18, )");
    http::Fields fields{
        {"person.first_name", "Ada"},
        {"person.last_name", "Keller"},
        {"person.date_of_birth-day", "26"},
        {"person.date_of_birth-month", "11"},
        {"person.date_of_birth-year", "2008"}};

    const auto day_before = submitted(form, "person", fields);
    fields[2].second = "25";
    const auto birthday = submitted(form, "person", fields);

    REQUIRE(day_before.errors.size() == 1);
    CHECK(day_before.errors[0].rule == "too_young");
    CHECK(
        day_before.errors[0].text.in(html::Language::de) ==
        "Diese Dienstleistung ist für Personen ab 18 Jahren."
    );
    CHECK(birthday.errors.empty());
}

TEST_CASE("a day that must lie ahead may be today")
{
    std::string question = R"({"type": "date", "key": "day", "future": true, )";
    question += label;
    const auto form = form_with(question + "}");
    const auto rule_of = [&](std::string_view day) {
        const auto checked = submitted(
            form, "more", {{"day-day", std::string(day)}, {"day-month", "11"}, {"day-year", "2026"}}
        );
        return checked.errors.empty() ? std::string("none") : checked.errors[0].rule;
    };

    CHECK(rule_of("24") == "not_future");
    CHECK(rule_of("25") == "none");
}

TEST_CASE("a page that is asked for each of several persons comes as often as there are persons")
{
    const auto document = json::parse(R"({"format": "form/1", "pages": [
        {"block": "person"}, {"block": "contact"},
        {"id": "household", "title": {"de": "T", "fr": "T", "it": "T", "en": "T"}, "questions": [
            {"type": "number", "key": "household.count", "minimum": 1, "maximum": 3, "purpose": "test",
             "label": {"de": "Anzahl", "fr": "Nombre", "it": "Numero", "en": "Number"}}]},
        {"id": "other", "title": {"de": "Person {number}", "fr": "Personne {number}", "it": "Persona {number}",
                                  "en": "Person {number}"},
         "repeat": {"key": "persons", "count": "household.count", "maximum": 3}, "questions": [
            {"type": "text", "key": "name", "purpose": "test",
             "label": {"de": "Name", "fr": "Nom", "it": "Cognome", "en": "Name"}}]}]})");
    const auto form = Form::parse(*document, library());
    REQUIRE_MESSAGE(form, form.error().detail);
    json::Object answers{
        {"person.first_name", "A"},
        {"person.last_name", "B"},
        {"person.date_of_birth", "1980-01-01"},
        {"contact.email", "a@example.org"},
        {"household.count", 2}};

    REQUIRE(form->first_open_page(answers) != nullptr);
    CHECK(form->first_open_page(answers)->id == "other1");
    CHECK(form->first_open_page(answers)->title.in(html::Language::de) == "Person 1");
    answers = form->check(*form->find_page("other1"), {{"persons.1.name", "Ada"}}, answers, today).answers;
    answers = form->check(*form->find_page("other2"), {{"persons.2.name", "Bea"}}, answers, today).answers;
    CHECK(form->first_open_page(answers) == nullptr);
    CHECK(json::write(*nested(answers).find("persons")) == R"([{"name":"Ada"},{"name":"Bea"}])");

    answers["household.count"] = 1;
    CHECK(form->asked_only(answers).find("persons.2.name") == nullptr);
}

TEST_CASE("a label that looks like a placeholder is shown as it is")
{
    const auto form = form_with(
        R"({"type": "text", "key": "field", "purpose": "test",
            "label": {"de": "{label}", "fr": "{label}", "it": "{label}", "en": "{label}"}})"
    );

    const auto checked = submitted(form, "more", {});

    REQUIRE(checked.errors.size() == 1);
    CHECK(checked.errors[0].text.in(html::Language::de) == "Füllen Sie das Feld «{label}» aus.");
}
