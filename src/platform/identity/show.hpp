#pragma once

#include "kit/html/data.hpp"
#include "kit/html/frame.hpp"
#include "platform/identity/visit.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

// A page before it stands in the frame that all pages share.
struct Shown {
    std::string_view page;  // the template, "identity/staff_login"; its room's texts are the page's
    std::string title;      // already in the visitor's language
    html::Data data = {};   // the template's; "csrf" is added
    int status = 200;
    bool has_errors = false;       // the title then begins with "Fehler: "
    std::string back_url = {};     // empty: no back link
    std::string service = {};      // the public service it belongs to; the second part of the title
    std::string description = {};  // for search engines
    bool is_personal = false;      // search engines must not keep it
    std::optional<html::FrameMunicipality> municipality = std::nullopt;
    std::vector<html::Link> breadcrumbs = {};
};

// Fills a page and puts it into the frame: header, languages, log out, footer. Made once in app/.
using Show = std::function<http::Response(const http::Request&, const Visit&, Shown)>;

}  // namespace identity
