#include "kit/http/incoming.hpp"

#include <doctest/doctest.h>

#include <span>

using namespace http;
using Progress = Incoming::Progress;
using namespace std::string_view_literals;

namespace {

constexpr Incoming::Limits small{.header = 2000, .body = 100};

// 0 when the bytes are one whole request, else the status that refuses them; -1 when more must come.
int verdict_on(std::string_view bytes)
{
    Incoming incoming(small);
    incoming.append(bytes);
    switch (incoming.advance()) {
    case Progress::complete: return 0;
    case Progress::broken: return incoming.broken_status();
    default: return -1;
    }
}

Request read(std::string_view bytes)
{
    Incoming incoming(small);
    incoming.append(bytes);
    REQUIRE(incoming.advance() == Progress::complete);
    return incoming.take();
}

}  // namespace

TEST_CASE("a request that comes byte by byte is the same request")
{
    const std::string_view bytes =
        "\r\n\r\nPOST /a%20b?x=%C3%A4 HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nx-two:2 \r\n"
        "Content-Length: 3\r\n\r\nabc";
    Incoming incoming(small);

    auto progress = Progress::needs_more;
    for (const char& letter : bytes) {
        REQUIRE(progress == Progress::needs_more);
        incoming.append({&letter, 1});
        progress = incoming.advance();
    }

    REQUIRE(progress == Progress::complete);
    const Request request = incoming.take();
    CHECK(request.method == Method::post);
    CHECK(request.path == "/a b");
    CHECK(request.query_value("x") == "ä");
    CHECK(request.body == "abc");
    CHECK(request.header("x-two") == "1");
    CHECK(request.headers.size() == 4);
    CHECK_FALSE(incoming.has_begun());
}

TEST_CASE("a body in chunks may come byte by byte, too, and be empty")
{
    for (const auto& [sent, meant] :
         {std::pair("0\r\n\r\n", ""), std::pair("1\r\na\r\n2\r\nbc\r\n0\r\nA: b\r\n\r\n", "abc")}) {
        const std::string bytes =
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(sent);
        Incoming incoming(small);

        auto progress = Progress::needs_more;
        for (const char& letter : bytes) {
            REQUIRE(progress == Progress::needs_more);
            incoming.append({&letter, 1});
            progress = incoming.advance();
        }

        REQUIRE(progress == Progress::complete);
        CHECK(incoming.take().body == meant);
    }
}

TEST_CASE("a length that can be read in two ways is refused")
{
    const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";

    CHECK(verdict_on(start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
    CHECK(verdict_on(start + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n") == 400);
    CHECK(verdict_on(start + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc") == 400);
    for (const auto* length : {"-1", "+3", "3, 3", "3 3", "0x3", "3a", "", "99999999999999999999999"})
        CHECK(verdict_on(start + "Content-Length: " + length + "\r\n\r\nabc") >= 400);
    CHECK(verdict_on(start + "Content-Length : 3\r\n\r\nabc") == 400);
    CHECK(verdict_on(start + " Content-Length: 3\r\n\r\nabc") == 400);
    CHECK(verdict_on(start + "Content\rLength: 3\r\n\r\nabc") == 400);
    CHECK(verdict_on("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
}

TEST_CASE("a transfer coding other than chunked is refused")
{
    const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ";
    const std::string end = "\r\n\r\n0\r\n\r\n";

    CHECK(verdict_on(start + "chunked" + end) == 0);
    for (const auto* coding :
         {"xchunked", "gzip, chunked", "chunked, gzip", "chunked, chunked", "identity", "\"chunked\"", ""})
        CHECK(verdict_on(start + coding + end) >= 400);
    CHECK(verdict_on(start + "chunked\r\nTransfer-Encoding: chunked" + end) == 400);
}

TEST_CASE("lines that are folded or end in half a line break are refused, wherever they stand")
{
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n") == 400);
    CHECK(verdict_on("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\tc\r\n\r\n") == 400);
    CHECK(verdict_on("GET / HTTP/1.1\nHost: h\n\n") >= 400);
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n") == 400);
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n") == 400);
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n"sv) == 400);
}

TEST_CASE("chunks with sizes that are none are refused")
{
    const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    CHECK(verdict_on(start + "3;name=value\r\nabc\r\n0\r\n\r\n") == 0);
    for (const auto* chunk :
         {"g\r\nabc\r\n",
          "-1\r\nabc\r\n",
          "0x3\r\nabc\r\n",
          "ffffffffffffffffff\r\n",
          "3\r\nabcd\r\n",
          "3\nabc\n"})
        CHECK(verdict_on(start + chunk + "0\r\n\r\n") >= 400);
}

TEST_CASE("what comes behind a body in chunks adds no header")
{
    const auto request = read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "3\r\nabc\r\n0\r\nCookie: stolen\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n");

    CHECK(request.body == "abc");
    CHECK_FALSE(request.header("cookie"));
    CHECK_FALSE(request.header("x-forwarded-for"));
}

TEST_CASE("what is too large is refused before it is taken")
{
    CHECK(verdict_on("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n") == 413);
    CHECK(
        verdict_on(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x') +
            "\r\n0\r\n\r\n"
        ) == 413
    );
    CHECK(verdict_on("GET /" + std::string(1200, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n") == 414);
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(3000, 'x')) == 431);
}

TEST_CASE("a request names one host, and a version and method that we speak")
{
    CHECK(verdict_on("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(verdict_on("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(verdict_on("GET / HTTP/1.0\r\n\r\n") == 0);
    CHECK(verdict_on("GET / HTTP/2.0\r\nHost: h\r\n\r\n") == 505);
    CHECK(verdict_on("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") >= 400);
    CHECK(verdict_on("BREW / HTTP/1.1\r\nHost: h\r\n\r\n") == 501);
    CHECK(verdict_on("CONNECT a:1 HTTP/1.1\r\nHost: h\r\n\r\n") == 501);
    CHECK(verdict_on("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS by mistake\r\n\r\n") == 400);
}

TEST_CASE("an address with scheme and host is read as its path, a strange one as none")
{
    const std::string end = " HTTP/1.1\r\nHost: h\r\n\r\n";

    CHECK(read("GET http://other.example/a?b=1" + end).target == "/a?b=1");
    CHECK(read("GET HTTP://other.example" + end).path == "/");
    CHECK(read("OPTIONS *" + end).path.empty());
    CHECK(read("GET /a/../b" + end).path.empty());
    CHECK(read("GET /%2e%2e/b" + end).path.empty());
    CHECK(read("GET /%ff" + end).path.empty());
}

TEST_CASE("only a client of HTTP/1.1 that does not say otherwise keeps its connection")
{
    const auto keeps = [](std::string_view bytes) {
        Incoming incoming(small);
        incoming.append(bytes);
        REQUIRE(incoming.advance() == Progress::complete);
        incoming.take();
        return incoming.keeps_alive();
    };

    CHECK(keeps("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}
