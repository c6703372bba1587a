#include "kit/xml/xml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using xml::parse;
using namespace std::string_literals;  // NOLINT(google-build-using-namespace)

namespace {

std::string refusal(std::string_view text, const xml::Limits& limits = {})
{
    const auto document = parse(text, limits);
    REQUIRE_FALSE_MESSAGE(document, text);
    CHECK(document.error().kind == base::ErrorKind::invalid);
    return document.error().detail;
}

xml::Document read(std::string_view text)
{
    auto document = parse(text);
    REQUIRE_MESSAGE(document.has_value(), text);
    return std::move(*document);
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string in_utf16(std::u16string_view text, bool big_endian)
{
    std::string bytes;
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8U);
        const char low = static_cast<char>(unit & 0xFFU);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    }
    return bytes;
}

std::filesystem::path shared_folder()
{
    const char* given = std::getenv("SCHALTER_SHARED");
    if (given)
        return given;
    const char* source = std::getenv("SCHALTER_SOURCE");
    return std::filesystem::path(source ? source : ".") / "../shared";
}

constexpr std::string_view document_with_everything = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- before -->
<?style sheet="a" ?>
<m:model xmlns:m="urn:model" xmlns="urn:other" z="1" m:a="&quot;&lt;&#9;&#10;" xml:lang="de">
  <!-- inside -->
  <task name="Zürich &amp; Köniz"/>text &lt; ]] &gt; &#13;<![CDATA[<raw & text>]]>
  <?go on?><empty/>  </m:model>
<!-- after -->
)";

}  // namespace

TEST_CASE("a document with everything is written back as it was")
{
    CHECK(xml::write(read(document_with_everything)) == document_with_everything);
}

TEST_CASE("names are resolved to namespaces")
{
    const auto document = read(
        R"(<a xmlns="urn:1" xmlns:p="urn:2" p:x="in 2" x="in none"><b/><p:c xmlns:p="urn:3"><p:d/></p:c><p:e xmlns=""><f/></p:e></a>)"
    );
    const auto& root = document.root;

    CHECK(root.is("urn:1", "a"));
    CHECK(root.find("urn:1", "b"));
    const auto* inner = root.find("urn:3", "c");
    REQUIRE(inner);
    CHECK(inner->find("urn:3", "d"));
    CHECK(root.find("urn:2", "e")->find("", "f"));
    CHECK(*root.find_attribute("x") == "in none");
    CHECK(*root.find_attribute("urn:2", "x") == "in 2");
    CHECK(root.find_attribute("y") == nullptr);
    CHECK(root.attribute_or("y", "none") == "none");
    CHECK(root.elements().size() == 3);
    CHECK(root.elements("urn:1", "b").size() == 1);
}

TEST_CASE("an element knows where it stands in the file")
{
    const auto document = read("<a>\r\n  <b/> é<c/>\r  <d\n/></a>");
    const auto elements = document.root.elements();

    CHECK(document.root.line == 1);
    CHECK(document.root.column == 1);
    CHECK(elements[0]->line == 2);
    CHECK(elements[0]->column == 3);
    CHECK(elements[1]->column == 9);
    CHECK(elements[2]->line == 3);
    CHECK(elements[2]->column == 3);
}

TEST_CASE("references, CDATA and line ends are read as XML says")
{
    const auto document = read("<a b='1\n2\t3&#10;\"'>&#x41;&#233;&apos;\r\n<![CDATA[&amp;]]>\rz</a>");

    CHECK(document.root.attribute_or("b") == "1 2 3\n\"");
    CHECK(document.root.text() == "Aé'\n&amp;\nz");
}

TEST_CASE("UTF-16 files of both byte orders are read, with and without mark")
{
    const std::u16string text = u"<?xml version='1.0' encoding='UTF-16'?><a>Zürich 😀</a>";
    for (const bool big_endian : {true, false}) {
        CHECK(read(in_utf16(u'\uFEFF' + text, big_endian)).root.text() == "Zürich 😀");
        CHECK(read(in_utf16(text, big_endian)).root.text() == "Zürich 😀");
    }
    CHECK(read("\xEF\xBB\xBF<a/>").root.name == "a");
    CHECK_FALSE(parse(in_utf16(u"\uFEFF<a>" + std::u16string(1, char16_t{0xD800}) + u"</a>", true)));
    CHECK_FALSE(parse(in_utf16(u"\uFEFF<a/>", true) + "x"));
    CHECK_FALSE(parse("<?xml version='1.0' encoding='UTF-16'?><a/>"));
    CHECK_FALSE(parse("<?xml version='1.0' encoding='Shift_JIS'?><a/>"));
}

TEST_CASE("older files in Latin-1 are read, and written as UTF-8")
{
    const auto document = read("<?xml version='1.0' encoding='ISO-8859-1'?><a>Z\xFCrich</a>");

    CHECK(document.root.text() == "Zürich");
    CHECK(contains(xml::write(document), "encoding=\"UTF-8\"?>\n<a>Zürich"));
}

TEST_CASE("files of Windows' own encoding are read with its quotes and its euro")
{
    const auto document =
        read("<?xml version=\"1.0\" encoding=\"WINDOWS-1252\"?><a>\x80 \x84Z\xFCrich\x93</a>");

    CHECK(document.root.text() == "€ „Zürich“");
}

TEST_CASE("document type declarations are refused, with and without entities")
{
    CHECK(contains(refusal("<!DOCTYPE a><a/>"), "document type"));
    CHECK(contains(refusal("<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"), "document type"));
    CHECK_FALSE(parse("<a><!DOCTYPE a></a>"));
    CHECK_FALSE(parse("<a>&other;</a>"));
}

TEST_CASE("what is not well-formed is refused")
{
    for (const auto& text :
         {""s,
          " "s,
          "text"s,
          "<a>"s,
          "<a/><b/>"s,
          "<a/>x"s,
          "<a></b>"s,
          "<a x=1/>"s,
          "<a x='1' x='2'/>"s,
          "<a x='1'y='2'/>"s,
          "<a x='<'/>"s,
          "<a x/>"s,
          "<1/>"s,
          "< a/>"s,
          "<a>&amp</a>"s,
          "<a>&#0;</a>"s,
          "<a>&#xD800;</a>"s,
          "<a>&#x110000;</a>"s,
          "<a>&#99999999999;</a>"s,
          "<a>]]></a>"s,
          "<a><!-- -- --></a>"s,
          "<a><!-- ---></a>"s,
          "<a><![CDATA[</a>"s,
          "<![CDATA[x]]>"s,
          "<a><?xml version='1.0'?></a>"s,
          " <?xml version='1.0'?><a/>"s,
          "<?xml version='2.0'?><a/>"s,
          "<a>\x01</a>"s,
          "<a>\xFF</a>"s,
          "<a>\0</a>"s,
          "<a>\uFFFE</a>"s,
          "<a:b/>"s,
          "<a b:c='1'/>"s,
          "<a xmlns:b=''/>"s,
          "<a:b:c xmlns:a='x'/>"s,
          "<:a/>"s,
          "<a xmlns:xml='urn:x'/>"s,
          "<a xmlns:xmlns='urn:x'/>"s,
          "<xmlns:a/>"s,
          "<a xmlns:b='u' xmlns:c='u' b:d='' c:d=''/>"s,
          "<a xmlns='u' xmlns='v'/>"s,
          "<a/ >"s,
          "<a></a b='1'>"s,
          "<a><?b"s,
          "<a b='1"s,
          "<"s,
          "<a"s,
          "</a>"s,
          "<a/></a>"s})
        CHECK_FALSE_MESSAGE(parse(text), text);
}

TEST_CASE("a refusal names line and column")
{
    CHECK(contains(refusal("<a>\n <b>\n</a>"), "line 3, column 1: </b> expected"));
    CHECK(contains(refusal("<a>\n ü&x;</a>"), "line 2, column 3"));
    CHECK(contains(refusal("<a b='\n&x;'/>"), "line 2, column 1"));
    CHECK(contains(refusal("<a>\n\xC0</a>"), "line 2"));
}

TEST_CASE("documents that are too large, too deep or too full are refused")
{
    std::string deep;
    for (int level = 0; level < 100'000; ++level)
        deep += "<a>";

    CHECK(contains(refusal(deep), "256"));
    CHECK(contains(refusal("<a/>", {.bytes = 3}), "3 bytes"));
    CHECK(parse("<a><b/></a>", {.depth = 2}));
    CHECK_FALSE(parse("<a><b><c/></b></a>", {.depth = 2}));
    CHECK(parse("<a b='1'>c</a>", {.nodes = 3}));
    CHECK_FALSE(parse("<a b='1'>c<d/></a>", {.nodes = 3}));
    CHECK_FALSE(parse("<a xmlns='" + std::string(1001, 'u') + "'/>"));
}

TEST_CASE("a changed element is written with what was set")
{
    auto document = read("<a x='1'/>");
    document.root.set_attribute("x", "2 < 3");
    document.root.set_attribute("y", "\"new\"");
    document.root.children.emplace_back(xml::Text{"]]>", /*is_cdata=*/true});

    const auto written = xml::write(document);

    CHECK(contains(written, R"(<a x="2 &lt; 3" y="&quot;new&quot;">)"));
    CHECK(read(written).root.text() == "]]>");
}

TEST_CASE("a comment that would end early is not written")
{
    auto document = read("<a/>");
    document.before.emplace_back(xml::Comment{"a --> b"});

    CHECK_THROWS_AS(xml::write(document), std::logic_error);
}

namespace {

bool same(const xml::Element& a, const xml::Element& b);

bool same(const xml::Node& a, const xml::Node& b)
{
    if (a.index() != b.index())
        return false;
    if (const auto* element = std::get_if<xml::Element>(&a))
        return same(*element, std::get<xml::Element>(b));
    if (const auto* text = std::get_if<xml::Text>(&a))
        return text->text == std::get<xml::Text>(b).text && text->is_cdata == std::get<xml::Text>(b).is_cdata;
    if (const auto* comment = std::get_if<xml::Comment>(&a))
        return comment->text == std::get<xml::Comment>(b).text;
    const auto& [target, content] = std::get<xml::ProcessingInstruction>(a);
    const auto& other = std::get<xml::ProcessingInstruction>(b);
    return target == other.target && content == other.content;
}

// But for the places in the file.
bool same(const xml::Element& a, const xml::Element& b)
{
    const auto equal_attributes = [](const xml::Attribute& one, const xml::Attribute& other) {
        return one.prefix == other.prefix && one.name == other.name && one.value == other.value &&
               one.namespace_uri == other.namespace_uri;
    };
    const auto equal_children = [](const xml::Node& one, const xml::Node& other) { return same(one, other); };
    return a.prefix == b.prefix && a.name == b.name && a.namespace_uri == b.namespace_uri &&
           std::ranges::equal(a.attributes, b.attributes, equal_attributes) &&
           std::ranges::equal(a.children, b.children, equal_children);
}

}  // namespace

TEST_CASE("the models of the process and decision suites are written back without loss, diagrams included")
{
    const auto folder = shared_folder() / "conformance";
    if (!std::filesystem::is_directory(folder)) {
        MESSAGE("skipped: no models below ", folder.string());
        return;
    }
    int models = 0;
    int diagrams = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".bpmn" && entry.path().extension() != ".dmn")
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const auto document = xml::parse(text);
        if (!document)
            continue;  // a model that shall be refused
        CHECK_MESSAGE(same(document->root, read(xml::write(*document)).root), entry.path().string());
        ++models;
        diagrams += text.find("Diagram") != std::string::npos ? 1 : 0;
    }
    CHECK(models > 100);
    CHECK(diagrams > 10);
}
