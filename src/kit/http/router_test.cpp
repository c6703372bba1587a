#include "kit/http/router.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

Handler says(std::string word)
{
    return [word = std::move(word)](const Request& request) {
        return text(
            word + std::string(request.route_value("slug")) + std::string(request.route_value("rest"))
        );
    };
}

Response ask(const Router& router, Method method, std::string path)
{
    Request request;
    request.method = method;
    request.path = std::move(path);
    return router.handle(request);
}

}  // namespace

TEST_CASE("literal parts of a path win over names, names over the rest")
{
    const Router router({
        {Method::get, "/", says("home")},
        {Method::get, "/{slug}", says("municipality ")},
        {Method::get, "/leistungen/{slug}", says("service ")},
        {Method::get, "/{slug}/leistungen", says("services of ")},
        {Method::get, "/static/{rest...}", says("file ")},
    });

    CHECK(ask(router, Method::get, "/").body == "home");
    CHECK(ask(router, Method::get, "/aarau").body == "municipality aarau");
    CHECK(ask(router, Method::get, "/leistungen/x").body == "service x");
    CHECK(ask(router, Method::get, "/leistungen/leistungen").body == "service leistungen");
    CHECK(ask(router, Method::get, "/aarau/leistungen").body == "services of aarau");
    CHECK(ask(router, Method::get, "/static/a/b.css").body == "file a/b.css");
    CHECK(ask(router, Method::get, "/aarau/nothing").status == 404);
}

TEST_CASE("a HEAD is answered by GET, another method says which are allowed")
{
    const Router router({{Method::get, "/a", says("a")}});

    CHECK(ask(router, Method::head, "/a").status == 200);
    const auto refused = ask(router, Method::post, "/a");
    CHECK(refused.status == 405);
    CHECK(find_field(refused.headers, "allow") == "GET");
}

TEST_CASE("the same route twice stops the start")
{
    CHECK_THROWS(Router({{Method::get, "/a", says("a")}, {Method::get, "/a", says("b")}}));
}
