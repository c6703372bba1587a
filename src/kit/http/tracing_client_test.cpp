#include "base/trace.hpp"
#include "kit/http/tracing_client.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace http;

namespace {

class Neighbour final : public Client {
public:
    base::Result<Response> send(const ClientRequest& request) override
    {
        told.emplace_back(find_field(request.headers, "traceparent").value_or(""));
        return empty(204);
    }

    std::vector<std::string> told;
};

}  // namespace

TEST_CASE("a neighbour is told which trace a request belongs to, under a part of its own each time")
{
    Neighbour neighbour;
    testing::RepeatableRandom random;
    TracingClient client(neighbour, random);
    {
        const base::TraceScope scope("4bf92f3577b34da6a3ce929d0e0e4736");
        CHECK(client.send({}));
        CHECK(client.send({}));
    }
    CHECK(client.send({}));

    REQUIRE(neighbour.told.size() == 3);
    CHECK(neighbour.told[0].starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
    CHECK(neighbour.told[0].size() == 55);
    CHECK(neighbour.told[1].starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
    CHECK(neighbour.told[1] != neighbour.told[0]);
    CHECK(neighbour.told[2].empty());
}
