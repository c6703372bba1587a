#include "platform/documents/certificate.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

namespace {

documents::Certificate certificate()
{
    return {
        .letterhead =
            {"Musterwil",
             {"Einwohnerdienste", "Dorfplatz 1", "5000 Musterwil", "+41 62 555 00 00"},
             "#1d5f8a"},
        .content =
            {.title = "Hauptwohnsitzbescheinigung",
             .blocks =
                 {{.paragraph =
                       "Hiermit wird bescheinigt, dass die folgende Person in Musterwil gemeldet ist und hier ihren "
                       "Hauptwohnsitz hat:",
                   .rows = {}},
                  {.paragraph = {},
                   .rows =
                       {{"Name", "Ćirić-O'Neill"},
                        {"Vornamen", "Zoë Anna"},
                        {"Geburtsdatum", "3. Februar 1984"},
                        {"Adresse", "Obere Bahnhofstrasse 12, 5000 Musterwil"},
                        {"In der Gemeinde seit", "1. Januar 2020"}}}},
             .signatory = "Einwohnerdienste Musterwil",
             .initials = "Z. Ć."},
        .words =
            {.language = "de-CH",
             .place_and_date = "Musterwil, 3. März 2026",
             .reference = "Vorgang AG-4001-7K3M-9QXP",
             .verification = "Echtheit prüfen",
             .explanation =
                 "Dieses Dokument ist ohne Unterschrift gültig. Scannen Sie den QR-Code, oder geben Sie den "
                 "Prüfcode auf der Seite ein.",
             .code = "Prüfcode 7K3M-9QXP-AB2C"},
        .verification_url = "https://schalter.example/pruefen/7K3M-9QXP-AB2C",
        .issued_at = base::Instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + 10h},
    };
}

// What other programs read in a file.
std::string read_back(const std::string& bytes, const std::string& command)
{
    std::string pattern = std::filesystem::temp_directory_path() / "schalter-certificate-XXXXXX";
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("no temporary folder");
    std::ofstream(std::filesystem::path(pattern) / "a.pdf", std::ios::binary) << bytes;
    auto* pipe = ::popen(("cd " + pattern + " && " + command + " 2>/dev/null").c_str(), "r");
    if (!pipe)
        throw std::runtime_error(command);
    std::string output;
    char buffer[4096];
    while (const auto length = std::fread(buffer, 1, sizeof buffer, pipe))
        output.append(buffer, length);
    ::pclose(pipe);
    std::filesystem::remove_all(pattern);
    return output;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a certificate shows who issues it, what it certifies and how to verify it")
{
    const auto text = read_back(documents::draw(certificate()), "pdftotext -layout a.pdf -");

    for (const auto* part :
         {"Musterwil",
          "Dorfplatz 1",
          "+41 62 555 00 00",
          "Hauptwohnsitzbescheinigung",
          "Ćirić-O'Neill",
          "3. Februar 1984",
          "Musterwil, 3. März 2026",
          "Einwohnerdienste Musterwil",
          "Vorgang AG-4001-7K3M-9QXP",
          "Prüfcode 7K3M-9QXP-AB2C",
          "https://schalter.example/pruefen/7K3M-9QXP-AB2C"})
        CHECK_MESSAGE(contains(text, part), part, " is missing in ", text);
}

TEST_CASE("the QR code of a certificate leads to its verification")
{
    const auto code = read_back(
        documents::draw(certificate()), "pdftoppm -r 150 -png a.pdf page && zbarimg -q --raw page*.png"
    );

    CHECK(code == "https://schalter.example/pruefen/7K3M-9QXP-AB2C\n");
}

TEST_CASE("a short certificate has one page, a long one goes on without losing a line")
{
    auto longer = certificate();
    for (int row = 0; row < 60; ++row)
        longer.content.blocks[1].rows.push_back({"Zeile", "Nummer " + std::to_string(row)});

    CHECK(contains(read_back(documents::draw(certificate()), "pdfinfo a.pdf"), "Pages:           1\n"));
    const auto bytes = documents::draw(longer);
    CHECK(contains(read_back(bytes, "pdfinfo a.pdf"), "Pages:           3\n"));
    const auto text = read_back(bytes, "pdftotext -layout a.pdf -");
    for (int row = 0; row < 60; ++row)
        CHECK(contains(text, "Nummer " + std::to_string(row) + "\n"));
    CHECK(contains(text, "Vorgang AG-4001-7K3M-9QXP · 3"));
}

TEST_CASE("the same certificate is the same file")
{
    CHECK(documents::draw(certificate()) == documents::draw(certificate()));
}

TEST_CASE("a colour that is none is drawn black")
{
    for (const auto* colour : {"", "blue", "#12345", "#12345g"}) {
        auto plain = certificate();
        plain.letterhead.colour = colour;
        CHECK(contains(read_back(documents::draw(plain), "pdftotext a.pdf -"), "Musterwil"));
    }
}
