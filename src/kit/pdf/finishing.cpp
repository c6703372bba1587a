#include "kit/pdf/finishing.hpp"

#include "base/date.hpp"

// Without qpdf's own pointer class, which std::shared_ptr has replaced.
#define POINTERHOLDER_TRANSITION 4  // NOLINT(cppcoreguidelines-macro-usage)
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include <stdexcept>

namespace pdf {

namespace {

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char letter : text) {
        switch (letter) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        default: result += letter;
        }
    }
    return result;
}

// ISO 16684-1 (XMP).
std::string metadata(const Description& description)
{
    const auto moment =
        base::format_instant(std::chrono::floor<std::chrono::seconds>(description.created_at));
    return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)" +
           escaped(description.title) + R"(</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>)" +
           escaped(description.author) + R"(</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>)" +
           escaped(description.language) + R"(</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>)" +
           moment + "</xmp:CreateDate><xmp:ModifyDate>" + moment + R"(</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>)";
}

bool is_figure(QPDFObjectHandle object)
{
    return object.isDictionary() && object.getKey("/S").isNameAndEquals("/Figure");
}

void describe_figures(QPDF& file, const std::vector<std::string>& alternatives)
{
    std::size_t figure = 0;
    for (auto object : file.getAllObjects()) {
        if (!is_figure(object))
            continue;
        if (figure == alternatives.size())
            throw std::logic_error("pdf: more figures than texts for them");
        object.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(alternatives[figure++]));
    }
}

}  // namespace

std::string finished(
    const std::string& bytes, const Description& description, const std::vector<std::string>& alternatives
)
{
    QPDF file;
    file.processMemoryFile("document", bytes.data(), bytes.size());
    describe_figures(file, alternatives);

    auto root = file.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(description.language));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    auto xmp = QPDFObjectHandle::newStream(&file, metadata(description));
    xmp.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
    xmp.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
    root.replaceKey("/Metadata", file.makeIndirectObject(xmp));

    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace pdf
