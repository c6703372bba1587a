// What residents' accounts need from the other rooms: mails, orders, work in the background.
#include "app/portal_parts.hpp"
#include "base/date.hpp"

#include <stdexcept>

namespace app {

using namespace std::chrono_literals;

std::chrono::days account_unused_days(const base::Settings& settings)
{
    constexpr std::string_view key = "identity.account_unused_days";
    const auto days = settings.integer(key);
    // Less would warn people who use their account now and then.
    constexpr std::int64_t least = 60;
    constexpr std::int64_t most = 36'500;
    if (days < least || days > most)
        throw std::runtime_error(
            std::string(key) + ": a number from 60 to 36500 expected, found " + settings.text(key)
        );
    return std::chrono::days(days);
}

void Portal::Parts::post(
    sql::Transaction& transaction, std::string_view to, std::string subject, std::string body
)
{
    mail::Message message;
    message.from = {"", settings.text("mail.sender")};
    message.to = {"", std::string(to)};
    message.subject = std::move(subject);
    message.text = std::move(body);
    if (const auto put = outbox.put(transaction, std::move(message)); !put)
        report("mail", put.error().message_key);
}

// Without what business systems said about the person: that is the municipality's.
json::Value Portal::Parts::orders_of(std::string_view email)
{
    std::vector<cases::Case> own;
    {
        auto transaction = database.begin_read_across_tenants();
        own = cases.of_email(transaction, email);
    }
    json::Array list;
    for (const auto& each : own) {
        auto transaction = database.begin_read(each.tenant);
        json::Array events;
        for (const auto& event : cases.history(transaction, each.id))
            if (event.is_public)
                events.push_back(json::Object{
                    {"at", base::format_instant(event.at)}, {"event", event.kind}, {"detail", event.detail}});
        json::Array written;
        for (const auto& message : messages.of_case(transaction, each.id))
            written.push_back(json::Object{
                {"at", base::format_instant(message.written_at)},
                {"from", message.is_of_resident ? std::string("resident") : message.author},
                {"text", message.text}});
        const auto rating = ratings.of_case(transaction, each.id);
        list.push_back(json::Object{
            {"reference", each.reference},
            {"service", each.service_id},
            {"title", service_title(each.service_id, each.language)},
            {"authority", authority_name(each.tenant)},
            {"state", cases::name_of(each.state)},
            {"language", html::code_of(each.language)},
            {"createdAt", base::format_instant(each.created_at)},
            {"changedAt", base::format_instant(each.changed_at)},
            {"email", each.email},
            {"dateOfBirth", each.date_of_birth},
            {"answers", each.answers},
            {"events", std::move(events)},
            {"messages", std::move(written)},
            {"rating",
             rating ? json::Value(json::Object{{"stars", rating->stars}, {"remark", rating->remark}})
                    : json::Value()},
        });
    }
    return list;
}

void Portal::Parts::register_account_work()
{
    runner.every("identity.purge", 1h, [this] {
        sessions.purge();
        second_step.purge();
    });
    runner.every("identity.forget_logins", 24h, [this] { accounts.purge(); });
    runner.every("identity.unused_accounts", 1h, [this] {
        leaving.warn_unused([this](sql::Transaction& transaction, const identity::Account& account) {
            const auto until =
                std::chrono::floor<std::chrono::days>(world.clock.now() + identity::Leaving::warning_time);
            post(
                transaction,
                account.email,
                texts.text(account.language, "identity.mail_unused_subject"),
                texts.text(
                    account.language,
                    "identity.mail_unused_body",
                    {{"date", html::show_date(account.language, until)},
                     {"link", public_address + "/konto/anmelden"}}
                )
            );
        });
        leaving.remove_unused();
    });
}

}  // namespace app
