#include "kit/html/texts.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using html::Language;
using html::Texts;

namespace {

Texts with_pattern(std::string_view language, const std::string& pattern)
{
    static std::string document;
    document = R"({"key": ")" + pattern + R"("})";
    return Texts({{"room", language, document}});
}

}  // namespace

TEST_CASE("A text counts as its language does")
{
    const Texts texts({
        {"desk",
         "de",
         R"({"cases": "{count, plural, =0 {Keine Vorgänge} one {1 Vorgang} other {# Vorgänge}}"})"},
        {"desk",
         "fr",
         R"({"cases": "{count, plural, one {# dossier} many {# de dossiers} other {# dossiers}}"})"},
    });

    CHECK(texts.text(Language::de, "desk.cases", {{"count", "0"}}) == "Keine Vorgänge");
    CHECK(texts.text(Language::de, "desk.cases", {{"count", "1"}}) == "1 Vorgang");
    CHECK(texts.text(Language::de, "desk.cases", {{"count", "1200"}}) == "1’200 Vorgänge");
    CHECK(texts.text(Language::fr, "desk.cases", {{"count", "0"}}) == "0 dossier");
    CHECK(texts.text(Language::fr, "desk.cases", {{"count", "1000000"}}) == "1’000’000 de dossiers");
}

TEST_CASE("A text chooses by a word and nests")
{
    const auto texts = with_pattern(
        "en", "{who, select, clerk {You} other {{name}, {n, selectordinal, one {#st} two {#nd} other {#th}}}}"
    );

    CHECK(texts.text(Language::en, "room.key", {{"who", "clerk"}}) == "You");
    CHECK(texts.text(Language::en, "room.key", {{"who", "x"}, {"name", "Ann"}, {"n", "22"}}) == "Ann, 22nd");
}

TEST_CASE("Arguments stay as they are: years and postal codes are not grouped")
{
    const auto texts = with_pattern("de", "{town} {code}, {sum, number}");

    CHECK(
        texts.text(Language::de, "room.key", {{"town", "Aarau {x}"}, {"code", "5000"}, {"sum", "-5000"}}) ==
        "Aarau {x} 5000, -5’000"
    );
}

TEST_CASE("Apostrophes in French and Italian are apostrophes")
{
    CHECK(with_pattern("fr", "l'adresse").text(Language::fr, "room.key") == "l'adresse");
    CHECK_THROWS_WITH_AS(with_pattern("fr", "d'{name}"), doctest::Contains("apostrophe"), std::logic_error);
    CHECK(
        with_pattern("fr", "l’adresse d’{name}").text(Language::fr, "room.key", {{"name", "Anna"}}) ==
        "l’adresse d’Anna"
    );
}

TEST_CASE("A text that is missing in a language is shown in German, and found by the check")
{
    const Texts texts({
        {"room", "de", R"({"a": "Ja {n}", "b": "B"})"},
        {"room", "fr", R"({"a": "Oui", "b": "B"})"},
        {"room", "it", R"({"a": "Sì {n}", "b": "B"})"},
        {"room", "en", R"({"a": "Yes {n}"})"},
    });

    CHECK(texts.text(Language::en, "room.b") == "B");
    CHECK(texts.text(Language::en, "room.c") == "room.c");
    CHECK(texts.find(Language::en, "room.c") == nullptr);
    CHECK(*texts.find(Language::it, "room.a") == "Sì {n}");
    CHECK(texts.missing() == std::vector<std::string>{"fr room.a (other arguments)", "en room.b"});
}

TEST_CASE("A locale file with a mistake is refused at start")
{
    CHECK_THROWS_WITH_AS(
        with_pattern("de", "{a"),
        doctest::Contains("room/locale/de.json: 'key': not a message pattern"),
        std::logic_error
    );
    CHECK_THROWS_WITH_AS(
        with_pattern("de", "{a, date}"), doctest::Contains("only 'number'"), std::logic_error
    );
    CHECK_THROWS_AS(with_pattern("rm", "a"), std::logic_error);
    CHECK_THROWS_AS(Texts({{"room", "de", R"({"a": 1})"}}), std::logic_error);
    CHECK_THROWS_AS(Texts({{"room", "de", R"([])"}}), std::logic_error);
    CHECK_THROWS_AS(Texts({{"room", "de", "{"}}), std::logic_error);
}

TEST_CASE("Money is written as in Switzerland")
{
    CHECK(html::show_money(Language::de, {2500, "CHF"}) == "CHF\u00a025.00");
    CHECK(html::show_money(Language::de, {5, "CHF"}) == "CHF\u00a00.05");
    CHECK(html::show_money(Language::en, {123456789, "CHF"}) == "CHF\u00a01’234’567.89");
    CHECK(html::show_money(Language::fr, {-123450, "EUR"}) == "EUR\u00a0\u22121’234.50");
}

TEST_CASE("Dates are written out, moments in the time of Zürich")
{
    using namespace std::chrono;
    const base::Date date = 2026y / March / 31;
    const base::Instant summer = sys_days(2026y / March / 31) + 12h + 5min;
    const base::Instant new_year = sys_days(2026y / December / 31) + 23h + 30min;

    CHECK(html::show_date(Language::de, date) == "31. März 2026");
    CHECK(html::show_date(Language::fr, date) == "31 mars 2026");
    CHECK(html::show_date(Language::it, date) == "31 marzo 2026");
    CHECK(html::show_date(Language::en, date) == "31 March 2026");
    CHECK(html::show_date(Language::de, 1875y / January / 2) == "2. Januar 1875");
    CHECK(html::show_instant(Language::de, summer) == "31. März 2026, 14:05");
    CHECK(html::show_instant(Language::de, new_year) == "1. Januar 2027, 00:30");
}
