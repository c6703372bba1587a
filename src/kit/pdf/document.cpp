#include "kit/pdf/document.hpp"

#include "base/date.hpp"
#include "kit/pdf/finishing.hpp"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <stdexcept>
#include <utility>

namespace pdf {

namespace {

constexpr double points_per_millimetre = 72.0 / 25.4;
constexpr const char* font_family = "Liberation Sans";

double points(double millimetres)
{
    return millimetres * points_per_millimetre;
}

struct Free {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
    void operator()(QRcode* code) const { QRcode_free(code); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Free>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length)
{
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

const char* tag_of(Meaning meaning)
{
    switch (meaning) {
    case Meaning::title: return "H1";
    case Meaning::heading: return "H2";
    case Meaning::paragraph: return "P";
    case Meaning::decoration: break;
    }
    return nullptr;
}

}  // namespace

struct Document::Implementation {
    explicit Implementation(Description given)
        : description(std::move(given)),
          surface(cairo_pdf_surface_create_for_stream(append, &bytes, points(page_width), points(page_height))
          ),
          context(cairo_create(surface.get()))
    {
        cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
        const auto tell = [this](cairo_pdf_metadata_t key, const std::string& value) {
            cairo_pdf_surface_set_metadata(surface.get(), key, value.c_str());
        };
        const auto moment =
            base::format_instant(std::chrono::floor<std::chrono::seconds>(description.created_at));
        tell(CAIRO_PDF_METADATA_TITLE, description.title);
        tell(CAIRO_PDF_METADATA_AUTHOR, description.author);
        tell(CAIRO_PDF_METADATA_CREATE_DATE, moment);
        tell(CAIRO_PDF_METADATA_MOD_DATE, moment);
        cairo_tag_begin(context.get(), "Document", nullptr);
    }

    Owned<PangoLayout> layout(std::string_view text, const Style& style, double width) const
    {
        Owned<PangoLayout> made(pango_cairo_create_layout(context.get()));
        // One layout unit is one point, whatever the screen of this machine.
        pango_cairo_context_set_resolution(pango_layout_get_context(made.get()), 72);
        const Owned<PangoFontDescription> font(pango_font_description_new());
        pango_font_description_set_family_static(font.get(), font_family);
        pango_font_description_set_weight(
            font.get(), style.weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL
        );
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_width(made.get(), pango_units_from_double(points(width)));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(made.get(), 1.25F);
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
    }

    // Each line as a text of its own: where Pango wraps, Cairo would put the space that vanishes into the
    // file as marked content inside the paragraph, and readers then lose the rest of it.
    void show_lines(PangoLayout* wrapped, std::string_view text, const Style& style, Point corner) const
    {
        const Owned<PangoLayoutIter> iterator(pango_layout_get_iter(wrapped));
        do {
            const auto* line = pango_layout_iter_get_line_readonly(iterator.get());
            const auto words = text.substr(
                static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length)
            );
            const auto single = layout(words, style, page_width * 2);
            const auto baseline = pango_units_to_double(pango_layout_iter_get_baseline(iterator.get()));
            cairo_move_to(context.get(), points(corner.x), points(corner.y) + baseline);
            pango_cairo_show_layout_line(context.get(), pango_layout_get_line_readonly(single.get(), 0));
        } while (pango_layout_iter_next_line(iterator.get()) != 0);
    }

    static double height(PangoLayout* layout)
    {
        int units = 0;
        pango_layout_get_size(layout, nullptr, &units);
        return pango_units_to_double(units) / points_per_millimetre;
    }

    void use(const Colour& colour)
    {
        cairo_set_source_rgb(context.get(), colour.red, colour.green, colour.blue);
    }

    // Inside an element of the file's structure, so that a screen reader finds it.
    template <class Draw>
    void tagged(const char* tag, Draw draw)
    {
        if (tag)
            cairo_tag_begin(context.get(), tag, nullptr);
        draw();
        if (tag)
            cairo_tag_end(context.get(), tag);
    }

    Description description;
    std::string bytes;
    std::vector<std::string> alternatives;  // of the figures, in order
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> context;
};

Document::Document(Description description)
    : implementation_(std::make_unique<Implementation>(std::move(description)))
{
}
Document::Document(Document&&) noexcept = default;
Document::~Document() = default;

double Document::write(std::string_view text, const Style& style, Point corner, double width)
{
    auto& own = *implementation_;
    const auto layout = own.layout(text, style, width);
    own.use(style.colour);
    own.tagged(tag_of(style.meaning), [&] { own.show_lines(layout.get(), text, style, corner); });
    return Implementation::height(layout.get());
}

double Document::height_of(std::string_view text, const Style& style, double width) const
{
    return Implementation::height(implementation_->layout(text, style, width).get());
}

void Document::line(Point from, Point to, double thickness, const Colour& colour)
{
    auto* context = implementation_->context.get();
    implementation_->use(colour);
    cairo_set_line_width(context, points(thickness));
    cairo_move_to(context, points(from.x), points(from.y));
    cairo_line_to(context, points(to.x), points(to.y));
    cairo_stroke(context);
}

void Document::area(Point corner, double width, double height, const Colour& colour)
{
    auto* context = implementation_->context.get();
    implementation_->use(colour);
    cairo_rectangle(context, points(corner.x), points(corner.y), points(width), points(height));
    cairo_fill(context);
}

void Document::qr_code(std::string_view text, Point corner, double size, std::string_view alternative)
{
    const Owned<QRcode> code(
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, /*casesensitive=*/1)
    );
    if (!code)
        throw std::length_error("a text of 1 to 2331 bytes expected for a QR code");

    constexpr int quiet = 4;  // modules, ISO/IEC 18004 section 5.3.8
    const double module = size / (code->width + 2 * quiet);
    auto* context = implementation_->context.get();
    implementation_->use({});
    implementation_->tagged("Figure", [&] {
        for (int row = 0; row < code->width; ++row)
            for (int column = 0; column < code->width; ++column)
                if ((code->data[row * code->width + column] & 1U) != 0)
                    cairo_rectangle(
                        context,
                        points(corner.x + (column + quiet) * module),
                        points(corner.y + (row + quiet) * module),
                        points(module),
                        points(module)
                    );
        cairo_fill(context);
    });
    implementation_->alternatives.emplace_back(alternative);
}

void Document::start_page()
{
    cairo_show_page(implementation_->context.get());
}

std::string Document::finish() &&
{
    auto& own = *implementation_;
    cairo_tag_end(own.context.get(), "Document");
    cairo_show_page(own.context.get());
    cairo_surface_finish(own.surface.get());
    for (const auto status : {cairo_status(own.context.get()), cairo_surface_status(own.surface.get())})
        if (status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
    return finished(own.bytes, own.description, own.alternatives);
}

}  // namespace pdf
