#pragma once

#include "kit/api/operation.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace api {

// What the interface needs from the rest of the program; all of it outlives it.
struct Parts {
    const html::Texts& texts;
    std::string public_address;  // "https://schalter.ag.ch"
    std::function<html::Language(const http::Request&)> language_of;
    std::function<std::optional<Caller>(const http::Request&)> caller_of;  // nothing without a good token
};

// All operations of our own interface: routes them, guards and checks each call by what the operation
// declares, and describes them (OpenAPI 3.1). Never changes; safe to share between threads.
class Interface {
public:
    // std::logic_error for two operations or schemas of one name, a reference to no schema, a text that does
    // not exist: a description that is wrong is our own bug.
    Interface(Parts parts, std::vector<Slice> slices);
    Interface(const Interface&) = delete;  // handlers refer to it
    Interface& operator=(const Interface&) = delete;

    std::vector<http::Route> routes() const;

    const std::vector<Operation>& operations() const { return operations_; }
    const Schemas& schemas() const { return schemas_; }
    const json::Value& description(html::Language language) const;

    // The problem as the interface says it to this request: for addresses it does not have, and our faults.
    http::Response refuse(const http::Request& request, const Refusal& refusal) const;

private:
    void add_own_operations();
    void add(Slice slice);
    void require_whole() const;
    http::Response answer(const Operation& operation, const http::Request& request) const;
    Outcome perform(const Operation& operation, const http::Request& request, html::Language language) const;

    Parts parts_;
    std::vector<Operation> operations_;
    Schemas schemas_;
    std::array<json::Value, std::size(html::all_languages)> descriptions_;
};

}  // namespace api
