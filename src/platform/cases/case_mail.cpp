#include "platform/cases/case_mail.hpp"

#include "kit/mail/outbox.hpp"

namespace cases {

using base::ErrorKind;
using base::fail;

base::Result<bool> CaseMail::put(
    sql::Transaction& transaction, const Case& about, std::string_view name, Recipient recipient
) const
{
    const bool to_authority = recipient == Recipient::authority;
    const auto language = to_authority ? html::Language::de : about.language;
    std::string key = "cases.mail_";
    key += name;
    if (parts_.texts.find(language, key + "_subject") == nullptr)
        return fail(ErrorKind::not_found, "cases.unknown_mail", std::string(name));

    const auto arguments = arguments_for(transaction, about, language);
    mail::Message message;
    message.from = {parts_.authority_name(about.tenant), parts_.sender_address};
    message.to = {"", to_authority ? parts_.authority_email(about.tenant) : about.email};
    message.subject = parts_.texts.text(language, key + "_subject", arguments);
    message.text = parts_.texts.text(language, key + "_body", arguments);
    message.language = html::code_of(language);
    if (message.to.address.empty())
        return false;
    if (const auto put = parts_.outbox.put(transaction, std::move(message)); !put)
        return put.error();
    return true;
}

html::Arguments
CaseMail::arguments_for(sql::Transaction& transaction, const Case& about, html::Language language) const
{
    return {
        {"reference", about.reference},
        {"service", parts_.service_title(about.service_id, language)},
        {"municipality", parts_.authority_name(about.tenant)},
        {"link", parts_.public_address + "/vorgang/" + parts_.cases.add_link(transaction, about.id)},
        {"desk_link", parts_.public_address + "/schalter/vorgang/" + about.reference},
    };
}

}  // namespace cases
