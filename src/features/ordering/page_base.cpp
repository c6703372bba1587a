#include "features/ordering/page_base.hpp"

#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/normal_form.hpp"
#include "platform/tenancy/municipalities.hpp"

#include <stdexcept>

namespace ordering {

using http::Response;

namespace {

std::string two_digits(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_time(std::chrono::minutes time)
{
    return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

std::string phone_address(std::string_view phone)
{
    return "tel:" + base::replace_all(phone, " ", "");
}

}  // namespace

std::string
PageBase::text(const identity::Visit& visit, std::string_view key, const html::Arguments& arguments) const
{
    return parts_.texts.text(visit.language, "ordering." + std::string(key), arguments);
}

html::Data PageBase::office(const identity::Visit& visit, const tenancy::Municipality& municipality) const
{
    const auto& office = municipality.office;
    html::List hours;
    for (const auto& span : office.opening_hours) {
        const auto first = text(visit, "day_" + std::to_string(span.first_day));
        const auto last = text(visit, "day_" + std::to_string(span.last_day));
        std::string times;
        for (const auto& [from, until] : span.times)
            times += (times.empty() ? "" : ", ") + clock_time(from) + "–" + clock_time(until);
        html::Data line;
        line.set(
            "days",
            span.first_day == span.last_day ? first : text(visit, "days", {{"first", first}, {"last", last}})
        );
        line.set("times", times);
        hours.push_back(std::move(line));
    }
    html::Data data;
    data.set("municipality", municipality.name)
        .set("name", office.name)
        .set("street", office.street)
        .set("town", office.postal_code + " " + office.town)
        .set("phone", base::replace_all(office.phone, " ", "\u00a0"))  // a number is read as one word
        .set("phone_url", phone_address(office.phone))
        .set("email", office.email)
        .set("email_url", "mailto:" + office.email)
        .set("has_hours", !hours.empty())
        .set("hours", std::move(hours));
    return data;
}

html::FrameMunicipality PageBase::frame_of(const tenancy::Municipality& municipality)
{
    return {
        .name = municipality.name,
        .url = "/" + municipality.slug,
        .theme_url = "/t/" + std::to_string(municipality.bfs_number) + "/theme.css",
    };
}

const catalog::Package* PageBase::package_of(const http::Request& request) const
{
    return parts_.catalog.find(request.route_value("service"));
}

const tenancy::Municipality* PageBase::municipality_of(const http::Request& request) const
{
    return parts_.municipalities.find_by_address(request.route_value("municipality"));
}

const tenancy::Municipality& PageBase::municipality_of(const base::TenantId& tenant) const
{
    const auto* municipality = parts_.municipalities.find_by_tenant(tenant);
    if (municipality == nullptr)
        throw std::runtime_error("tenant " + tenant.text + " is no municipality of the canton");
    return *municipality;
}

http::Response PageBase::problem(
    const http::Request& request, const identity::Visit& visit, std::string_view key, int status
) const
{
    const std::string name(key);
    html::Data data;
    data.set("title", text(visit, name + "_title"))
        .set("happened", text(visit, name + "_happened"))
        .set("next", text(visit, name + "_next"));
    return parts_.show(
        request,
        visit,
        {.page = "ordering/problem",
         .title = text(visit, name + "_title"),
         .data = std::move(data),
         .status = status}
    );
}

std::string service_url(const tenancy::Municipality& municipality, std::string_view service_id)
{
    return "/" + municipality.slug + service_url(service_id);
}

std::optional<Draft> PageBase::find_draft(const http::Request& request, const identity::Visit& visit) const
{
    auto transaction = parts_.database.begin_read_across_tenants();
    return parts_.drafts.find(transaction, {std::string(request.route_value("draft"))}, visit.visitor);
}

html::Data PageBase::birth_field(
    const http::Request& request, const identity::Visit& visit, const std::string& message
) const
{
    const auto typed = [&](std::string_view name) {
        return message.empty() ? std::string() : typed_in(request, name);
    };
    return html::date_field({
        .name = "geburtsdatum",
        .legend = text(visit, "date_of_birth"),
        .hint = text(visit, "date_of_birth_hint"),
        .error = message,
        .day = typed(birth_input),
        .month = typed("geburtsdatum-month"),
        .year = typed("geburtsdatum-year"),
    });
}

std::string typed_in(const http::Request& request, std::string_view name)
{
    return std::string(http::find_field(request.form(), name).value_or(""));
}

std::string typed_birth(const http::Request& request)
{
    const auto date = catalog::normal_date(
        typed_in(request, birth_input),
        typed_in(request, "geburtsdatum-month"),
        typed_in(request, "geburtsdatum-year")
    );
    return date.broken_rule.empty() ? date.value : std::string();
}

int status_of(std::string_view error)
{
    if (error.empty())
        return 200;
    return error == "too_many_tries" ? 429 : 422;
}

std::string draft_url(const DraftId& id)
{
    return "/bestellung/" + id.text;
}

std::string service_url(std::string_view service_id)
{
    return "/leistungen/" + std::string(service_id);
}

html::Data text_list(const std::vector<std::string>& texts)
{
    html::List list;
    for (const auto& text : texts)
        list.emplace_back(text);
    return list;
}

}  // namespace ordering
