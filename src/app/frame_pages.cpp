#include "app/frame_pages.hpp"

#include "app/assets.hpp"
#include "kit/html/frame.hpp"

namespace app {

namespace {

bool is_desk(std::string_view path)
{
    return path.starts_with("/schalter");
}

// A member of staff, or a resident, is offered the way out on every page.
std::optional<html::FrameAccount> account_of(const identity::Visit& visit)
{
    if (!visit.session)
        return std::nullopt;
    if (visit.session->kind == identity::SessionKind::staff)
        return html::FrameAccount{
            visit.session->name, "/schalter/eingang", "/schalter/abmelden", visit.csrf_token};
    return html::FrameAccount{visit.session->email, "/konto", "/konto/abmelden", visit.csrf_token};
}

std::vector<html::Link>
navigation_of(const html::Texts& texts, const identity::Visit& visit, std::string_view path)
{
    if (!is_desk(path) || !visit.session)
        return {};
    return {
        {texts.text(visit.language, "desk.my_inbox"), "/schalter/eingang"},
        {texts.text(visit.language, "desk.incidents_title"), "/schalter/stoerungen"},
    };
}

html::Frame frame_for(const html::Texts& texts, const http::Request& request, const identity::Visit& visit)
{
    html::Frame frame;
    frame.language = visit.language;
    frame.url = request.target;
    frame.account = account_of(visit);
    frame.navigation = navigation_of(texts, visit, request.path);
    frame.is_wide = is_desk(request.path);
    frame.stylesheet_url = asset_url("portal.css");
    frame.script_urls = {std::string(asset_url("portal.js"))};
    return frame;
}

}  // namespace

identity::Show make_show(const html::Pages& pages, const html::Texts& texts)
{
    return
        [&pages, &texts](const http::Request& request, const identity::Visit& visit, identity::Shown shown) {
            auto frame = frame_for(texts, request, visit);
            const auto room = shown.page.substr(0, shown.page.find('/'));
            shown.data.set("csrf", visit.csrf_token);
            frame.content = pages.fill(shown.page, shown.data, {texts, visit.language, room});
            frame.title = std::move(shown.title);
            frame.service = std::move(shown.service);
            frame.description = std::move(shown.description);
            frame.has_errors = shown.has_errors;
            frame.is_personal = shown.is_personal;
            frame.municipality = std::move(shown.municipality);
            frame.breadcrumbs = std::move(shown.breadcrumbs);
            frame.back_url = std::move(shown.back_url);
            return http::html(html::in_frame(pages, texts, frame), shown.status);
        };
}

http::Response problem_response(
    const html::Pages& pages,
    const html::Texts& texts,
    const http::Request& request,
    const identity::Visit& visit,
    html::ProblemKind kind,
    std::string incident
)
{
    auto problem = html::problem_page(texts, visit.language, kind, std::move(incident));
    auto frame = frame_for(texts, request, visit);
    frame.is_personal = true;
    frame.content = pages.fill("html/problem", problem.data, {texts, visit.language, "html"});
    frame.title = std::move(problem.title);
    return http::html(html::in_frame(pages, texts, frame), problem.status);
}

}  // namespace app
