#pragma once

#include "features/desk/page_base.hpp"

namespace desk {

// One case with everything a clerk needs to decide, and what they decide.
class CasePages : public PageBase {
public:
    using PageBase::PageBase;

    http::Response show(const http::Request& request, const identity::Visit& visit) const;
    http::Response take(const http::Request& request, const identity::Visit& visit) const;
    http::Response write(const http::Request& request, const identity::Visit& visit) const;
    http::Response decide(const http::Request& request, const identity::Visit& visit) const;
    http::Response document(const http::Request& request, const identity::Visit& visit) const;
    http::Response revoke(const http::Request& request, const identity::Visit& visit) const;

private:
    http::Response case_page(
        const http::Request& request,
        const Visit& visit,
        const std::optional<Decision>& tried,
        std::string_view error,
        const std::string& message = {}  // typed, when the error is about a message
    ) const;
    html::Data task_data(
        const Visit& visit,
        const Dossier& dossier,
        const std::optional<Decision>& tried,
        std::string_view error
    ) const;
    html::Data correction_fields(
        const Visit& visit, const cases::Case& shown, const std::optional<Decision>& tried
    ) const;
    void add_errors(
        html::Data& data,
        const Visit& visit,
        const cases::Case& shown,
        const std::optional<Decision>& tried,
        std::string_view error
    ) const;
    void add_messages(
        html::Data& data,
        const Visit& visit,
        const Dossier& dossier,
        const std::string& typed,
        std::string_view error
    ) const;
    html::Data event_rows(const Visit& visit, const std::vector<cases::Event>& history) const;
    void add_documents(html::Data& data, const Visit& visit, const cases::Case& shown) const;
};

}  // namespace desk
