#include "platform/connectors/business_system.hpp"

namespace connectors {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t longest_answer = 256U << 10U;

std::string search_body(const Wanted& wanted, const Purpose& purpose)
{
    json::Object person{
        {"officialName", wanted.last_name},
        {"firstName", wanted.first_name},
        {"dateOfBirth", json::Object{{"yearMonthDay", wanted.date_of_birth}}},
    };
    if (!wanted.ahv_number.empty())
        person.append("vn", wanted.ahv_number);
    return json::write(json::Object{
        {"municipalityId", wanted.municipality},
        {"serviceId", purpose.service},
        {"ourBusinessReferenceId", purpose.reference},
        {"person", person},
    });
}

// What an answer other than 200 means. Its text is not passed on: it may name the person.
base::Error refusal(int status)
{
    const std::string detail = "the business system answered " + std::to_string(status);
    switch (status) {
    case 403: return fail(ErrorKind::forbidden, "connectors.refused", detail);
    case 400:
    case 401:
    case 404:
    case 409:
    case 422: return fail(ErrorKind::invalid, "connectors.misunderstood", detail);
    default: return fail(ErrorKind::unavailable, "connectors.unavailable", detail);
    }
}

}  // namespace

Result<std::vector<Person>> find_person(
    http::Client& client,
    const Connector& connector,
    const Wanted& wanted,
    const Purpose& purpose,
    std::chrono::milliseconds patience
)
{
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = connector.address + "/persons/search";
    request.headers = {
        {"Authorization", "Bearer " + connector.secret},
        {"Content-Type", "application/json"},
        {"Accept", "application/json, application/problem+json"},
        {"Idempotency-Key", purpose.key},
        {"Schalter-Contract", "1"},
    };
    request.body = search_body(wanted, purpose);
    request.timeout = patience;
    // One host may serve many municipalities; one of them that is not well does not silence the others.
    request.circuit = connector.address;
    request.response_limit = longest_answer;
    const auto response = client.send(request);
    if (!response)
        return fail(ErrorKind::unavailable, "connectors.unavailable", response.error().detail);
    if (response->status != 200)
        return refusal(response->status);
    return parse_persons(response->body);
}

}  // namespace connectors
