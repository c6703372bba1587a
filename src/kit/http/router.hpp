#pragma once

#include "kit/http/response.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace http {

using Handler = std::function<Response(const Request&)>;

// One line of the program's list of routes. `pattern` is "/konto/vorgang/{id}": literal segments win over
// `{name}`, which matches one segment; "{name...}" at the end matches the rest. HEAD is answered by GET.
struct Route {
    Method method;
    std::string pattern;
    Handler handler;
};

// Finds the handler of a request. Immutable once built; a pattern given twice throws std::logic_error.
class Router {
public:
    explicit Router(std::vector<Route> routes);
    Router(Router&&) noexcept;
    ~Router();

    // Fills request.route and calls the handler. 404 and 405 (with Allow) come back with an empty body:
    // the caller, who knows the language, fills the page.
    Response handle(Request& request) const;

    std::vector<std::string> patterns() const;  // "GET /konto", sorted: for the list of routes no test calls

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace http
