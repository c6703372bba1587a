#include "kit/html/components.hpp"
#include "kit/html/frame.hpp"
#include "kit/html/problem.hpp"
#include "kit/html/resources.hpp"

#include <doctest/doctest.h>

namespace {

using namespace html;

const Pages& pages()
{
    static const Pages all({resources::pages().begin(), resources::pages().end()});
    return all;
}

const Texts& texts()
{
    static const Texts all({resources::locale().begin(), resources::locale().end()});
    return all;
}

Frame question_page()
{
    Frame frame;
    frame.title = "Wann sind Sie geboren?";
    frame.service = "Hauptwohnsitzbescheinigung";
    frame.url = "/bestellung/4/person?zurueck=1&lang=fr";
    frame.municipality = FrameMunicipality{"Aarau", "/aarau", "", "/t/4001/theme.css"};
    frame.stylesheet_url = "/static/portal-1.css";
    frame.script_urls = {"/static/portal-1.js"};
    frame.content = "<h1>Wann sind Sie geboren?</h1>";
    return frame;
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("The title says question, service and municipality")
{
    const auto page = in_frame(pages(), texts(), question_page());

    CHECK(contains(
        page, "<title>Wann sind Sie geboren? – Hauptwohnsitzbescheinigung – Aarau – Schalter Aargau</title>"
    ));
    CHECK(page.starts_with("<!doctype html>\n<html lang=\"de-CH\""));
    CHECK(contains(page, "<h1>Wann sind Sie geboren?</h1>"));
}

TEST_CASE("The title of a page with errors begins with the word for it")
{
    auto frame = question_page();
    frame.has_errors = true;
    frame.language = Language::fr;

    CHECK(contains(in_frame(pages(), texts(), frame), "<title>Erreur : Wann sind"));
}

TEST_CASE("Every language is one click away and keeps the page")
{
    const auto page = in_frame(pages(), texts(), question_page());

    CHECK(contains(page, "href=\"/bestellung/4/person?zurueck=1&amp;lang=it\" lang=\"it\" hreflang=\"it\""));
    CHECK(contains(page, "<abbr title=\"Français\">fr</abbr>"));
    CHECK(url_in_language("/", Language::en) == "/?lang=en");
    CHECK(url_in_language("/a?lang=de&b=c&lang=fr", Language::en) == "/a?b=c&lang=en");
}

TEST_CASE("Personal pages are not for search engines, public ones are")
{
    auto frame = question_page();
    CHECK_FALSE(contains(in_frame(pages(), texts(), frame), "noindex"));

    frame.is_personal = true;

    CHECK(contains(in_frame(pages(), texts(), frame), "noindex"));
}

TEST_CASE("Who is logged in can log out with a form of their own session")
{
    auto frame = question_page();
    frame.account = FrameAccount{"Anna <Muster>", "/konto", "/konto/abmelden", "token"};

    const auto page = in_frame(pages(), texts(), frame);

    CHECK(contains(page, "Anna &lt;Muster&gt;"));
    CHECK(contains(page, "action=\"/konto/abmelden\""));
    CHECK(contains(page, "name=\"csrf\" value=\"token\""));
}

TEST_CASE("No page carries inline scripts or styles")
{
    const auto page = in_frame(pages(), texts(), question_page());

    CHECK_FALSE(contains(page, "style="));
    CHECK_FALSE(contains(page, "<style"));
    CHECK_FALSE(contains(page, "<script>"));
    CHECK_FALSE(contains(
        page,
        " on"
        "click"
    ));
}

TEST_CASE("A problem is explained, with its number when the fault is ours")
{
    const auto broken = problem_page(texts(), Language::en, ProblemKind::broken, "K7-4");
    const auto gone = problem_page(texts(), Language::de, ProblemKind::gone);

    CHECK(broken.status == 500);
    CHECK(contains(
        pages().fill("html/problem", broken.data, {texts(), Language::en, "html"}), "mention the number K7-4."
    ));
    CHECK(gone.status == 410);
    CHECK_FALSE(contains(pages().fill("html/problem", gone.data, {texts(), Language::de, "html"}), "Nummer"));
}

TEST_CASE("The shared texts are complete in all languages")
{
    CHECK(texts().missing() == std::vector<std::string>{});
}

TEST_CASE("A field does not take over what the page says elsewhere")
{
    Data page;
    page.set("error", "Fehler der Seite")
        .set("value", "fremd")
        .set("field", text_field({.name = "ort", .label = "Ort"}));
    const Pages both(
        {{"html/page", "{{#field}}{{> html/field}}{{/field}}"},
         {"html/field", "{{#is_text_field}}[{{error}}{{value}}{{label}}]{{/is_text_field}}"}}
    );

    CHECK(both.fill("html/page", page, {texts(), Language::de, "html"}) == "[Ort]");
}
