#include "kit/api/problem.hpp"

#include "base/result.hpp"

#include <algorithm>

namespace api {

namespace {

constexpr ProblemType all_types[] = {
    {Problem::malformed, 400, "malformed", "malformed"},
    {Problem::unauthorized, 401, "unauthorized", "unauthorized"},
    {Problem::forbidden, 403, "forbidden", "forbidden"},
    {Problem::not_found, 404, "not-found", "not_found"},
    {Problem::method_not_allowed, 405, "method-not-allowed", "method_not_allowed"},
    {Problem::conflict, 409, "conflict", "conflict"},
    {Problem::unsupported_media, 415, "unsupported-media-type", "unsupported_media"},
    {Problem::invalid, 422, "invalid", "invalid"},
    {Problem::too_many, 429, "too-many-requests", "too_many"},
    {Problem::our_fault, 500, "our-fault", "our_fault"},
    {Problem::unavailable, 503, "unavailable", "unavailable"},
};

Problem problem_of(base::ErrorKind kind)
{
    switch (kind) {
    case base::ErrorKind::invalid: return Problem::invalid;
    case base::ErrorKind::forbidden: return Problem::forbidden;
    case base::ErrorKind::not_found: return Problem::not_found;
    case base::ErrorKind::conflict: return Problem::conflict;
    case base::ErrorKind::unavailable: return Problem::unavailable;
    }
    return Problem::our_fault;
}

json::Value json_of(const Finding& finding)
{
    json::Object object;
    if (finding.parameter.empty())
        object.append("pointer", finding.pointer);
    else
        object.append("parameter", finding.parameter);
    object.append("code", finding.code);
    object.append("detail", finding.detail);
    return object;
}

}  // namespace

std::span<const ProblemType> problem_types()
{
    return all_types;
}

const ProblemType& type_of(Problem problem)
{
    return *std::ranges::find(all_types, problem, &ProblemType::problem);
}

Refusal refusal_of(const base::Error& error)
{
    return {.problem = problem_of(error.kind), .sentence = error.message_key};
}

http::Response problem_response(const html::Texts& texts, html::Language language, const Refusal& refusal)
{
    const auto& type = type_of(refusal.problem);
    // The same in every installation, so that a client can compare it.
    std::string name(address);
    name += "/problems/";
    name += type.name;
    json::Object body{
        {"type", std::move(name)},
        {"title", texts.text(language, "api.problem_" + std::string(type.key))},
        {"status", std::int64_t{type.status}},
    };
    if (!refusal.sentence.empty() && texts.find(language, refusal.sentence) != nullptr)
        body.append("detail", texts.text(language, refusal.sentence, refusal.arguments));
    if (!refusal.incident.empty())
        body.append("incident", refusal.incident);
    if (!refusal.findings.empty()) {
        json::Array errors;
        for (const auto& finding : refusal.findings)
            errors.push_back(json_of(finding));
        body.append("errors", std::move(errors));
    }
    auto response = http::json(json::write(std::move(body)), type.status);
    response.set("content-type", "application/problem+json").set("cache-control", "no-store");
    response.set("content-language", std::string(html::code_of(language)));
    if (refusal.retry_after)
        response.set("retry-after", std::to_string(refusal.retry_after->count()));
    return response;
}

}  // namespace api
