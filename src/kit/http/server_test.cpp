#include "kit/http/client.hpp"
#include "kit/http/incoming.hpp"
#include "kit/http/server_fixture.hpp"

#include <poll.h>

#include <future>

using namespace http;
using namespace server_tests;

namespace {

Response echo(const Request& request)
{
    if (request.path == "/fall")
        throw std::runtime_error("our bug");
    if (request.path == "/page")
        return html(std::string(5000, 'x')).set("cache-control", "public, max-age=60");
    return text(request.target + "|" + request.path + "|" + request.body + "|" + request.remote_address);
}

// Which of the connections have been answered, once `count` have.
std::vector<std::size_t> wait_for_answers(const std::vector<std::unique_ptr<Wire>>& wires, std::size_t count)
{
    std::vector<pollfd> polled;
    for (const auto& wire : wires)
        polled.push_back({wire->socket(), POLLIN, 0});
    std::vector<std::size_t> answered;
    while (answered.size() < count && ::poll(polled.data(), polled.size(), -1) > 0) {
        for (std::size_t index = 0; index < polled.size(); ++index) {
            if (polled[index].fd >= 0 && polled[index].revents != 0) {
                answered.push_back(index);
                polled[index].fd = -1;
            }
        }
    }
    return answered;
}

}  // namespace

TEST_CASE("requests on one connection are answered in order, pipelined too")
{
    const Server server(quick(), echo);

    const auto answer = ask_raw(
        server,
        "GET /a%20b/?x=1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        "GET /d HTTP/1.1\r\n" +
            std::string(close_line)
    );

    CHECK(answer.find("/a%20b/?x=1|/a b||127.0.0.1") != std::string::npos);
    CHECK(answer.find("/c|/c|abc|") != std::string::npos);
    CHECK(answer.find("/d|/d||") != std::string::npos);
    CHECK(answer.find("date: ") != std::string::npos);
}

TEST_CASE("a body in chunks is put together, a client that asks first is told to go on")
{
    const Server server(quick(), echo);

    const auto chunked = ask_raw(
        server,
        "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    );
    CHECK(chunked.find("/c|/c|abcde|") != std::string::npos);

    const Wire wire(server);
    wire.send(
        "POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    );
    CHECK(wire.read_head() == "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send("abc");
    CHECK(wire.read_all().find("|abc|") != std::string::npos);
}

TEST_CASE("what is refused is answered before the connection closes, whatever else the client sends")
{
    const Server server(quick(), echo);
    const Wire wire(server);

    wire.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + std::string(500000, 'x'));

    const auto answer = wire.read_all();
    CHECK(status_of(answer) == 413);
    CHECK(answer.find("connection: close\r\n") != std::string::npos);
    CHECK(status_of(ask_raw(server, "nonsense\r\n\r\n")) == 400);
}

TEST_CASE("a client that does not finish its request in time is cut")
{
    auto settings = quick();
    settings.header_deadline = std::chrono::seconds(0);
    const Server server(settings, echo);

    CHECK(ask_raw(server, "GET / HTTP/1.1\r\nHo").empty());
    CHECK(ask_raw(server, "").empty());
}

TEST_CASE("a full house makes room by closing connections that only wait")
{
    auto settings = quick();
    settings.connection_limit = 2;
    const Server server(settings, echo);
    const Wire first(server);
    first.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_of(first.read_head()) == 200);
    const Wire second(server);
    second.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_of(second.read_head()) == 200);

    CHECK(status_of(ask_raw(server, "GET /c HTTP/1.1\r\n" + std::string(close_line))) == 200);
}

TEST_CASE("more requests than can wait are told to come back later")
{
    std::promise<void> arrived;
    std::promise<void> released;
    auto release = released.get_future().share();
    auto settings = quick();
    settings.workers = 1;
    const Server server(settings, [&](const Request& request) {
        if (request.path == "/first")
            arrived.set_value();
        release.wait();
        return text("finished");
    });
    const Wire first(server);
    first.send("GET /first HTTP/1.1\r\n" + std::string(close_line));
    arrived.get_future().wait();

    // The worker is busy and 64 may wait, so 5 of 69 are refused, and answered before the others.
    std::vector<std::unique_ptr<Wire>> others;
    for (int index = 0; index < 69; ++index) {
        others.push_back(std::make_unique<Wire>(server));
        others.back()->send("GET /other HTTP/1.1\r\n" + std::string(close_line));
    }
    const auto answered = wait_for_answers(others, 5);
    for (const std::size_t index : answered) {
        const auto answer = others[index]->read_all();
        CHECK(status_of(answer) == 503);
        CHECK(answer.find("retry-after: ") != std::string::npos);
    }

    released.set_value();
    CHECK(first.read_all().ends_with("finished"));
}

TEST_CASE("a handler's fault is a 500 and the server goes on")
{
    const Server server(quick(), echo);
    const std::string end(close_line);

    CHECK(status_of(ask_raw(server, "GET /fall HTTP/1.1\r\n" + end)) == 500);
    CHECK(status_of(ask_raw(server, "GET /ok HTTP/1.1\r\n" + end)) == 200);
}

TEST_CASE("a page that may be kept has a tag, is compressed, and is not sent twice")
{
    const Server server(quick(), echo);
    NetworkClient client;
    ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/page";
    request.headers = {{"accept-encoding", "gzip"}};

    const auto first = client.send(request);

    REQUIRE(first);
    CHECK(find_field(first->headers, "content-encoding") == "gzip");
    CHECK(first->body.size() < 200);
    const auto tag = std::string(find_field(first->headers, "etag").value());
    request.headers.emplace_back("if-none-match", tag);
    const auto second = client.send(request);
    REQUIRE(second);
    CHECK(second->status == 304);
    CHECK(second->body.empty());
}

TEST_CASE("only a proxy that we trust may say who the client is")
{
    auto settings = quick();
    const Server trusting(settings, echo);
    settings.trusted_proxies = "10.0.0.1";
    const Server doubting(settings, echo);
    const std::string asked =
        "GET / HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7, 127.0.0.1\r\n" + std::string(close_line);

    CHECK(ask_raw(trusting, asked).find("|192.0.2.7") != std::string::npos);
    CHECK(ask_raw(doubting, asked).find("|127.0.0.1") != std::string::npos);
}

TEST_CASE("finished bytes are answered without a worker, without their body to a HEAD")
{
    const auto bytes = std::make_shared<const std::string>(serialize(text("from memory")));
    const Server server(quick(), echo, [&](const Request& request) {
        return request.path == "/fast" ? bytes : std::shared_ptr<const std::string>();
    });
    const std::string end(close_line);

    CHECK(ask_raw(server, "GET /fast HTTP/1.1\r\n" + end).ends_with("from memory"));
    const auto head = ask_raw(server, "HEAD /fast HTTP/1.1\r\n" + end);
    CHECK(head.find("content-length: 11") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(status_of(ask_raw(server, "GET /slow HTTP/1.1\r\n" + end)) == 200);
}

TEST_CASE("half-open clients by the hundred do not keep others waiting")
{
    const Server server(quick(), echo);
    std::vector<std::unique_ptr<Wire>> silent;
    for (int index = 0; index < 300; ++index) {
        silent.push_back(std::make_unique<Wire>(server));
        silent.back()->send("GET / HTTP/1.1\r\nHo");
    }

    CHECK(status_of(ask_raw(server, "GET /ok HTTP/1.1\r\n" + std::string(close_line))) == 200);
}

TEST_CASE("stopping lets a request under way finish and takes no new one")
{
    std::promise<void> arrived;
    std::promise<void> released;
    auto release = released.get_future().share();
    Server server(quick(), [&](const Request&) {
        arrived.set_value();
        release.wait();
        return text("finished");
    });
    const Wire wire(server);
    wire.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    arrived.get_future().wait();

    auto stopped = std::async(std::launch::async, [&] { server.stop(); });
    released.set_value();
    const auto answer = wire.read_all();
    stopped.wait();

    CHECK(answer.ends_with("finished"));
}

TEST_CASE("a client waits no longer than told, takes no more than told, and passes any answer on")
{
    std::promise<void> released;
    auto release = released.get_future().share();
    auto settings = quick();
    {
        const Server server(settings, [&](const Request& request) {
            if (request.path == "/never")
                release.wait();
            return text(std::string(3000, 'x'), 503);
        });
        NetworkClient client;
        ClientRequest request;
        const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
        request.url = address + "/large";
        CHECK(client.send(request)->status == 503);
        request.response_limit = 100;
        CHECK_FALSE(client.send(request));
        request.url = address + "/never";
        request.timeout = std::chrono::milliseconds(50);
        CHECK(client.send(request).error().kind == base::ErrorKind::unavailable);
        released.set_value();
    }
    NetworkClient client;
    ClientRequest nobody;
    nobody.url = "http://127.0.0.1:1/";
    CHECK(client.send(nobody).error().kind == base::ErrorKind::unavailable);
}
