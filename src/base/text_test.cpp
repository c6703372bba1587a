#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace base;

TEST_CASE("a name with any Latin accent folds to plain letters")
{
    CHECK(fold_for_search("Zürich") == "zurich");
    CHECK(fold_for_search("Ćirić Győző Straße Œuvre") == "ciric gyozo strasse oeuvre");
}

TEST_CASE("white space of every kind is trimmed, inner white space stays")
{
    CHECK(trim(" \t\u00A0 a b\u3000\n") == "a b");
    CHECK(trim(" \u2009 ").empty());
}

TEST_CASE("broken UTF-8 is noticed")
{
    CHECK(is_valid_utf8("Ćő'"));
    CHECK_FALSE(is_valid_utf8("\xC0\xAF"));
    CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));
    CHECK_FALSE(is_valid_utf8("a\xF0\x9F\x98"));
}

TEST_CASE("control characters are noticed, line feeds are not")
{
    CHECK(has_control_characters(std::string_view("a\0b", 3)));
    CHECK(has_control_characters("a\u0085"));
    CHECK_FALSE(has_control_characters("a\nb\tć"));
}

TEST_CASE("what is put in for a text is not looked at again")
{
    CHECK(replace_all("{a} and {a}", "{a}", "b") == "b and b");
    CHECK(replace_all("{a}", "{a}", "<{a}>") == "<{a}>");
    CHECK(replace_all("aaa", "aa", "b") == "ba");
    CHECK(replace_all("nothing", "x", "y") == "nothing");
    CHECK(replace_all("", "x", "y").empty());
}

TEST_CASE("capitals are made of ASCII letters only")
{
    CHECK(ascii_upper("ch93 zürich") == "CH93 ZüRICH");
}
