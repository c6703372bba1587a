#pragma once

#include "kit/html/texts.hpp"
#include "kit/http/response.hpp"
#include "kit/json/json.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {
struct Error;
}

namespace api {

// Where the interface stands; a version that breaks clients would get another address beside it.
inline constexpr std::string_view address = "/api/v1";

// What can go wrong, as RFC 9457 wants it: one stable type each.
enum class Problem {
    malformed,           // 400
    unauthorized,        // 401
    forbidden,           // 403
    not_found,           // 404
    method_not_allowed,  // 405
    conflict,            // 409
    unsupported_media,   // 415
    invalid,             // 422
    too_many,            // 429
    our_fault,           // 500
    unavailable,         // 503
};

struct ProblemType {
    Problem problem;
    int status;
    std::string_view name;  // "not-found"; the last part of its address
    std::string_view key;   // texts "api.problem_<key>" and "api.problem_<key>_explained"
};
std::span<const ProblemType> problem_types();
const ProblemType& type_of(Problem problem);

// One thing that is wrong in a call, for the program and for whoever reads its log.
struct Finding {
    std::string pointer;    // RFC 6901 into the body
    std::string parameter;  // of the path, the query or the headers; empty: it is about the body
    std::string code;       // "too_long"
    std::string detail;     // a sentence in the caller's language
};

// Why an operation does not do what was asked.
struct Refusal {
    Problem problem = Problem::invalid;
    std::string sentence = {};  // key of a text; empty: the title says all
    html::Arguments arguments = {};
    std::vector<Finding> findings = {};
    std::optional<std::chrono::seconds> retry_after = {};
    std::string incident = {};  // where it is our fault
};

// The problem of an error's kind with the text of its message key, where it has one.
Refusal refusal_of(const base::Error& error);

// application/problem+json. The type is an address at which the interface explains it.
http::Response problem_response(const html::Texts& texts, html::Language language, const Refusal& refusal);

}  // namespace api
