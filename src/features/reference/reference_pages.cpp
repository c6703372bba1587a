#include "features/reference/feature.hpp"
#include "kit/api/interface.hpp"

#include <algorithm>

namespace reference {

namespace {

using identity::Visit;

html::Data operation_data(const Parts& parts, const Visit& visit, const api::Operation& operation)
{
    html::Data row;
    row.set("method", http::method_name(operation.method))
        .set("path", std::string(api::address) + operation.pattern)
        .set("sentence", parts.texts.text(visit.language, operation.sentence))
        .set("scope", operation.scope);
    return row;
}

// The operations by their tags, in the order of the description.
html::List groups_data(const Parts& parts, const Visit& visit)
{
    std::vector<std::pair<std::string, html::List>> groups;
    for (const auto& operation : parts.interface.operations()) {
        auto group = std::ranges::find(groups, operation.tag, &std::pair<std::string, html::List>::first);
        if (group == groups.end())
            group = groups.insert(groups.end(), {operation.tag, {}});
        group->second.push_back(operation_data(parts, visit, operation));
    }
    html::List list;
    for (auto& [tag, operations] : groups) {
        html::Data group;
        group.set("title", parts.texts.text(visit.language, "api.tag_" + tag));
        list.push_back(group.set("operations", std::move(operations)));
    }
    return list;
}

http::Response show(const Parts& parts, const http::Request& request, const Visit& visit)
{
    const auto title = parts.texts.text(visit.language, "reference.title");
    html::Data data;
    data.set("title", title)
        .set("explained", parts.texts.text(visit.language, "api.description"))
        .set("groups", groups_data(parts, visit))
        .set("source", std::string(api::address) + "/openapi.json")
        .set("stylesheet", parts.stylesheet_url);
    return parts.show(
        request, visit, {.page = "reference/operations", .title = title, .data = std::move(data)}
    );
}

}  // namespace

std::vector<http::Route> routes(const Parts& parts)
{
    return {
        {http::Method::get,
         std::string(api::address) + "/docs",
         parts.doorkeeper.open([parts](const http::Request& request, const Visit& visit) {
             return show(parts, request, visit);
         })},
    };
}

}  // namespace reference
