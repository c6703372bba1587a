#include "features/orchestration/feature.hpp"

#include "features/orchestration/exchange.hpp"

namespace orchestration {

http::Response fault(const html::Texts& texts, const http::Request& request, const std::string& incident)
{
    return problem(texts, request, 500, "incident " + incident).set("cache-control", "no-store");
}

http::Response unavailable(const html::Texts& texts, const http::Request& request)
{
    return problem(texts, request, 503, "the database cannot take it now; nothing was done")
        .set("retry-after", "2")
        .set("cache-control", "no-store");
}

http::Response outcome_unknown(const html::Texts& texts, const http::Request& request)
{
    return problem(texts, request, 504, "the database was lost at the end; it may have been done")
        .set("cache-control", "no-store");
}

std::vector<http::Route> routes(const Parts& parts)
{
    std::vector<http::Route> all;
    for (auto slice :
         {topology_operations,
          deployment_operations,
          instance_operations,
          element_operations,
          variable_operations,
          job_operations,
          message_operations,
          task_operations,
          incident_operations,
          decision_operations,
          form_operations})
        for (const Operation& operation : slice())
            all.push_back({operation.method, "/v2" + operation.pattern, handler(parts, operation)});
    // What these clients could call and we do not have is a problem they can read, not a page.
    for (const auto method :
         {http::Method::get,
          http::Method::post,
          http::Method::put,
          http::Method::patch,
          http::Method::delete_})
        all.push_back({method, "/v2/{rest...}", [&texts = parts.texts](const http::Request& request) {
                           return problem(
                               texts, request, 404, "this address is not part of the interface here"
                           );
                       }});
    return all;
}

}  // namespace orchestration
