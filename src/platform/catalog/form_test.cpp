#include "platform/catalog/form.hpp"
#include "platform/catalog/form_fixture.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace catalog;

namespace {

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
