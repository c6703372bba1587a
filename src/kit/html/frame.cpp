#include "kit/html/frame.hpp"

#include "base/text.hpp"

namespace html {

namespace {

constexpr std::string_view room = "html";

Data links(const std::vector<Link>& all)
{
    List list;
    for (const Link& link : all)
        list.push_back(Data().set("text", link.text).set("url", link.url));
    return list;
}

// Each language calls itself by its own name.
Data language_links(const Texts& texts, const Frame& frame)
{
    List list;
    for (const Language language : all_languages) {
        Data link;
        link.set("code", code_of(language));
        link.set("name", texts.text(language, "html.language_name"));
        link.set("url", url_in_language(frame.url, language));
        link.set("is_current", language == frame.language);
        list.push_back(std::move(link));
    }
    return list;
}

// "Fehler: Wann sind Sie geboren? – Hauptwohnsitzbescheinigung – Aarau"
std::string document_title(const Texts& texts, const Frame& frame)
{
    std::vector<std::string> parts;
    for (const auto& part : {frame.title, frame.service, frame.municipality ? frame.municipality->name : ""})
        if (!part.empty())
            parts.push_back(part);
    parts.push_back(texts.text(frame.language, "html.portal_name"));
    const auto prefix = frame.has_errors ? texts.text(frame.language, "html.error_prefix") + " " : "";
    return prefix + base::join(parts, " – ");
}

void add_municipality(Data& data, const std::optional<FrameMunicipality>& municipality)
{
    if (!municipality)
        return;
    Data shown;
    shown.set("name", municipality->name)
        .set("url", municipality->url)
        .set("logo_url", municipality->logo_url);
    data.set("municipality", std::move(shown)).set("theme_url", municipality->theme_url);
}

void add_account(Data& data, const std::optional<FrameAccount>& account)
{
    if (!account)
        return;
    Data shown;
    shown.set("name", account->name).set("url", account->url);
    shown.set("log_out_url", account->log_out_url).set("csrf", account->csrf);
    data.set("account", std::move(shown));
}

}  // namespace

std::string in_frame(const Pages& pages, const Texts& texts, const Frame& frame)
{
    List scripts;
    for (const std::string& url : frame.script_urls)
        scripts.push_back(url);

    Data data;
    data.set(
        "document_language",
        std::string(code_of(frame.language)) + (frame.language == Language::en ? "" : "-CH")
    );
    data.set("document_title", document_title(texts, frame)).set("description", frame.description);
    data.set("is_personal", frame.is_personal).set("is_wide", frame.is_wide);
    data.set("languages", language_links(texts, frame));
    data.set("has_navigation", !frame.navigation.empty()).set("navigation", links(frame.navigation));
    data.set("has_breadcrumbs", !frame.breadcrumbs.empty()).set("breadcrumbs", links(frame.breadcrumbs));
    data.set("back_url", frame.back_url).set("stylesheet_url", frame.stylesheet_url);
    data.set("scripts", std::move(scripts)).set("content", frame.content);
    data.set("session_minutes", frame.session_minutes > 0 ? std::to_string(frame.session_minutes) : "");
    add_municipality(data, frame.municipality);
    add_account(data, frame.account);
    return pages.fill("html/layout", data, {texts, frame.language, room});
}

std::string url_in_language(std::string_view url, Language language)
{
    const auto question = url.find('?');
    std::string result(url.substr(0, question));
    result += '?';
    if (question != std::string_view::npos)
        for (const auto pair : base::split(url.substr(question + 1), '&'))
            if (!pair.empty() && pair != "lang" && !pair.starts_with("lang="))
                result.append(pair).append("&");
    return result.append("lang=").append(code_of(language));
}

}  // namespace html
