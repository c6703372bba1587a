#include "kit/pdf/document.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

using pdf::Document;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

namespace {

const pdf::Description description{
    .title = "Bestätigung <1>",
    .author = "Gemeinde Muster",
    .language = "de-CH",
    .created_at = base::Instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 12h},
};

// A folder for one test, with the file in it, read back by programs that know nothing of ours.
class Reader {
public:
    explicit Reader(const std::string& bytes)
    {
        std::string pattern = std::filesystem::temp_directory_path() / "schalter-pdf-XXXXXX";
        if (!::mkdtemp(pattern.data()))
            throw std::runtime_error("no temporary folder");
        folder_ = pattern;
        std::ofstream(folder_ / "a.pdf", std::ios::binary) << bytes;
    }
    ~Reader() { std::filesystem::remove_all(folder_); }

    std::string run(const std::string& command) const
    {
        auto* pipe = ::popen(("cd " + folder_.string() + " && " + command + " 2>&1").c_str(), "r");
        if (!pipe)
            throw std::runtime_error(command);
        std::string output;
        char buffer[4096];
        while (const auto length = std::fread(buffer, 1, sizeof buffer, pipe))
            output.append(buffer, length);
        ::pclose(pipe);
        return output;
    }

private:
    std::filesystem::path folder_;
};

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

constexpr std::string_view long_text =
    "Hiermit wird bestätigt, dass Zoë Ćirić seit dem 1. Januar 2020 in Muster ihren Hauptwohnsitz hat und dort "
    "ordnungsgemäss angemeldet ist, was auf Verlangen auch Győző O'Neill «bezeugt».";

std::string sample()
{
    Document document(description);
    document.write(
        "Bestätigung",
        {.size = 18, .weight = pdf::Weight::bold, .meaning = pdf::Meaning::title},
        {20, 40},
        170
    );
    document.write(long_text, {}, {20, 60}, 100);
    document.area({0, 0}, 210, 5, {0.1, 0.3, 0.5});
    document.line({20, 55}, {190, 55}, 0.2);
    document.qr_code("https://portal.example/pruefen/7K3M9QXPAB2C", {150, 200}, 35, "Prüfcode");
    document.start_page();
    document.write("Zweite Seite", {}, {20, 40}, 100);
    return std::move(document).finish();
}

}  // namespace

TEST_CASE("the text of a document can be read back, with every accent, across wrapped lines and pages")
{
    const Reader reader(sample());

    CHECK(contains(reader.run("pdftotext -raw a.pdf - | tr '\\n' ' '"), long_text));
    CHECK(contains(reader.run("pdftotext -f 2 -l 2 a.pdf -"), "Zweite Seite"));
    CHECK(contains(reader.run("pdfinfo a.pdf"), "Pages:           2"));
    CHECK(contains(reader.run("pdfinfo a.pdf"), "A4"));
}

TEST_CASE("the QR code is read by a camera")
{
    const Reader reader(sample());

    const auto codes = reader.run("pdftoppm -r 150 -f 1 -l 1 -png a.pdf page && zbarimg -q --raw page*.png");

    CHECK(contains(codes, "https://portal.example/pruefen/7K3M9QXPAB2C\n"));
}

TEST_CASE("the file says its title, its language and its structure")
{
    const Reader reader(sample());

    const auto facts = reader.run("pdfinfo a.pdf");
    CHECK(contains(facts, "Title:           Bestätigung <1>"));
    CHECK(contains(facts, "Author:          Gemeinde Muster"));
    CHECK(contains(facts, "Tagged:          yes"));
    const auto structure = reader.run("pdfinfo -struct-text a.pdf");
    CHECK(contains(structure, "H1"));
    CHECK(contains(structure, "\"Bestätigung\""));
    CHECK(contains(structure, "P (block)\n    \"" + std::string(long_text)));
    const auto objects = reader.run("qpdf --qdf --object-streams=disable a.pdf -");
    CHECK(contains(objects, "/Lang (de-CH)"));
    CHECK(contains(objects, "/DisplayDocTitle true"));
    CHECK(contains(objects, "Bestätigung &lt;1&gt;"));
    CHECK(contains(
        objects,
        "/Alt (Pr\xFC"
        "fcode)"
    ));
}

TEST_CASE("fonts lie in the file, and they are ours")
{
    const Reader reader(sample());

    const auto fonts = reader.run("pdffonts a.pdf");

    CHECK(contains(fonts, "+LiberationSans "));
    CHECK(contains(fonts, "+LiberationSans-Bold "));
    CHECK_FALSE(contains(fonts, " no  "));
}

TEST_CASE("the file is sound, and the same again when drawn again")
{
    const auto bytes = sample();

    CHECK(contains(Reader(bytes).run("qpdf --check a.pdf"), "No syntax or stream encoding errors"));
    CHECK(sample() == bytes);
}

TEST_CASE("a text is as high as it was said to be")
{
    Document document(description);

    const auto one_line = document.height_of("Muster", {.size = 11}, 170);
    const auto wrapped = document.height_of(long_text, {.size = 11}, 60);

    CHECK(one_line > 4);
    CHECK(one_line < 7);
    CHECK(wrapped > 3.5 * one_line);
    CHECK(document.write(long_text, {.size = 11}, {20, 20}, 60) == doctest::Approx(wrapped));
}

TEST_CASE("a text that no QR code holds is refused")
{
    Document document(description);

    CHECK_THROWS_AS(document.qr_code(std::string(3000, 'x'), {0, 0}, 30, "x"), std::length_error);
    CHECK_THROWS_AS(document.qr_code("", {0, 0}, 30, "x"), std::length_error);
}
