#include "kit/http/response.hpp"

#include <doctest/doctest.h>

using namespace http;

TEST_CASE("a form keeps its fields in order, decoded, broken escapes as they are")
{
    const auto fields = parse_form("name=%C4%86iri%C4%87+Anna&empty=&flag&100%25=50%&name=zwei");

    REQUIRE(fields.size() == 5);
    CHECK(fields[0].second == "Ćirić Anna");
    CHECK(fields[1].second.empty());
    CHECK(fields[2].first == "flag");
    CHECK(fields[3] == std::pair<std::string, std::string>("100%", "50%"));
    CHECK(find_field(fields, "name") == "Ćirić Anna");
    CHECK(parse_form(write_form(fields)) == fields);
}

TEST_CASE("only a form's body is read as a form")
{
    Request request;
    request.body = "a=1";
    CHECK(request.form().empty());

    request.headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
    CHECK(find_field(request.form(), "a") == "1");
}

TEST_CASE("cookies are found by their whole name")
{
    Request request;
    request.headers = {{"cookie", "besuch=1; besuch2=2;sitzung=a=b"}, {"cookie", "sprache=fr"}};

    CHECK(request.cookie("besuch") == "1");
    CHECK(request.cookie("sitzung") == "a=b");
    CHECK(request.cookie("sprache") == "fr");
    CHECK_FALSE(request.cookie("besuch3"));
}

TEST_CASE("a secure cookie is bound to this host and hidden from scripts")
{
    Response response;
    set_cookie(response, {"sitzung", "x", 60}, true);
    set_cookie(response, {"sitzung", "", 0}, false);

    REQUIRE(response.headers.size() == 2);
    CHECK(
        response.headers[0].second == "__Host-sitzung=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"
    );
    CHECK(response.headers[1].second == "sitzung=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST_CASE("an address to go to cannot begin another header")
{
    CHECK(find_field(see_other("/a\r\nset-cookie: x").headers, "location") == "/aset-cookie: x");
}
