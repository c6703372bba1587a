#pragma once

#include "kit/html/data.hpp"
#include "kit/html/texts.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace html {

// One template file, embedded in the program at build time: name = "ordering/service" for
// features/ordering/pages/service.mustache.
struct Source {
    std::string_view name;
    std::string_view text;
};

// All templates, compiled once at start (mustache: variables escaped, sections, inverted sections, partials,
// dotted names; no lambdas, no delimiters). `{{{ }}}` is refused except in layout templates.
// A template with an error, or a partial that does not exist, throws std::logic_error at start.
class Pages {
public:
    explicit Pages(const std::vector<Source>& sources);
    ~Pages();

    // Fills a template. `t.key` looks into `texts`: the room of the template the key stands in, then the
    // page's, then the shared texts of the room "html"; words in braces in a text are data in scope, so
    // {{t.step}} with "Schritt {step} von {steps}" takes `step` and `steps`. Everything else looks into
    // `data`. A missing text shows as its key; a missing datum as nothing.
    std::string fill(std::string_view name, const Data& data, const TextView& texts) const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace html
