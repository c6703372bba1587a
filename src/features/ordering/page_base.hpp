#pragma once

#include "features/ordering/feature.hpp"
#include "kit/html/frame.hpp"
#include "platform/tenancy/municipality.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {
struct Package;
}

namespace ordering {

// What all pages of this room share: their texts, and the municipality in the header.
class PageBase {
public:
    explicit PageBase(Parts parts) : parts_(std::move(parts)) {}

protected:
    std::string
    text(const identity::Visit& visit, std::string_view key, const html::Arguments& arguments = {}) const;

    // Where to turn to instead: address, phone, opening hours.
    html::Data office(const identity::Visit& visit, const tenancy::Municipality& municipality) const;
    static html::FrameMunicipality frame_of(const tenancy::Municipality& municipality);

    // A service as it stands in lists; its link leads to the municipality's page of it, if one is given.
    html::Data card(
        const identity::Visit& visit,
        const catalog::Package& package,
        const tenancy::Municipality* municipality
    ) const;
    html::Data cards(
        const identity::Visit& visit,
        const std::vector<const catalog::Package*>& packages,
        const tenancy::Municipality* municipality
    ) const;
    // Each under its first category, in the vocabulary's order.
    html::Data groups(
        const identity::Visit& visit,
        const std::vector<const catalog::Package*>& packages,
        const tenancy::Municipality* municipality
    ) const;
    html::Data service_data(const identity::Visit& visit, const catalog::Package& package) const;

    // This browser's, by the route's "draft".
    std::optional<Draft> find_draft(const http::Request& request, const identity::Visit& visit) const;

    // The field in which people give their date of birth as a second factor; `message` says what was wrong
    // with it, and shows again what was typed.
    html::Data
    birth_field(const http::Request& request, const identity::Visit& visit, const std::string& message) const;

    const catalog::Package* package_of(const http::Request& request) const;  // by the route's "service"
    // By the route's "municipality": slug or BFS number, of a former one too.
    const tenancy::Municipality* municipality_of(const http::Request& request) const;
    const tenancy::Municipality& municipality_of(const base::TenantId& tenant) const;

    http::Response problem(
        const http::Request& request, const identity::Visit& visit, std::string_view key, int status
    ) const;

    Parts parts_;

private:
    html::Data marks(const identity::Visit& visit, const catalog::Package& package) const;
};

// What was typed into a search field: trimmed, of bearable length, "" when it is no text.
std::string query_of(const http::Request& request);

// A field of the form that was sent; "" when it brought none.
std::string typed_in(const http::Request& request, std::string_view name);
// ISO 8601, from the fields of birth_field; "" when they hold no date.
std::string typed_birth(const http::Request& request);
// What an error summary points to for it.
inline constexpr std::string_view birth_input = "geburtsdatum-day";
// The status of a page that asks again: too many tries are said by the status too.
int status_of(std::string_view error);

// "/aarau/leistungen/hauptwohnsitzbescheinigung"
std::string service_url(const tenancy::Municipality& municipality, std::string_view service_id);
std::string service_url(std::string_view service_id);
std::string draft_url(const DraftId& id);

html::Data text_list(const std::vector<std::string>& texts);

}  // namespace ordering
