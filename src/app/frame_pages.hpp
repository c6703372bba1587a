#pragma once

#include "kit/html/problem.hpp"
#include "platform/identity/show.hpp"

namespace app {

// Puts a page into the frame that all pages share: header, languages, log out, footer, styles and scripts.
identity::Show make_show(const html::Pages& pages, const html::Texts& texts);

// The page that says what stands between a person and what they wanted.
http::Response problem_response(
    const html::Pages& pages,
    const html::Texts& texts,
    const http::Request& request,
    const identity::Visit& visit,
    html::ProblemKind kind,
    std::string incident = {}
);

}  // namespace app
