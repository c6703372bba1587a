#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "kit/html/texts.hpp"
#include "kit/json/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cases {

using CaseId = base::Id<struct CaseTag>;

// Where a case stands. The texts that residents and clerks read are "cases.state_<name>".
enum class State { awaiting_payment, in_progress, with_clerk, completed, refused, expired, withdrawn };
std::string_view name_of(State state);
std::optional<State> parse_state(std::string_view name);

// Every legal change of a case's state and why it happens; what is not listed cannot happen.
struct Transition {
    State from;
    State to;
    std::string_view reason;
};
std::span<const Transition> transitions();
bool may_become(State from, State to);
bool is_final(State state);

// Something that somebody asked an authority for (Vorgang).
struct Case {
    base::TenantId tenant;
    CaseId id;
    std::string reference;   // what people say on the phone: "AG-4001-7K3M-9QXP"
    std::string service_id;  // "hauptwohnsitzbescheinigung"
    html::Language language = html::Language::de;
    State state = State::awaiting_payment;
    json::Value answers;        // by question key, as the form stored them: {"person.first_name": "…"}
    json::Value register_data;  // what the business system said (docs/connectors.md), null before
    std::string email;
    std::string date_of_birth;  // ISO 8601; the second factor of the link
    std::string instance_id;    // of the process that runs it
    base::Instant created_at;
    base::Instant changed_at;
    std::optional<std::string> handler;  // the clerk who took it, by name
};

// What lists show: "Keller Anna", from the answers person.last_name and person.first_name.
std::string applicant_of(const json::Value& answers);

// Whose case a reference means: "AG-4001-7K3M-9QXP" is one of 4001. Nothing for a text that is none.
std::optional<base::TenantId> tenant_of_reference(std::string_view reference);

// One line of what happened, in the resident's timeline ("cases.event_<kind>") or only for staff.
struct Event {
    base::Instant at;
    std::string kind;    // "received", "paid", "with_clerk", "document_ready", "incident", …
    std::string who;     // "resident", "system", or a clerk's name
    std::string detail;  // a sentence written by a person, or empty
    bool is_public = true;
};

}  // namespace cases
