#pragma once

#include "base/result.hpp"
#include "kit/http/client.hpp"
#include "platform/connectors/finding.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace connectors {

// Where a municipality's business system answers, and with what we show that it is us.
struct Connector {
    std::string address;  // "https://einwohner.musterwil.example/schalter/v1", without a slash at the end
    std::string secret;
};

// What a request is for; the business system keeps it in its log of accesses.
struct Purpose {
    std::string service;    // "hauptwohnsitzbescheinigung"
    std::string reference;  // of the case
    std::string key;        // the same in every repetition of this request
};

// The operation findPerson of the connector contract (docs/connectors.md).
// `unavailable`: no answer, a fault over there, or nonsense; asking again may help.
// `forbidden`: the register refuses to tell. `invalid`: it does not understand our request, or not our
// secret: somebody has to look.
base::Result<std::vector<Person>> find_person(
    http::Client& client,
    const Connector& connector,
    const Wanted& wanted,
    const Purpose& purpose,
    std::chrono::milliseconds patience
);

}  // namespace connectors
