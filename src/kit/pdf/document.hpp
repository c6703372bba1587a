#pragma once

#include "base/clock.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pdf {

// What a reader of the file is told about it. The moment comes from outside, so that one input always gives
// the same bytes.
struct Description {
    std::string title;
    std::string author;
    std::string language;  // "de-CH" (BCP 47)
    base::Instant created_at;
};

// Millimetres from the upper left corner of the page.
struct Point {
    double x = 0;
    double y = 0;
};

struct Colour {
    double red = 0;  // 0 to 1
    double green = 0;
    double blue = 0;
};

enum class Weight { regular, bold };

// How a text looks, and what it is to a screen reader.
enum class Meaning { paragraph, title, heading, decoration };

struct Style {
    double size = 11;  // points
    Weight weight = Weight::regular;
    Meaning meaning = Meaning::paragraph;
    Colour colour = {};
};

// Pages of A4, drawn from top to bottom: text in Liberation Sans (embedded), lines, areas, QR codes; tagged,
// with title and language. Lengths are millimetres.
class Document {
public:
    static constexpr double page_width = 210;
    static constexpr double page_height = 297;

    explicit Document(Description description);
    Document(Document&&) noexcept;
    ~Document();

    // Wraps `text` (UTF-8, "\n" breaks a line) into `width` and returns how high it became. Does not break
    // pages: the caller asks height_of first.
    double write(std::string_view text, const Style& style, Point corner, double width);
    double height_of(std::string_view text, const Style& style, double width) const;

    void line(Point from, Point to, double thickness, const Colour& colour = {});
    void area(Point corner, double width, double height, const Colour& colour);

    // ISO/IEC 18004, level M, quiet zone included in `size`; `alternative` is what a screen reader says.
    // A text that no QR code holds (more than 2,331 bytes) throws std::length_error.
    void qr_code(std::string_view text, Point corner, double size, std::string_view alternative);

    void start_page();  // the first one is there already

    // The file. The document is used up.
    std::string finish() &&;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace pdf
