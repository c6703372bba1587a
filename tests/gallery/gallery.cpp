// Writes a small site that shows every component and class of the portal once, so that the browser tests can
// look at all of them in light, dark and on narrow screens: gallery PAGES_DIRECTORY OUTPUT_DIRECTORY

#include "app/assets.hpp"
#include "kit/html/components.hpp"
#include "kit/html/frame.hpp"
#include "kit/html/problem.hpp"
#include "kit/html/resources.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using html::Data;
using html::List;

std::string read(const std::filesystem::path& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::filesystem::path& path, std::string_view content)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

List fields()
{
    const std::vector<html::Option> languages{
        {"de", "Deutsch", "", true}, {"fr", "Französisch"}, {"it", "Italienisch", "Ohne Zusatzkosten"}};
    return {
        html::text_field(
            {.name = "name", .label = "Name", .value = "Ðorđević <O'Neil>", .autocomplete = "family-name"}
        ),
        html::text_field(
            {.name = "ahv",
             .label = "AHV-Nummer (freiwillig)",
             .hint = "13 Ziffern, sie steht auf der Krankenkassenkarte",
             .error = "Geben Sie die AHV-Nummer im Format 756.1234.5678.97 ein",
             .value = "756.1",
             .input_mode = "numeric",
             .width = 20}
        ),
        html::text_field({.name = "amount", .label = "Betrag", .width = 5, .prefix = "CHF"}),
        html::date_field(
            {.name = "born",
             .legend = "Geburtsdatum",
             .hint = "Zum Beispiel 31 3 1980",
             .error = "Den 31. Februar gibt es nicht",
             .day = "31",
             .month = "2",
             .year = "1980",
             .is_birthday = true}
        ),
        html::radios({.name = "language", .legend = "Sprache des Dokuments", .options = languages}),
        html::radios(
            {.name = "again",
             .legend = "Noch eine Kopie?",
             .error = "Wählen Sie Ja oder Nein",
             .options = {{"yes", "Ja"}, {"no", "Nein"}},
             .is_inline = true}
        ),
        html::checkboxes(
            {.name = "consent", .legend = "Einverständnis", .options = {{"yes", "Meine Angaben stimmen"}}}
        ),
        html::select_field(
            {.name = "country", .label = "Land", .options = {{"CH", "Schweiz"}, {"DE", "Deutschland"}}}
        ),
        html::text_area(
            {.name = "purpose", .label = "Wozu brauchen Sie das Dokument?", .hint = "Ein Satz genügt"}
        ),
    };
}

Data components()
{
    List tags;
    for (const auto colour :
         {html::TagColour::grey,
          html::TagColour::blue,
          html::TagColour::green,
          html::TagColour::yellow,
          html::TagColour::orange,
          html::TagColour::red})
        tags.push_back(html::tag_class(colour));

    Data data;
    data.set("done", html::panel({"Bestellung eingegangen", "Ihre Nummer: AG-4001-7K3M-X2Q9"}));
    data.set("caption", html::step_caption(2, 5)).set("fields", fields()).set("tags", tags);
    data.set(
        "summary_of_errors",
        html::error_summary(
            {{"ahv", "Geben Sie die AHV-Nummer im Format 756.1234.5678.97 ein"},
             {html::first_input_id("born", true), "Den 31. Februar gibt es nicht"},
             {"again", "Wählen Sie Ja oder Nein"}}
        )
    );
    data.set(
        "notice",
        html::notification({.heading = "Sie haben schon einen Entwurf", .text = "Er ist vom 30. März 2026."})
    );
    data.set(
        "answers",
        html::summary_list(
            {{"Name", {"Anna Muster"}, "/"},
             {"Adresse", {"Bahnhofstrasse 1", "5000 Aarau"}, "/"},
             {"Gebühr", {"CHF 20.00"}}},
            "Ihre Angaben"
        )
    );
    data.set(
        "history",
        html::timeline(
            {{"31. März 2026, 14:05", "Bezahlt"},
             {"31. März 2026, 14:06", "In Prüfung", "Die Gemeinde prüft Ihre Angaben.", true}}
        )
    );
    data.set(
        "talk",
        html::messages(
            {{"31. März 2026, 14:10", "Beat Amsler", "Wie schreibt sich Ihr Nachname?"},
             {"31. März 2026, 14:12", "Sie", "Mit ć am Ende.", true}}
        )
    );
    data.set(
        "prices",
        html::table({"Gebühr", {"Was", "Betrag"}, {{"Bescheinigung", "CHF 20.00"}, {"Total", "CHF 20.00"}}})
    );
    data.set("paging", html::pagination({"/?seite=1", "/?seite=3"}));
    return data;
}

Data start()
{
    Data data;
    data.set(
        "cards",
        List{
            Data()
                .set("title", "Hauptwohnsitzbescheinigung")
                .set("text", "Bestätigt, dass Sie in der Gemeinde angemeldet sind."),
            Data()
                .set("title", "Umzug melden")
                .set("text", "Zuzug, Wegzug und Umzug innerhalb der Gemeinde."),
            Data()
                .set("title", "Heimatausweis")
                .set("text", "Für einen Aufenthalt in einer anderen Gemeinde.")}
    );
    data.set(
        "topics", List{"Umziehen", "Heiraten", "Ein Kind bekommen", "Bauen", "Arbeiten", "Ein Todesfall"}
    );
    return data;
}

struct Site {
    html::Pages pages;
    html::Texts texts;
};

void save(
    const Site& site,
    const std::filesystem::path& file,
    std::string_view page,
    std::string title,
    const Data& data
)
{
    html::Frame frame;
    frame.title = std::move(title);
    frame.url = "/";
    frame.municipality = html::FrameMunicipality{"Aarau", "/"};
    frame.breadcrumbs = {{"Startseite", "/"}};
    frame.stylesheet_url = app::asset_url("portal.css");
    frame.script_urls = {std::string(app::asset_url("portal.js"))};
    frame.content = site.pages.fill(page, data, {site.texts, html::Language::de, "gallery"});
    write(file, html::in_frame(site.pages, site.texts, frame));
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: gallery PAGES_DIRECTORY OUTPUT_DIRECTORY\n";
        return 2;
    }
    const std::filesystem::path from = argv[1], to = argv[2];
    const std::string gallery = read(from / "gallery.mustache");
    const std::string start_page = read(from / "start.mustache");
    const std::string service = read(from / "service.mustache");
    std::vector<html::Source> sources(html::resources::pages().begin(), html::resources::pages().end());
    sources.insert(
        sources.end(),
        {{"gallery/gallery", gallery}, {"gallery/start", start_page}, {"gallery/service", service}}
    );
    const auto locale = html::resources::locale();
    const Site site{html::Pages(sources), html::Texts({locale.begin(), locale.end()})};

    save(site, to / "components.html", "gallery/gallery", "Bausteine", components());
    save(site, to / "start.html", "gallery/start", "Startseite", start());
    save(site, to / "service.html", "gallery/service", "Hauptwohnsitzbescheinigung", {});
    const auto problem =
        html::problem_page(site.texts, html::Language::de, html::ProblemKind::broken, "K7-4");
    save(site, to / "problem.html", "html/problem", problem.title, problem.data);
    return 0;
}
