#include "kit/html/pages.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace {

using html::Data;
using html::Language;
using html::List;
using html::Pages;

const html::Texts& texts()
{
    static const html::Texts all({
        {"desk", "de", R"({"title": "Eingang", "step": "Schritt {step} von {steps}", "both": "vom Pult"})"},
        {"html", "de", R"({"next": "Weiter & fertig", "both": "von allen"})"},
        {"html", "fr", R"({"next": "Continuer"})"},
    });
    return all;
}

std::string fill(std::string_view source, const Data& data, Language language = Language::de)
{
    const Pages pages(std::vector<html::Source>{{"desk/page", source}});
    return pages.fill("desk/page", data, {texts(), language, "desk"});
}

std::string refusal(const std::vector<html::Source>& sources)
{
    try {
        const Pages pages(sources);
        return "accepted";
    } catch (const std::logic_error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("What people type never becomes markup")
{
    const auto page = fill("<b title=\"{{name}}\">{{name}}</b>", Data().set("name", "<i>&\"'</i>"));

    CHECK(page == "<b title=\"&lt;i&gt;&amp;&quot;&#39;&lt;/i&gt;\">&lt;i&gt;&amp;&quot;&#39;&lt;/i&gt;</b>");
}

TEST_CASE("A section is written for each item, with the outer data in reach")
{
    Data data;
    data.set("town", "Aarau");
    data.set("items", List{Data().set("name", "Anna"), Data().set("name", "Beat").set("town", "Brugg")});

    CHECK(fill("{{#items}}{{name}} ({{town}}) {{/items}}", data) == "Anna (Aarau) Beat (Brugg) ");
}

TEST_CASE("A section is left out for no, nothing, an empty text and an empty list")
{
    Data data;
    data.set("no", false).set("empty", "").set("none", List{}).set("yes", true).set("text", "x");

    CHECK(fill("{{#no}}1{{/no}}{{#empty}}2{{/empty}}{{#none}}3{{/none}}{{#absent}}4{{/absent}}", data).empty()
    );
    CHECK(
        fill("{{^no}}1{{/no}}{{^empty}}2{{/empty}}{{^none}}3{{/none}}{{^absent}}4{{/absent}}", data) == "1234"
    );
    CHECK(fill("{{#yes}}1{{/yes}}{{#text}}2{{text}}{{/text}}{{^yes}}3{{/yes}}", data) == "12x");
}

TEST_CASE("The dot is the item itself, and dots lead into members")
{
    Data data;
    data.set("lines", List{"a", "b"}).set("office", Data().set("phone", "062 111"));

    CHECK(fill("{{#lines}}<{{.}}>{{/lines}} {{office.phone}}{{office.fax}}", data) == "<a><b> 062 111");
}

TEST_CASE("Tags alone on a line leave no empty line behind")
{
    const auto page = fill(
        "<ul>\n  {{! why }}\n  {{#a}}\n  <li>{{b}}</li>\n  {{/a}}\n</ul>\n",
        Data().set("a", true).set("b", "x")
    );

    CHECK(page == "<ul>\n  <li>x</li>\n</ul>\n");
}

TEST_CASE("Partials are found by their full name and see the data around them")
{
    const Pages pages({{"desk/page", "[{{#list}}{{> html/item}}{{/list}}]"}, {"html/item", "{{.}};"}});

    const auto page =
        pages.fill("desk/page", Data().set("list", List{"a", "b"}), {texts(), Language::de, "desk"});

    CHECK(page == "[a;b;]");
}

TEST_CASE("Texts come from the room, then from those all rooms share, and are escaped")
{
    CHECK(
        fill("{{t.title}}, {{t.both}}, {{t.next}}, {{t.unknown}}", {}) ==
        "Eingang, vom Pult, Weiter &amp; fertig, unknown"
    );
    CHECK(fill("{{t.title}}, {{t.next}}", {}, Language::fr) == "Eingang, Continuer");
}

TEST_CASE("A partial speaks with the texts of its own room")
{
    const Pages pages({{"desk/page", "{{> html/part}}"}, {"html/part", "{{t.both}} {{t.title}}"}});

    CHECK(pages.fill("desk/page", {}, {texts(), Language::de, "desk"}) == "von allen Eingang");
}

TEST_CASE("Words in braces of a text are taken from the data")
{
    CHECK(
        fill("{{#a}}{{t.step}}{{/a}}", Data().set("a", Data().set("step", "2")).set("steps", "<5>")) ==
        "Schritt 2 von &lt;5&gt;"
    );
}

TEST_CASE("A template with a mistake is refused at start, with its name and line")
{
    CHECK(refusal({{"desk/a", "x\n{{#b}}\n"}}) == "desk/a:3: section 'b' is never closed");
    CHECK(refusal({{"desk/a", "x\n{{#b}}{{/c}}"}}) == "desk/a:2: 'c' is closed, but 'b' is open");
    CHECK(refusal({{"desk/a", "{{/c}}"}}) == "desk/a:1: 'c' is closed, but '' is open");
    CHECK(refusal({{"desk/a", "\n{{b"}}) == "desk/a:2: a tag is never closed");
    CHECK(refusal({{"desk/a", "{{ b c }}"}}) == "desk/a:1: 'b c' is not a name");
    CHECK(refusal({{"desk/a", "{{}}"}}) == "desk/a:1: '' is not a name");
    CHECK(refusal({{"desk/a", "{{&b}}"}}) == "desk/a:1: '&' and '=' tags are not allowed");
    CHECK(refusal({{"desk/a", "{{#t.b}}{{/t.b}}"}}) == "desk/a:1: 't.b' is a text: it can only be written");
    CHECK(refusal({{"desk/a", "\n{{> desk/b}}"}}) == "desk/a:2: there is no template 'desk/b'");
    CHECK(refusal({{"desk/a", "a"}, {"desk/a", "b"}}) == "desk/a:1: there are two templates of this name");
    CHECK(refusal({{"desk/a", "{{> desk/a}}"}}) == "desk/a:1: template 'desk/a' contains itself");
}

TEST_CASE("Only a layout may write what is already markup")
{
    const Pages pages(std::vector<html::Source>{{"html/layout", "<main>{{{content}}}</main>"}});

    CHECK(refusal({{"desk/a", "{{{b}}}"}}) == "desk/a:1: {{{ }}} is for layouts only");
    CHECK(
        pages.fill("html/layout", Data().set("content", "<b>"), {texts(), Language::de, "html"}) ==
        "<main><b></main>"
    );
}

TEST_CASE("Asking for a page that does not exist is a mistake of ours")
{
    const Pages pages(std::vector<html::Source>{{"desk/a", "a"}});

    CHECK_THROWS_AS(pages.fill("desk/b", {}, {texts(), Language::de, "desk"}), std::logic_error);
}

TEST_CASE("Setting a member twice keeps the last value")
{
    CHECK(fill("{{a}}", Data().set("a", "1").set("a", "2")) == "2");
}
