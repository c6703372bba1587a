#include "kit/html/pages.hpp"

#include <doctest/doctest.h>

using namespace html;
using namespace std::chrono_literals;

namespace {

const Texts texts({
    {"room",
     "de",
     R"({"title": "Grüezi", "hello": "Guten Tag {name}", "count": "{count, plural, one {1 Vorgang} other {# Vorgänge}}"})"},
    {"room", "fr", R"({"title": "Bonjour"})"},
    {"html", "de", R"({"back": "Zurück"})"},
});

std::string fill(std::string_view page, const Data& data, Language language = Language::de)
{
    return Pages({{"room/page", page}, {"room/part", "<i>{{name}}</i>"}}
    ).fill("room/page", data, {texts, language, "room"});
}

}  // namespace

TEST_CASE("what a person wrote is escaped, wherever it stands")
{
    Data data;
    data.set("name", "<Ada & \"Bob's\">");

    CHECK(fill("<p title=\"{{name}}\">", data) == "<p title=\"&lt;Ada &amp; &quot;Bob&#39;s&quot;&gt;\">");
}

TEST_CASE("sections repeat, show and hide; names are looked for from inside out")
{
    Data ada;
    ada.set("name", "Ada");
    Data data;
    data.set("people", List{ada, Data().set("name", "Bob")}).set("greeting", "Hoi").set("nobody", List{});

    CHECK(fill("{{#people}}{{greeting}} {{name}}, {{/people}}", data) == "Hoi Ada, Hoi Bob, ");
    CHECK(fill("{{^nobody}}leer{{/nobody}}{{#nobody}}x{{/nobody}}{{missing}}", data) == "leer");
    CHECK(fill("{{#people}}{{> room/part}}{{/people}}", data) == "<i>Ada</i><i>Bob</i>");
    CHECK(fill("{{! a comment }}\n<p>", data) == "<p>");
}

TEST_CASE("texts come in the page's language, then in German, first from the room, then from all pages")
{
    CHECK(fill("{{t.title}} {{t.back}}", {}, Language::fr) == "Bonjour Zurück");
    CHECK(texts.text(Language::it, "room.hello", {{"name", "Ada"}}) == "Guten Tag Ada");
    CHECK(texts.text(Language::de, "room.count", {{"count", "1"}}) == "1 Vorgang");
    CHECK(texts.text(Language::de, "room.count", {{"count", "2000"}}) == "2’000 Vorgänge");
    CHECK(texts.text(Language::de, "room.hello", {{"name", "2026"}}) == "Guten Tag 2026");
    CHECK(texts.text(Language::de, "room.unknown") == "room.unknown");
    CHECK(texts.missing().size() == 3 * 3 - 1 + 3);
}

TEST_CASE("a page with a mistake stops the start and names its line")
{
    CHECK_THROWS_WITH(fill("a\nb\n{{#open}}", {}), "page room/page, line 3: 'open' is not closed");
    CHECK_THROWS(fill("{{/never}}", {}));
    CHECK_THROWS(fill("{{{raw}}}", {}));
    CHECK_THROWS(fill("{{> room/nowhere}}", {}));
    CHECK_THROWS(fill("{{name", {}));
}

TEST_CASE("a partial that contains itself ends in an error, not in a crash")
{
    const Pages pages(std::vector<Source>{{"a", "{{> a}}"}});

    CHECK_THROWS(pages.fill("a", {}, {texts, Language::de, "room"}));
}

TEST_CASE("money, dates and times are written as in Switzerland")
{
    const base::Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 31} + 12h + 5min;

    CHECK(show_money(Language::de, {2500}) == "CHF\u00A025.00");
    CHECK(show_money(Language::fr, {123456705}) == "CHF\u00A01’234’567.05");
    CHECK(show_date(Language::de, std::chrono::year{2026} / 3 / 31) == "31. März 2026");
    CHECK(show_date(Language::it, std::chrono::year{2026} / 3 / 31) == "31 marzo 2026");
    CHECK(show_instant(Language::de, noon) == "31. März 2026, 14:05");  // summer time
    CHECK(show_instant(Language::fr, noon) == "31 mars 2026, 14:05");
}
