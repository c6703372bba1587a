#include "platform/catalog/normal_form.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace catalog;

TEST_CASE("an AHV number may be typed with dots, spaces or hyphens")
{
    for (const auto* typed :
         {"756.1234.5678.97",
          "756 1234 5678 97",
          "7561234567897",
          " 756-1234-5678-97 ",
          "756\xC2\xA0"
          "1234\xC2\xA0"
          "5678\xC2\xA0"
          "97"}) {
        const auto normal = normal_ahv(typed);

        CHECK(normal.broken_rule == "");
        CHECK(normal.value == "7561234567897");
    }
}

TEST_CASE("an AHV number with a wrong digit, another beginning or too few digits is told apart")
{
    CHECK(normal_ahv("756.1234.5678.98").broken_rule == "check_digit");
    CHECK(normal_ahv("756.1243.5678.97").broken_rule == "check_digit");
    CHECK(normal_ahv("757.1234.5678.97").broken_rule == "prefix");
    CHECK(normal_ahv("756.1234.5678").broken_rule == "format");
    CHECK(normal_ahv("756.1234.5678.9x").broken_rule == "format");
    CHECK(normal_ahv("756.9217.0769.85").broken_rule == "");
}

TEST_CASE("names keep the letters of all languages and apostrophes")
{
    for (const auto* name : {"Petrović", "Erdős", "D'Angelo", "O’Neill", "Müller-Łukasz", "Nguyễn"}) {
        const auto normal = normal_line(name, 100);

        CHECK(normal.broken_rule == "");
        CHECK(normal.value == name);
    }
}

TEST_CASE("white space around and inside a name is put in order")
{
    CHECK(normal_line("  Anna \t Maria\r\n", 100).value == "Anna Maria");
}

TEST_CASE("a name of 100 letters is taken, one of 101 is not, however many bytes they need")
{
    std::string name;
    for (int letter = 0; letter < 100; ++letter)
        name += "ő";

    CHECK(normal_line(name, 100).broken_rule == "");
    CHECK(normal_line(name + "ő", 100).broken_rule == "too_long");
}

TEST_CASE("control characters, turned writing and broken bytes are refused")
{
    CHECK(normal_line(std::string("An\0na", 5), 100).broken_rule == "characters");
    CHECK(normal_line("An\x07na", 100).broken_rule == "characters");
    CHECK(normal_line("Anna\xE2\x80\xAE", 100).broken_rule == "characters");
    CHECK(normal_line("Anna\xFF", 100).broken_rule == "characters");
}

TEST_CASE("31 February is no day, 29 February only in a leap year")
{
    CHECK(normal_date("31", "2", "1984").broken_rule == "no_such_day");
    CHECK(normal_date("29", "2", "1985").broken_rule == "no_such_day");
    CHECK(normal_date("29", "02", "1984").value == "1984-02-29");
    CHECK(normal_date("1", "13", "1984").broken_rule == "no_such_day");
}

TEST_CASE("a date lacks a part, or is not written in numbers")
{
    CHECK(normal_date("", " ", "").broken_rule == "required");
    CHECK(normal_date("27", "", "1984").broken_rule == "incomplete");
    CHECK(normal_date("27", "März", "1984").broken_rule == "format");
    CHECK(normal_date("27", "3", "84").broken_rule == "format");
    CHECK(normal_date("-1", "3", "1984").broken_rule == "format");
}

TEST_CASE("phone numbers are kept with the country's code")
{
    CHECK(normal_phone("056 123 45 67").value == "+41561234567");
    CHECK(normal_phone("+41 (0)56 123 45 67").value == "+41561234567");
    CHECK(normal_phone("0041 56/123.45.67").value == "+41561234567");
    CHECK(normal_phone("+49 30 901820").value == "+4930901820");
    CHECK(normal_phone("056 123").broken_rule == "format");
    CHECK(normal_phone("call me").broken_rule == "format");
}

TEST_CASE("postal codes are Swiss ones")
{
    CHECK(normal_postal_code(" 5200 ").value == "5200");
    CHECK(normal_postal_code("CH-5200").value == "5200");
    CHECK(normal_postal_code("0520").broken_rule == "format");
    CHECK(normal_postal_code("52000").broken_rule == "format");
}

TEST_CASE("an e-mail address needs a name, one at sign and a domain, and cannot smuggle headers")
{
    CHECK(normal_email(" anna.keller@example.ch ", 100).value == "anna.keller@example.ch");
    CHECK(normal_email("anna@zürich.ch", 100).broken_rule == "");
    for (const auto* typed :
         {"anna",
          "@example.ch",
          "anna@example",
          "anna@@example.ch",
          "anna keller@example.ch",
          "anna@example..ch",
          "anna@-example.ch",
          "a@b.ch,c@d.ch",
          "anna@example.ch\nBcc: x@y.ch"})
        CHECK(normal_email(typed, 100).broken_rule == "format");
}

TEST_CASE("an IBAN may be typed in groups and in small letters")
{
    CHECK(normal_iban("CH93 0076 2011 6238 5295 7").value == "CH9300762011623852957");
    CHECK(normal_iban("ch9300762011623852957").broken_rule == "");
    CHECK(normal_iban("DE89 3704 0044 0532 0130 00").broken_rule == "");
}

TEST_CASE("an IBAN with a digit too few is told apart from one with a wrong digit")
{
    CHECK(normal_iban("CH93 0076 2011 6238 5295").broken_rule == "format");
    CHECK(normal_iban("CH93 0076 2011 6238 5295 8").broken_rule == "check_digit");
    CHECK(normal_iban("").broken_rule == "format");
    CHECK(normal_iban("CH").broken_rule == "format");
}

TEST_CASE("a UID may be typed as it stands on letters, with the ending of the VAT register")
{
    for (const auto* typed : {"CHE-109.186.555", "109186555", "che 109.186.555 MWST", "CHE-109.186.555 TVA"})
        CHECK(normal_uid(typed).value == "CHE109186555");
    CHECK(normal_uid("CHE-106.017.086").broken_rule == "");
    CHECK(normal_uid("CHE-109.186.556").broken_rule == "check_digit");
    CHECK(normal_uid("CHE-109.186").broken_rule == "format");
    CHECK(normal_uid("CHE-109.186.55x").broken_rule == "format");
}

TEST_CASE("a time may be typed in the ways that people write it")
{
    for (const auto* typed : {"8:30", "08:30", "8.30", "8h30", "8.30 Uhr"})
        CHECK(normal_time(typed).value == "08:30");
    CHECK(normal_time("14").value == "14:00");
    CHECK(normal_time("24:00").broken_rule == "format");
    CHECK(normal_time("8:3").broken_rule == "format");
    CHECK(normal_time("halb neun").broken_rule == "format");
}

TEST_CASE("an amount may be typed in the ways that people write it, and is kept in Rappen")
{
    for (const auto* typed : {"1250.50", "1'250.50", "CHF 1250.50", "1\u2019250.5", "Fr. 1250,50"})
        CHECK(normal_money(typed).value == "125050");
    for (const auto* typed : {"20", "20.-", "20.--", "20.\u2013", "CHF 20.00"})
        CHECK(normal_money(typed).value == "2000");
    CHECK(normal_money("0").value == "0");
    CHECK(normal_money("0.05").value == "5");
    for (const auto* typed : {"", "-5", "12.345", "zwanzig", "99999999999999"})
        CHECK(normal_money(typed).broken_rule == "format");
}
