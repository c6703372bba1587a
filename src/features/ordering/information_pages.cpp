#include "features/ordering/information_pages.hpp"

namespace ordering {

using http::Request;
using http::Response;
using identity::Visit;

Response InformationPages::article(
    const Request& request, const Visit& visit, const std::string& name, int sections
) const
{
    html::List list;
    for (int number = 1; number <= sections; ++number) {
        const auto key = name + "_" + std::to_string(number);
        html::Data section;
        section.set("title", text(visit, key + "_title")).set("text", text(visit, key + "_text"));
        list.push_back(std::move(section));
    }
    html::Data data;
    data.set("title", text(visit, name + "_title")).set("sections", std::move(list));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/article",
         .title = text(visit, name + "_title"),
         .data = std::move(data),
         .breadcrumbs = {{text(visit, "home"), "/"}}}
    );
}

Response InformationPages::accessibility(const Request& request, const Visit& visit) const
{
    return article(request, visit, "accessibility", 3);
}

Response InformationPages::data_protection(const Request& request, const Visit& visit) const
{
    return article(request, visit, "data_protection", 4);
}

Response InformationPages::imprint(const Request& request, const Visit& visit) const
{
    return article(request, visit, "imprint", 2);
}

Response InformationPages::contact(const Request& request, const Visit& visit) const
{
    return article(request, visit, "contact", 3);
}

}  // namespace ordering
