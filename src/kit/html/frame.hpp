#pragma once

#include "kit/html/pages.hpp"
#include "kit/html/texts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace html {

struct Link {
    std::string text;
    std::string url;
};

// The municipality a page belongs to, as the header shows it: its name is text, a logo is an ornament.
struct FrameMunicipality {
    std::string name;
    std::string url;
    std::string logo_url = {};   // empty: none
    std::string theme_url = {};  // a stylesheet with its colours; empty: the portal's
};

// Who is logged in: shown with a button that ends the session.
struct FrameAccount {
    std::string name;
    std::string url;
    std::string log_out_url;  // takes a POST with the csrf token
    std::string csrf;
};

// Everything around the content of a page: head, header, languages, way back, footer.
struct Frame {
    Language language = Language::de;
    std::string title;             // what the page is or asks; the first part of the title element
    std::string service = {};      // the public service it belongs to; the second part
    std::string description = {};  // for search engines; empty: none
    std::string url;               // path and query of this page, for the links to other languages
    bool has_errors = false;       // the title begins with "Fehler: "
    bool is_personal = false;      // search engines must not keep it
    bool is_wide = false;          // for tables of the desk
    int session_minutes = 0;       // a notice appears shortly before they are over; 0: none
    std::optional<FrameMunicipality> municipality = std::nullopt;
    std::optional<FrameAccount> account = std::nullopt;
    std::vector<Link> navigation = {};   // of the desk, or a portal's main ways
    std::vector<Link> breadcrumbs = {};  // from the start page down, without the page itself
    std::string back_url = {};           // instead of breadcrumbs, on pages of a form
    std::string stylesheet_url;
    std::vector<std::string> script_urls = {};  // modules
    std::string content;                        // markup, from Pages::fill
};

// The finished document. Uses the templates and texts of the room "html".
std::string in_frame(const Pages& pages, const Texts& texts, const Frame& frame);

// The path and query with ?lang= set to a language, whatever it was before.
std::string url_in_language(std::string_view url, Language language);

}  // namespace html
