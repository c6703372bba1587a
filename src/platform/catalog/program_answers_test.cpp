#include "platform/catalog/lowest_fee.hpp"
#include "platform/catalog/program_answers.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

using namespace catalog;

namespace {

using std::chrono_literals::operator""y;
constexpr base::Date today = 2026y / 11 / 25;

// What a program answers for somebody who wants the certificate of residence.
struct Program {
    std::vector<std::string> faults()
    {
        checked = check_answers(package().form, answers, today);
        std::vector<std::string> found;
        for (const auto& fault : checked.faults)
            found.push_back(fault.key + " " + fault.rule);
        return found;
    }

    const Package& package() const { return *services.find("hauptwohnsitzbescheinigung"); }

    Catalog services = Catalog::load(testing::source_path("services")).value();
    CheckedAnswers checked;
    json::Object answers{
        {"person.first_name", " Anna  Maria "},
        {"person.last_name", "Keller"},
        {"person.date_of_birth", "1984-03-12"},
        {"address.street", "Bahnhofstrasse"},
        {"address.house_number", "1"},
        {"address.postal_code", "5000"},
        {"address.town", "Aarau"},
        {"certificate.language", "de"},
        {"delivery.way", "post"},
        {"delivery.copies", 2},
        {"contact.email", "anna@example.org"},
    };
};

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Program, "a program's answers are kept as if a person had typed them")
{
    CHECK(faults() == Faults{});

    CHECK(checked.answers.find("person.first_name")->string_or() == "Anna Maria");
    CHECK(checked.answers.find("person.date_of_birth")->string_or() == "1984-03-12");
    CHECK(checked.answers.find("delivery.copies")->integer() == 2);
    CHECK(package().form.first_open_page(checked.answers) == nullptr);
}

TEST_CASE_FIXTURE(Program, "every wrong answer is named with its rule, over all pages of the form")
{
    answers["person.last_name"] = "";
    answers["person.date_of_birth"] = "2026-02-30";
    answers["address.postal_code"] = "500";
    answers["delivery.copies"] = 1000;
    answers["contact.email"] = "anna";
    answers["shoe_size"] = 38;

    CHECK(
        faults() ==
        Faults{
            "shoe_size unknown",
            "person.last_name required",
            "person.date_of_birth format",
            "address.postal_code postal_code_format",
            "delivery.copies maximum",
            "contact.email format"}
    );
    CHECK(checked.faults[1].text.in(html::Language::de) == "Geben Sie Ihren Nachnamen ein.");
}

TEST_CASE_FIXTURE(Program, "an answer of the wrong kind is one fault, not two")
{
    answers["person.first_name"] = 5;
    answers["delivery.copies"] = "2";

    CHECK(faults() == Faults{"person.first_name wrong_kind", "delivery.copies wrong_kind"});
}

TEST_CASE_FIXTURE(Program, "what is not asked is refused and not dropped")
{
    answers["delivery.way"] = "online";

    CHECK(faults() == Faults{"delivery.copies not_asked"});
}

TEST_CASE_FIXTURE(Program, "faults are said at their place in the body, in the caller's language")
{
    const html::Texts texts(
        {{"catalog", "fr", R"({"answer_unknown": "Cette prestation ne le demande pas."})"}}
    );

    const auto findings = findings_of({{"a/b", "unknown"}}, "/answers", texts, html::Language::fr);

    REQUIRE(findings.size() == 1);
    CHECK(findings[0].pointer == "/answers/a~1b");
    CHECK(findings[0].code == "unknown");
    CHECK(findings[0].detail == "Cette prestation ne le demande pas.");
}

TEST_CASE_FIXTURE(
    Program, "the lowest price is that of the cheapest choice, by the very table that decides the fee"
)
{
    CHECK(lowest_fee(services, package(), 4001) == base::Money{2500});
    CHECK(lowest_fee(services, package(), 4095) == base::Money{1500});
}
