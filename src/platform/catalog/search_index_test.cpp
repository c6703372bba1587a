#include "kit/json/json.hpp"
#include "platform/catalog/package_reader.hpp"
#include "platform/catalog/search_index.hpp"
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

SearchIndex index_of(
    const std::vector<ServiceTexts>& all,
    html::Language language = html::Language::de,
    const Synonyms& synonyms = {}
)
{
    std::vector<const ServiceTexts*> services;
    for (const auto& texts : all)
        services.push_back(&texts);
    return {language, synonyms, services};
}

// A service of which nothing but the title is known.
ServiceTexts titled(std::string title)
{
    ServiceTexts texts;
    texts.title = std::move(title);
    return texts;
}

std::vector<std::size_t> found(const SearchIndex& index, std::string_view typed)
{
    std::vector<std::size_t> services;
    for (const auto& hit : index.find(typed))
        services.push_back(hit.service);
    return services;
}

using Found = std::vector<std::size_t>;

}  // namespace

TEST_CASE("the certificate of residence is found by part of its name, by other words for it and mistyped")
{
    const auto index = index_of({texts_of("de")});

    for (const auto* typed :
         {"wohnsitz",
          "Wohnsitzbestätigung",
          "wohnsitzbescheinigng",
          "wohnsitz bestätigen",
          "Meldebestaetigung",
          "Hauptwohnsitz",
          "bescheinigungen",
          "einwohnerkontrole"})
        CHECK_MESSAGE(found(index, typed) == Found{0}, typed);
}

TEST_CASE("what has nothing to do with it does not find it")
{
    const auto index = index_of({texts_of("de")});

    for (const auto* typed : {"hund", "baugesuch", "wohnsitz hund", "xyzxyzxyz"})
        CHECK_MESSAGE(found(index, typed).empty(), typed);
}

TEST_CASE("its name finds it better than a word that only describes it")
{
    auto described = titled("Umzug");
    described.summary = "Sie melden uns Ihren Hund und Ihre neue Adresse.";
    const auto index = index_of({described, titled("Hund anmelden")});

    CHECK(found(index, "Hund") == Found{1, 0});
}

TEST_CASE("people find it in their own language")
{
    CHECK(found(index_of({texts_of("fr")}, html::Language::fr), "attestation domicile") == Found{0});
    CHECK(found(index_of({texts_of("it")}, html::Language::it), "certificato di domicilio") == Found{0});
    CHECK(found(index_of({texts_of("en")}, html::Language::en), "proof of address") == Found{0});
}

TEST_CASE("another form of a word finds it in each language")
{
    CHECK(found(index_of({titled("Hunde anmelden")}), "Hund anmeldung") == Found{0});
    const auto french = index_of({titled("Poursuites et faillites")}, html::Language::fr);
    CHECK(found(french, "poursuite") == Found{0});
    const auto italian = index_of({titled("Certificati di domicilio")}, html::Language::it);
    CHECK(found(italian, "certificato") == Found{0});
    const auto english = index_of({titled("Waste stickers")}, html::Language::en);
    CHECK(found(english, "sticker") == Found{0});
}

TEST_CASE("a word that means the same finds it, after the word itself")
{
    const Synonyms synonyms{{"Abfall", "Kehricht", "Güsel"}};
    const auto index = index_of(
        {titled("Abfall und Recycling"), titled("Kehricht"), titled("Hund")}, html::Language::de, synonyms
    );

    CHECK(found(index, "Kehricht") == Found{1, 0});
    CHECK(found(index, "guesel") == Found{0, 1});
}

TEST_CASE("what is only nearly meant is found where nothing else is")
{
    const auto index = index_of({titled("Hundetaxe"), titled("Wundertaxe")});

    CHECK(found(index, "hundetaxe") == Found{0});
    CHECK(found(index, "hundeatxe") == Found{0});
    CHECK(found(index, "").empty());
    CHECK(found(index, "?!").empty());
}

TEST_CASE("synonyms that are not written as groups of words are refused")
{
    const auto read = [](std::string_view text) { return parse_synonyms(json::parse(text).value()); };
    CHECK(read(R"({"de": [["a", "b"]]})"));
    for (const auto* broken :
         {"[]",
          R"({"xx": []})",
          R"({"de": {}})",
          R"({"de": [["a"]]})",
          R"({"de": [["a", ""]]})",
          R"({"de": ["a"]})"})
        CHECK_FALSE_MESSAGE(read(broken), broken);
}

TEST_CASE("the canton's own list of synonyms can be read")
{
    CHECK(parse_synonyms(json::parse(testing::read_source("services/synonyms.json")).value()));
}
