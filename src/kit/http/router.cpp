#include "kit/http/router.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace http {

namespace {

// The first segment of a path and what follows it: "/a/b" is "a" and "/b".
std::pair<std::string_view, std::string_view> split_first(std::string_view path)
{
    path.remove_prefix(1);
    const auto end = path.find('/');
    return {path.substr(0, end), end == std::string_view::npos ? std::string_view{} : path.substr(end)};
}

// What a path may go on with at one depth: literal segments, one parameter, the rest.
struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::string parameter_name;
    std::string rest_name;
    std::map<Method, const Route*> handlers;
    std::map<Method, const Route*> rest_handlers;
};

struct Found {
    const std::map<Method, const Route*>* handlers = nullptr;
    Fields values;
};

void insert(std::map<Method, const Route*>& handlers, const Route& route)
{
    if (!handlers.emplace(route.method, &route).second)
        throw std::logic_error(
            "two routes for " + std::string(method_name(route.method)) + " " + route.pattern
        );
}

void add(Node& root, const Route& route)
{
    Node* node = &root;
    std::string_view rest = route.pattern == "/" ? std::string_view{} : std::string_view(route.pattern);
    while (!rest.empty()) {
        const auto [segment, after] = split_first(rest);
        rest = after;
        if (segment.starts_with('{') && segment.ends_with("...}")) {
            node->rest_name = segment.substr(1, segment.size() - 5);
            insert(node->rest_handlers, route);
            return;
        }
        const bool is_parameter = segment.starts_with('{') && segment.ends_with('}');
        auto& next = is_parameter ? node->parameter : node->literals[std::string(segment)];
        if (!next)
            next = std::make_unique<Node>();
        if (is_parameter) {
            const auto name = segment.substr(1, segment.size() - 2);
            if (!node->parameter_name.empty() && node->parameter_name != name)
                throw std::logic_error("one place of a path has two names: " + route.pattern);
            node->parameter_name = name;
        }
        node = next.get();
    }
    insert(node->handlers, route);
}

// Depth first, literal segments before parameters before the rest.
bool find(const Node& node, std::string_view path, Found& found)
{
    if (path.empty() && !node.handlers.empty()) {
        found.handlers = &node.handlers;
        return true;
    }
    if (!path.empty()) {
        const auto [segment, after] = split_first(path);
        const auto literal = node.literals.find(segment);
        if (literal != node.literals.end() && find(*literal->second, after, found))
            return true;
        if (node.parameter && !segment.empty() && find(*node.parameter, after, found)) {
            found.values.emplace_back(node.parameter_name, segment);
            return true;
        }
        if (!node.rest_handlers.empty()) {
            found.handlers = &node.rest_handlers;
            found.values.emplace_back(node.rest_name, path.substr(1));
            return true;
        }
    }
    return false;
}

}  // namespace

struct Router::Implementation {
    std::vector<Route> routes;
    Node root;
};

Router::Router(std::vector<Route> routes) : implementation_(std::make_unique<Implementation>())
{
    implementation_->routes = std::move(routes);
    for (const Route& route : implementation_->routes)
        add(implementation_->root, route);
}

Router::Router(Router&&) noexcept = default;
Router::~Router() = default;

Response Router::handle(Request& request) const
{
    Found found;
    const std::string_view path = request.path == "/" ? std::string_view{} : std::string_view(request.path);
    if (request.path.empty() || !find(implementation_->root, path, found))
        return empty(404);
    request.route = std::move(found.values);
    auto handler = found.handlers->find(request.method);
    if (handler == found.handlers->end() && request.method == Method::head)
        handler = found.handlers->find(Method::get);
    if (handler != found.handlers->end()) {
        request.pattern = handler->second->pattern;
        return handler->second->handler(request);
    }
    std::string allowed;
    for (const auto& [method, route] : *found.handlers)
        allowed += (allowed.empty() ? "" : ", ") + std::string(method_name(method));
    return empty(405).set("allow", allowed);
}

std::vector<std::string> Router::patterns() const
{
    std::vector<std::string> patterns;
    for (const Route& route : implementation_->routes)
        patterns.push_back(std::string(method_name(route.method)) + " " + route.pattern);
    std::ranges::sort(patterns);
    return patterns;
}

}  // namespace http
