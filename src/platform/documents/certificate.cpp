#include "platform/documents/certificate.hpp"

#include "base/text.hpp"
#include "kit/pdf/document.hpp"

#include <algorithm>
#include <charconv>

namespace documents {

namespace {

using pdf::Meaning;
using pdf::Style;
using pdf::Weight;

// Millimetres, and points for type. The window envelope's address field stays free: nobody posts this page
// without a covering letter.
constexpr double left = 25;
constexpr double right = 185;
constexpr double width = right - left;
constexpr double address_left = 125;
constexpr double value_left = 80;
constexpr double body_top = 62;
constexpr double further_top = 25;
constexpr double body_end = 232;
constexpr double verification_top = 240;
constexpr double qr_size = 36;

constexpr pdf::Colour grey{0.35, 0.35, 0.35};
constexpr Style body{};
constexpr Style small{.size = 9, .colour = grey};

pdf::Colour colour_of(std::string_view text)
{
    unsigned value = 0;
    const auto* end = text.data() + text.size();
    if (text.size() != 7 || text[0] != '#' || std::from_chars(text.data() + 1, end, value, 16).ptr != end)
        return {};
    const auto part = [value](unsigned shift) { return static_cast<double>(value >> shift & 0xFFU) / 255; };
    return {part(16), part(8), part(0)};
}

// Draws from top to bottom and starts a page when the next part does not fit.
class Drawing {
public:
    explicit Drawing(const Certificate& certificate)
        : certificate_(certificate), colour_(colour_of(certificate.letterhead.colour)),
          document_({
              .title = certificate.content.title,
              .author = certificate.letterhead.municipality,
              .language = certificate.words.language,
              .created_at = certificate.issued_at,
          })
    {
    }

    std::string finish()
    {
        draw_letterhead();
        draw_foot();
        y_ = body_top;
        const Style title{.size = 20, .weight = Weight::bold, .meaning = Meaning::title};
        write(certificate_.content.title, title, 8);
        for (const auto& block : certificate_.content.blocks)
            draw_block(block);
        draw_signature();
        draw_verification();
        return std::move(document_).finish();
    }

private:
    void draw_letterhead()
    {
        const auto& letterhead = certificate_.letterhead;
        document_.area({0, 0}, pdf::Document::page_width, 4, colour_);
        document_.write(
            letterhead.municipality, {.size = 16, .weight = Weight::bold, .colour = colour_}, {left, 16}, 95
        );
        document_.write(
            base::join(letterhead.address, "\n"), small, {address_left, 16}, right - address_left
        );
        document_.line({left, 46}, {right, 46}, 0.2, grey);
        document_.write(certificate_.words.reference, small, {left, 48}, width);
    }

    void draw_foot()
    {
        const Style foot{.size = 8, .meaning = Meaning::decoration, .colour = grey};
        document_.write(
            certificate_.words.reference + " · " + std::to_string(++page_), foot, {left, 286}, width
        );
    }

    void make_room(double height)
    {
        if (y_ + height <= body_end)
            return;
        document_.start_page();
        draw_foot();
        y_ = further_top;
    }

    void write(const std::string& text, const Style& style, double space_below)
    {
        make_room(document_.height_of(text, style, width));
        y_ += document_.write(text, style, {left, y_}, width) + space_below;
    }

    void draw_block(const Block& block)
    {
        if (!block.paragraph.empty())
            write(block.paragraph, body, 5);
        for (const auto& row : block.rows)
            draw_row(row);
        if (!block.rows.empty())
            y_ += 4;
    }

    void draw_row(const Row& row)
    {
        constexpr double gap = 3;
        const double label_width = value_left - left - gap;
        const double value_width = right - value_left;
        const Style label{.size = body.size, .colour = grey};
        const double height = std::max(
            document_.height_of(row.label, label, label_width),
            document_.height_of(row.value, body, value_width)
        );
        make_room(height);
        document_.write(row.label, label, {left, y_}, label_width);
        document_.write(row.value, body, {value_left, y_}, value_width);
        y_ += height + 1.5;
    }

    void draw_signature()
    {
        make_room(22);
        y_ += 6;
        write(certificate_.words.place_and_date, body, 2);
        write(certificate_.content.signatory, {.weight = Weight::bold}, 0);
    }

    void draw_verification()
    {
        const auto& words = certificate_.words;
        const double text_left = left + qr_size + 4;
        const double text_width = right - text_left;
        document_.line({left, verification_top}, {right, verification_top}, 0.2, grey);
        document_.qr_code(
            certificate_.verification_url, {left - 3, verification_top + 3}, qr_size, words.verification
        );
        double y = verification_top + 6;
        const auto write_line = [&](const std::string& text, const Style& style) {
            y += document_.write(text, style, {text_left, y}, text_width) + 1.5;
        };
        write_line(words.verification, {.size = 11, .weight = Weight::bold, .meaning = Meaning::heading});
        write_line(words.explanation, small);
        write_line(words.code, {.size = 12, .weight = Weight::bold});
        write_line(certificate_.verification_url, small);
    }

    const Certificate& certificate_;
    pdf::Colour colour_;
    pdf::Document document_;
    double y_ = 0;
    int page_ = 0;
};

}  // namespace

std::string draw(const Certificate& certificate)
{
    return Drawing(certificate).finish();
}

}  // namespace documents
