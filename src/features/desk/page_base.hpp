#pragma once

#include "features/desk/feature.hpp"

#include <string>
#include <string_view>

namespace desk {

// What all pages of the desk share: their texts, addresses, and the page that says who was faster.
class PageBase {
public:
    explicit PageBase(Parts parts) : parts_(std::move(parts)) {}

protected:
    using Visit = identity::Visit;

    static Clerk clerk_of(const Visit& visit) { return {visit.session->tenant, visit.session->name}; }

    std::string text(const Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const;
    std::string state_text(const Visit& visit, cases::State state) const;
    static std::string tag_of(cases::State state
    );  // GOV.UK's tag colours; the text beside them says the same

    static std::string reference(const http::Request& request);
    static std::string case_url(const std::string& reference);
    static std::string retry_url(const runtime::Incident& incident);
    static std::string step_name(const runtime::Incident& incident);

    // Somebody was faster, or the case is not ours to see.
    http::Response refusal(const http::Request& request, const Visit& visit, const base::Error& error) const;

    Parts parts_;
};

}  // namespace desk
