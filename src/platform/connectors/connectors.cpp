#include "platform/connectors/connectors.hpp"

#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/connectors/connector_store.hpp"

#include <charconv>

namespace connectors {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// What is kept at the case: the whole record, for the clerk and for the document.
json::Value register_data(const std::vector<Person>& persons, base::Instant now)
{
    json::Array all;
    for (const Person& person : persons)
        all.push_back(person_json(person));
    json::Value person = all.size() == 1 ? all.front() : json::Value();
    return json::Object{
        {"askedAt", base::format_instant(now)},
        {"person", std::move(person)},
        {"persons", std::move(all)},
    };
}

}  // namespace

Connectors::Connectors(Parts parts) : parts_(parts) {}

void Connectors::set_connector(sql::Transaction& transaction, const Connector& connector)
{
    ConnectorStore(transaction, parts_.sealer).save(connector);
}

Result<Finding>
Connectors::fetch_person(const base::TenantId& tenant, const cases::CaseId& id, const std::string& key)
{
    std::optional<cases::Case> ordered;
    std::optional<Connector> connector;
    {
        auto reads = parts_.database.begin_read(tenant);
        ordered = parts_.cases.find(reads, id);
        connector = ConnectorStore(reads, parts_.sealer).find();
    }
    if (!ordered)
        return fail(ErrorKind::not_found, "connectors.unavailable", "no such case");
    if (!connector)
        return fail(ErrorKind::not_found, "connectors.unavailable", "the tenant has no business system");

    const Wanted wanted = wanted_in(*ordered);
    const Purpose purpose{ordered->service_id, ordered->reference, key};
    const auto persons = find_person(parts_.client, *connector, wanted, purpose, parts_.patience);
    if (!persons)
        return persons.error();

    const auto now = parts_.clock.now();
    auto transaction = parts_.database.begin(tenant);
    parts_.cases.keep_register_data(transaction, id, register_data(*persons, now));
    parts_.cases.record(transaction, id, {now, "register", "system", {}, /*is_public=*/false});
    transaction.commit();
    return assess(wanted, *persons, std::chrono::floor<std::chrono::days>(now));
}

Wanted wanted_in(const cases::Case& ordered)
{
    Wanted wanted;
    wanted.last_name = ordered.answers.text_of("person.last_name");
    wanted.first_name = ordered.answers.text_of("person.first_name");
    wanted.date_of_birth = ordered.answers.text_of("person.date_of_birth", ordered.date_of_birth);
    wanted.ahv_number = ordered.answers.text_of("person.ahv_number");
    const std::string& tenant = ordered.tenant.text;
    std::from_chars(tenant.data(), tenant.data() + tenant.size(), wanted.municipality);
    return wanted;
}

}  // namespace connectors
