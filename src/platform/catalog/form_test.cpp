#include "platform/catalog/form.hpp"
#include "platform/catalog/library.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace catalog;

namespace {

using std::chrono_literals::operator""y;
constexpr base::Date today = 2026y / 11 / 25;

const Library& library()
{
    static const Library read = read_library(testing::source_path("services")).value();
    return read;
}

json::Value form_document()
{
    auto document = json::parse(testing::read_source("services/hauptwohnsitzbescheinigung/form.json"));
    REQUIRE(document);
    return *document;
}

// The form of the certificate of residence, filled in page by page.
struct Fixture {
    Fixture()
    {
        auto parsed = Form::parse(form_document(), library());
        REQUIRE_MESSAGE(parsed, parsed.error().detail);
        form = *std::move(parsed);
    }

    Checked submit(std::string_view page, const http::Fields& fields)
    {
        const auto checked = form.check(*form.find_page(page), fields, answers, today);
        answers = checked.answers;
        return checked;
    }
    std::vector<std::string> rules(const Checked& checked) const
    {
        std::vector<std::string> broken;
        for (const auto& error : checked.errors)
            broken.push_back(error.field + ": " + error.rule);
        return broken;
    }
    std::vector<std::string> pages() const
    {
        std::vector<std::string> ids;
        for (const auto* page : form.pages_for(answers))
            ids.push_back(page->id);
        return ids;
    }

    Form form;
    json::Object answers;
    http::Fields person{
        {"person.first_name", " Ivana "},
        {"person.last_name", "Kovačević"},
        {"person.date_of_birth-day", "8"},
        {"person.date_of_birth-month", "9"},
        {"person.date_of_birth-year", "1988"},
        {"person.ahv_number", "756.9217.0769.85"},
    };
};

void set(http::Fields& fields, std::string_view name, std::string value)
{
    std::ranges::find(fields, name, &std::pair<std::string, std::string>::first)->second = std::move(value);
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a page filled in well is kept in normal form")
{
    const auto checked = submit("person", person);

    CHECK(rules(checked).empty());
    CHECK(answers.find("person.first_name")->string_or() == "Ivana");
    CHECK(answers.find("person.date_of_birth")->string_or() == "1988-09-08");
    CHECK(answers.find("person.ahv_number")->string_or() == "7569217076985");
}

TEST_CASE_FIXTURE(
    Fixture, "an empty page names every required question, each in its own words and in every language"
)
{
    const auto checked = submit("person", {});

    CHECK(
        rules(checked) ==
        std::vector<std::string>{
            "person.first_name: required", "person.last_name: required", "person.date_of_birth-day: required"}
    );
    CHECK(checked.errors.front().text.in(html::Language::de) == "Geben Sie Ihren Vornamen ein.");
    CHECK(checked.errors.front().text.in(html::Language::fr) == "Indiquez votre prénom.");
    CHECK(answers.empty());
}

TEST_CASE_FIXTURE(Fixture, "what is wrong is told apart, and what was typed is shown again")
{
    set(person, "person.date_of_birth-day", "31");
    set(person, "person.date_of_birth-month", "2");
    set(person, "person.ahv_number", "756.9217.0769.86");

    const auto checked = submit("person", person);

    CHECK(
        rules(checked) ==
        std::vector<std::string>{"person.date_of_birth-day: no_such_day", "person.ahv_number: check_digit"}
    );
    CHECK(http::find_field(checked.typed, "person.date_of_birth-day") == "31");
    CHECK(http::find_field(checked.typed, "person.first_name") == " Ivana ");
    CHECK(answers.empty());
}

TEST_CASE_FIXTURE(Fixture, "nobody is born tomorrow, or 131 years ago")
{
    set(person, "person.date_of_birth-year", "2027");
    CHECK(rules(submit("person", person)) == std::vector<std::string>{"person.date_of_birth-year: not_past"});

    set(person, "person.date_of_birth-year", "1895");
    CHECK(
        rules(submit("person", person)) == std::vector<std::string>{"person.date_of_birth-year: too_long_ago"}
    );
}

TEST_CASE_FIXTURE(Fixture, "a date without its month points to the month")
{
    set(person, "person.date_of_birth-month", "");

    CHECK(
        rules(submit("person", person)) == std::vector<std::string>{"person.date_of_birth-month: incomplete"}
    );
}

TEST_CASE_FIXTURE(Fixture, "an optional question left empty is no answer, and takes an earlier one away")
{
    submit("person", person);
    set(person, "person.ahv_number", "");

    const auto checked = submit("person", person);

    CHECK(checked.errors.empty());
    CHECK(answers.find("person.ahv_number") == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "fields that the page does not ask for are never read")
{
    person.emplace_back("delivery.copies", "9");
    person.emplace_back("fee", "1");
    person.emplace_back("state", "completed");

    submit("person", person);

    CHECK(answers.find("delivery.copies") == nullptr);
    CHECK(answers.find("fee") == nullptr);
    CHECK(answers.find("state") == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "copies are asked for only by those who want paper")
{
    CHECK(pages() == std::vector<std::string>{"person", "address", "certificate", "delivery", "contact"});

    submit("delivery", {{"delivery.way", "post"}});

    CHECK(
        pages() ==
        std::vector<std::string>{"person", "address", "certificate", "delivery", "copies", "contact"}
    );
}

TEST_CASE_FIXTURE(Fixture, "an answer that is not asked for any more is forgotten")
{
    submit("delivery", {{"delivery.way", "post"}});
    submit("copies", {{"delivery.copies", "3"}});
    CHECK(form.order_of(answers).find("copies")->integer() == 3);

    submit("delivery", {{"delivery.way", "online"}});

    CHECK(answers.find("delivery.copies") == nullptr);
    CHECK(form.order_of(answers).find("copies") == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "an option that nobody offered is refused")
{
    CHECK(
        rules(submit("delivery", {{"delivery.way", "free"}})) ==
        std::vector<std::string>{"delivery.way: no_such_option"}
    );
}

TEST_CASE_FIXTURE(Fixture, "the number of copies has its limits")
{
    submit("delivery", {{"delivery.way", "post"}});

    for (const auto& [typed, rule] :
         {std::pair{"0", "minimum"},
          {"11", "maximum"},
          {"-1", "minimum"},
          {"two", "format"},
          {"1.5", "format"},
          {"99999999999999999999", "format"},
          {"", "required"}}) {
        const auto checked = submit("copies", {{"delivery.copies", typed}});
        CHECK(rules(checked) == std::vector<std::string>{std::string("delivery.copies: ") + rule});
    }
}

TEST_CASE_FIXTURE(Fixture, "the form knows which page is still open, and when it is done")
{
    CHECK(form.first_open_page(answers)->id == "person");

    submit("person", person);
    submit(
        "address",
        {{"address.street", "Hauptstrasse"},
         {"address.house_number", "7a"},
         {"address.postal_code", "5200"},
         {"address.town", "Brugg"}}
    );
    submit("certificate", {{"certificate.language", "de"}, {"certificate.purpose", ""}});
    submit("delivery", {{"delivery.way", "online"}});
    CHECK(form.first_open_page(answers)->id == "contact");

    submit("contact", {{"contact.email", "ivana@example.ch"}, {"contact.phone", ""}});
    CHECK(form.first_open_page(answers) == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "each part of an address has its own error")
{
    const auto checked = submit(
        "address",
        {{"address.street", ""},
         {"address.house_number", "a house number"},
         {"address.postal_code", "52"},
         {"address.town", ""}}
    );

    CHECK(
        rules(checked) ==
        std::vector<std::string>{
            "address.street: street_required",
            "address.house_number: house_number_too_long",
            "address.postal_code: postal_code_format",
            "address.town: town_required"}
    );
}

TEST_CASE("a form with a mistake is refused by the place of the mistake")
{
    auto document = form_document();
    auto& page = *(*document.if_object()->find("pages")->if_array())[2].if_object();
    auto& question = *(*page.find("questions")->if_array())[1].if_object();
    const auto refusal = [&](const Library& with) { return Form::parse(document, with).error().detail; };

    SUBCASE("a text is missing in one language")
    {
        question.find("label")->if_object()->erase("it");
        CHECK(refusal(library()) == "pages[2].questions[1].label.it: expected a text");
    }
    SUBCASE("a rule has no text, neither here nor among the shared ones")
    {
        question.erase("errors");
        auto silent = library();
        silent.wording.clear();
        silent.blocks.clear();
        page.find("questions")->if_array()->erase(page.find("questions")->if_array()->begin());
        auto& pages = *document.if_object()->find("pages")->if_array();
        pages.erase(pages.begin(), pages.begin() + 2);
        CHECK(refusal(silent).starts_with("pages[0].questions[0].errors.no_such_option: "));
    }
    SUBCASE("a member is misspelt")
    {
        question["requird"] = true;
        CHECK(refusal(library()).starts_with("pages[2].questions[1].requird: "));
    }
    SUBCASE("a condition is not FEEL")
    {
        page["show_if"] = "answers.x = = 1";
        CHECK(refusal(library()).starts_with("pages[2].show_if: expected FEEL"));
    }
    SUBCASE("the second factor is no question")
    {
        (*document.if_object())["second_factor"] = "person.birthday";
        CHECK(refusal(library()).starts_with("second_factor: "));
    }
    SUBCASE("a block is not there")
    {
        page = json::Object{{"block", "persn"}};
        CHECK(refusal(library()) == "pages[2].block: expected the name of a file in blocks/");
    }
    SUBCASE("the mistake is in a block")
    {
        auto broken = library();
        broken.blocks["person"] = *json::parse(R"({"format": "block/1", "pages": [{"id": "x"}]})");
        CHECK(refusal(broken).starts_with("blocks/person.pages[0].title: "));
    }
}

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
