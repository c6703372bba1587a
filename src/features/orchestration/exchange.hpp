#pragma once

#include "features/orchestration/feature.hpp"
#include "kit/json/json.hpp"
#include "kit/sql/database.hpp"
#include "process/feel/value.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orchestration {

// One call as the slices see it: who makes it, for which authority, with what.
struct Call {
    const http::Request& request;
    clients::Client client;
    base::TenantId tenant;
    json::Value body;  // an object; empty without a JSON body

    std::string key(std::string_view name) const { return std::string(request.route_value(name)); }
};

using Answer = base::Result<http::Response>;
using Work = std::function<Answer(const Parts& parts, const Call& call)>;

// One line of the interface.
struct Operation {
    http::Method method;
    std::string pattern;  // below /v2
    std::string scope;    // that the client needs; empty: any client
    Work work;
};

// Answers `base::Error`s as problems (RFC 9457), finds the client, its tenant and the body.
http::Handler handler(const Parts& parts, const Operation& operation);
http::Response
problem(const html::Texts& texts, const http::Request& request, int status, std::string detail = {});
http::Response respond(const Parts& parts, const http::Request& request, Answer answer);

// Lets something be done in one transaction of the tenant, again when it meets another; an error undoes it.
Answer in_transaction(
    const Parts& parts, const base::TenantId& tenant, const std::function<Answer(sql::Transaction&)>& work
);

// Makes a change and answers 204. What is not there is `what` with the call's key, where that is said.
Answer change(
    const Parts& parts,
    const Call& call,
    const std::function<base::Result<>(sql::Transaction&)>& make,
    std::string_view what = {}
);

// All variables, or those whose names are asked for.
runtime::Variables chosen(const runtime::Variables& all, const json::Value* names);

// The slices' operations.
std::vector<Operation> topology_operations();
std::vector<Operation> deployment_operations();
std::vector<Operation> instance_operations();
std::vector<Operation> element_operations();
std::vector<Operation> variable_operations();
std::vector<Operation> job_operations();
std::vector<Operation> message_operations();
std::vector<Operation> task_operations();
std::vector<Operation> incident_operations();
std::vector<Operation> decision_operations();
std::vector<Operation> form_operations();

// Whom a call is for; without a name, or with "<default>", the client's own authority. `forbidden` when the
// client does not serve it.
base::Result<base::TenantId> tenant_named(std::string_view name, const clients::Client& client);

// `invalid` with what is wrong in the call, for people who write clients.
base::Error wrong(std::string detail);
base::Error unknown(std::string what);

// Variables of a body's member; none when it is absent or null. `invalid` when it is no object.
base::Result<runtime::Variables> variables_of(const json::Value& body, std::string_view member = "variables");
json::Value json_of(const runtime::Variables& variables);
json::Value or_null(const std::string& text);
// Of a member that is a list of objects; what is no list is an empty one.
json::Array list_of(const json::Value& body, std::string_view member);
std::int64_t number_of(const json::Value& body, std::string_view member, std::int64_t otherwise);
json::Value instant_or_null(const std::optional<base::Instant>& instant);

http::Response json_response(json::Object body);

}  // namespace orchestration
