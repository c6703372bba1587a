#pragma once

#include "kit/html/data.hpp"
#include "kit/html/texts.hpp"

#include <string>

namespace html {

// What can stand between a person and a page.
enum class ProblemKind {
    forbidden,        // 403
    not_found,        // 404
    gone,             // 410
    refused,          // 422
    too_many,         // 429
    broken,           // 500
    maintenance,      // 503
    session_expired,  // 403: the form's token is of a session that has ended
};

struct ProblemPage {
    int status = 500;
    std::string title;
    Data data;  // for the template "html/problem"
};

// What happened, in plain words, and what to do next. The incident number is shown when there is one.
ProblemPage problem_page(const Texts& texts, Language language, ProblemKind kind, std::string incident = {});

}  // namespace html
