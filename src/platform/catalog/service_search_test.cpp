#include "base/search.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/package_reader.hpp"
#include "platform/catalog/service_search.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>

using namespace catalog;

namespace {

ServiceTexts texts_of(std::string_view language)
{
    const auto path = "services/hauptwohnsitzbescheinigung/texts/" + std::string(language) + ".json";
    const auto document = json::parse(testing::read_source(path));
    REQUIRE(document);
    auto texts = parse_service_texts(*document);
    REQUIRE(texts);
    return *texts;
}

int score(const SearchEntry& entry, std::string_view typed)
{
    return entry.score(base::search_words(typed));
}

}  // namespace

TEST_CASE("the certificate of residence is found by part of its name, by other words for it and mistyped")
{
    const SearchEntry entry(texts_of("de"));

    for (const auto* typed :
         {"wohnsitz",
          "Wohnsitzbestätigung",
          "wohnsitzbescheinigng",
          "wohnsitz bestätigen",
          "Meldebestaetigung",
          "Hauptwohnsitz",
          "bescheinigungen",
          "einwohnerkontrole"})
        CHECK_MESSAGE(score(entry, typed) > 0, typed);
}

TEST_CASE("what has nothing to do with it does not find it")
{
    const SearchEntry entry(texts_of("de"));

    for (const auto* typed : {"hund", "baugesuch", "wohnsitz hund", "xyzxyzxyz"})
        CHECK_MESSAGE(score(entry, typed) == 0, typed);
}

TEST_CASE("its name finds it better than a word that only describes it")
{
    const SearchEntry entry(texts_of("de"));

    CHECK(score(entry, "Hauptwohnsitzbescheinigung") > score(entry, "gemeldet"));
}

TEST_CASE("people find it in their own language")
{
    CHECK(score(SearchEntry(texts_of("fr")), "attestation domicile") > 0);
    CHECK(score(SearchEntry(texts_of("it")), "certificato di domicilio") > 0);
    CHECK(score(SearchEntry(texts_of("en")), "proof of address") > 0);
}
