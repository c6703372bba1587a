#include "kit/http/finish.hpp"
#include "kit/http/finished.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

Response public_page()
{
    return html(std::string(5000, 'x')).set("cache-control", "public, max-age=60");
}

Request asking(Fields headers)
{
    Request request;
    request.headers = std::move(headers);
    return request;
}

}  // namespace

TEST_CASE("a client takes gzip when it says so and does not take it back")
{
    CHECK(takes_gzip("gzip, deflate, br, zstd"));
    CHECK(takes_gzip("br;q=1.0, GZIP;q=0.5"));
    CHECK(takes_gzip("*"));
    CHECK(takes_gzip("gzip,br;q=0"));
    CHECK_FALSE(takes_gzip(""));
    CHECK_FALSE(takes_gzip("br"));
    CHECK_FALSE(takes_gzip("gzip;q=0"));
    CHECK_FALSE(takes_gzip("*, gzip; q=0.000"));
    CHECK_FALSE(takes_gzip("x-gzip-not"));
}

TEST_CASE("a page that a client has is recognised in any list of tags")
{
    CHECK(names_tag("\"a\", W/\"b\"", "\"b\""));
    CHECK(names_tag("\"a\"", "W/\"a\""));
    CHECK(names_tag(" * ", "\"a\""));
    CHECK_FALSE(names_tag("\"ab\"", "\"a\""));
    CHECK_FALSE(names_tag("", "\"a\""));
}

TEST_CASE("what anybody may keep has a tag and is not sent twice; what is private has none")
{
    const auto sent = finish(public_page(), {.only_reads = true});
    const auto tag = std::string(find_field(sent.headers, "etag").value_or(""));

    const auto again = finish(public_page(), {.only_reads = true, .takes_gzip = true, .if_none_match = tag});

    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(find_field(again.headers, "etag") == tag);
    CHECK(find_field(again.headers, "vary") == "accept-encoding");
    const auto mine =
        finish(html("mine").set("cache-control", "no-store"), {.only_reads = true, .if_none_match = "*"});
    CHECK(mine.status == 200);
    CHECK_FALSE(find_field(mine.headers, "etag"));
}

TEST_CASE("long texts are compressed, short ones and pictures are not")
{
    const Preferences modern{.only_reads = true, .takes_gzip = true};

    CHECK(find_field(finish(html(std::string(1024, 'x')), modern).headers, "content-encoding") == "gzip");
    CHECK_FALSE(find_field(finish(html(std::string(1023, 'x')), modern).headers, "content-encoding"));
    Response picture{200, {{"content-type", "image/png"}}, std::string(5000, 'x')};
    CHECK(finish(picture, modern).body == picture.body);
    CHECK(finish(html(std::string(5000, 'x')), {}).body.size() == 5000);
}

TEST_CASE("a finished answer is chosen by what the client takes and has")
{
    const FinishedAnswer answer(public_page());

    const auto plain = answer.choose(asking({}));
    const auto compressed = answer.choose(asking({{"accept-encoding", "gzip"}}));

    CHECK(plain->ends_with(std::string(5000, 'x')));
    CHECK(compressed->size() < 500);
    const auto at = plain->find("etag: ") + 6;
    const auto tag = plain->substr(at, plain->find("\r\n", at) - at);
    const auto kept = answer.choose(asking({{"if-none-match", tag}}));
    CHECK(kept->starts_with("HTTP/1.1 304 "));
    CHECK(kept->ends_with("\r\n\r\n"));
    CHECK(answer.choose(asking({{"if-none-match", "\"other\""}})) == plain);
}
