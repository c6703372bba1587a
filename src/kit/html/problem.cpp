#include "kit/html/problem.hpp"

namespace html {

namespace {

struct Wording {
    int status;
    std::string_view title;
    std::string_view happened;
    std::string_view next;
};

Wording wording_of(ProblemKind kind)
{
    switch (kind) {
    case ProblemKind::forbidden:
        return {403, "html.forbidden_title", "html.forbidden_happened", "html.forbidden_next"};
    case ProblemKind::not_found:
        return {404, "html.not_found_title", "html.not_found_happened", "html.not_found_next"};
    case ProblemKind::gone: return {410, "html.gone_title", "html.gone_happened", "html.gone_next"};
    case ProblemKind::refused:
        return {422, "html.refused_title", "html.refused_happened", "html.refused_next"};
    case ProblemKind::too_many:
        return {429, "html.too_many_title", "html.too_many_happened", "html.too_many_next"};
    case ProblemKind::maintenance:
        return {503, "html.maintenance_title", "html.maintenance_happened", "html.maintenance_next"};
    case ProblemKind::session_expired:
        return {403, "html.expired_title", "html.expired_happened", "html.expired_next"};
    case ProblemKind::broken: break;
    }
    return {500, "html.broken_title", "html.broken_happened", "html.broken_next"};
}

}  // namespace

ProblemPage problem_page(const Texts& texts, Language language, ProblemKind kind, std::string incident)
{
    const Wording wording = wording_of(kind);
    ProblemPage page;
    page.status = wording.status;
    page.title = texts.text(language, wording.title);
    page.data.set("title", page.title).set("happened", texts.text(language, wording.happened));
    page.data.set("next_step", texts.text(language, wording.next)).set("incident", std::move(incident));
    return page;
}

}  // namespace html
