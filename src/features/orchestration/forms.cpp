#include "features/orchestration/forms.hpp"

namespace orchestration {

http::Response
form_response(const Parts& parts, sql::Transaction& transaction, const runtime::Definition& form)
{
    return json_response({
        {"tenantId", form.tenant.text},
        {"formId", form.id},
        {"schema", parts.runtime.definition_file(transaction, form.key).value_or("")},
        {"version", std::int64_t{form.version}},
        {"formKey", form.key},
    });
}

namespace {

// Nothing starts a process with a form here: what starts it is the portal's own.
Answer show_start_form(const Parts& parts, const Call& call)
{
    auto transaction = parts.database.begin_read(call.tenant);
    if (parts.runtime.definitions(transaction, {.key = call.key("key")}).empty())
        return unknown("process definition " + call.key("key"));
    return http::empty(204);
}

// A version that is not to be started any more: a process, a decision or a form.
Answer remove(const Parts& parts, const Call& call)
{
    const auto removed = parts.runtime.remove_definition(call.tenant, call.key("key"));
    if (!removed && removed.error().kind == base::ErrorKind::not_found)
        return unknown("resource " + call.key("key"));
    if (!removed)
        return removed.error();
    return json_response({{"resourceKey", call.key("key")}, {"batchOperation", nullptr}});
}

}  // namespace

std::vector<Operation> form_operations()
{
    return {
        {http::Method::get, "/process-definitions/{key}/form", "processes", show_start_form},
        {http::Method::post, "/resources/{key}/deletion", "deploy", remove},
    };
}

}  // namespace orchestration
