#include "kit/http/tracing_client.hpp"

#include "base/random.hpp"
#include "base/trace.hpp"
#include "kit/http/access.hpp"

namespace http {

base::Result<Response> TracingClient::send(const ClientRequest& request)
{
    const auto& id = base::current_trace();
    if (id.empty())
        return client_.send(request);
    ClientRequest traced = request;
    auto trace = new_trace(random_);
    trace.id = id;
    traced.headers.emplace_back("traceparent", trace.traceparent());
    return client_.send(traced);
}

}  // namespace http
