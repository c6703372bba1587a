#include "app/assets.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace {

http::Request asking(http::Fields headers)
{
    http::Request request;
    request.headers = std::move(headers);
    return request;
}

std::string header(const http::Response& response, std::string_view name)
{
    return std::string(http::find_field(response.headers, name).value_or(""));
}

}  // namespace

TEST_CASE("The style sheet is found under the address that the pages name")
{
    const auto styles = app::find_asset(app::asset_url("portal.css"));

    REQUIRE(styles);
    CHECK(styles->media_type == "text/css; charset=utf-8");
    CHECK(styles->is_immutable);
    CHECK(styles->bytes.find("govuk-button") != std::string_view::npos);
    CHECK(styles->gzip.size() < styles->bytes.size() / 4);
}

TEST_CASE("Nothing but the built files is served, and a wrong name is a mistake of ours")
{
    CHECK_FALSE(app::find_asset("/static/../manifest.json"));
    CHECK_FALSE(app::find_asset("/manifest.json"));
    CHECK_THROWS_AS(app::asset_url("portal.scss"), std::logic_error);
}

TEST_CASE("Who takes gzip gets it, the others get the bytes")
{
    const auto robots = app::find_asset("/robots.txt");
    const auto styles = app::find_asset(app::asset_url("portal.css"));
    REQUIRE(robots);
    REQUIRE(styles);

    const auto packed = app::asset_response(*styles, asking({{"accept-encoding", "br, gzip"}}));
    const auto plain = app::asset_response(*styles, asking({}));

    CHECK(header(packed, "content-encoding") == "gzip");
    CHECK(packed.body.starts_with("\x1f\x8b"));
    CHECK(header(packed, "cache-control") == "public, max-age=31536000, immutable");
    CHECK(header(plain, "content-encoding").empty());
    CHECK(plain.body == styles->bytes);
    CHECK(header(plain, "vary") == "accept-encoding");
    CHECK(header(app::asset_response(*robots, asking({})), "cache-control") == "public, max-age=3600");
}

TEST_CASE("A browser that has the file is told so, in the coding it has")
{
    const auto styles = app::find_asset(app::asset_url("portal.css"));
    REQUIRE(styles);
    const auto tag = header(app::asset_response(*styles, asking({{"accept-encoding", "gzip"}})), "etag");

    const auto again =
        app::asset_response(*styles, asking({{"accept-encoding", "gzip"}, {"if-none-match", tag}}));
    const auto other = app::asset_response(*styles, asking({{"if-none-match", tag}}));

    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(other.status == 200);
}
