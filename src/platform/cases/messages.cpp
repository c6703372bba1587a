#include "platform/cases/messages.hpp"

#include "base/text.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/case_mail.hpp"
#include "platform/cases/case_store.hpp"
#include "platform/cases/cases.hpp"

#include <algorithm>
#include <stdexcept>

namespace cases {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view text_purpose = "case.message";

constexpr sql::Statement insert_message = R"sql(
    INSERT INTO case_messages (tenant_id, case_id, number, written_at, is_of_resident, author, text, asks_correction)
    SELECT :tenant_id, :case_id, COALESCE(MAX(number), 0) + 1, CAST(:written_at AS BIGINT),
           CAST(:is_of_resident AS INTEGER), :author, :text, CAST(:asks_correction AS INTEGER)
    FROM case_messages WHERE tenant_id = :tenant_id AND case_id = :case_id)sql";
constexpr sql::Statement select_messages = R"sql(
    SELECT written_at, is_of_resident, author, text, asks_correction FROM case_messages
    WHERE tenant_id = :tenant_id AND case_id = :case_id ORDER BY number)sql";

}  // namespace

Messages::Messages(const base::Clock& clock, const crypto::Sealer& sealer, Cases& cases, const CaseMail& mail)
    : clock_(clock), sealer_(sealer), cases_(cases), mail_(mail)
{
}

base::Result<> Messages::write(sql::Transaction& transaction, const Case& about, Message message) const
{
    message.text = base::trim(message.text);
    message.written_at = clock_.now();
    if (message.text.empty())
        return fail(ErrorKind::invalid, "cases.message_missing");
    if (!base::is_valid_utf8(message.text) || base::count_code_points(message.text) > longest_message)
        return fail(ErrorKind::invalid, "cases.message_too_long");
    transaction.execute_one(
        insert_message,
        {{"tenant_id", transaction.tenant().text},
         {"case_id", about.id.text},
         {"written_at", message.written_at.time_since_epoch().count()},
         {"is_of_resident", message.is_of_resident ? 1 : 0},
         {"author", message.author},
         {"text", sealer_.seal(message.text, text_purpose, owner_of(about.tenant, about.id))},
         {"asks_correction", message.asks_correction ? 1 : 0}}
    );
    const std::string kind = message.is_of_resident    ? "resident_wrote"
                             : message.asks_correction ? "correction_asked"
                                                       : "authority_wrote";
    cases_.record(
        transaction,
        about.id,
        {message.written_at, kind, message.is_of_resident ? "resident" : message.author, {}, true}
    );
    const auto put = mail_.put(
        transaction,
        about,
        message.is_of_resident ? "resident_wrote" : "authority_wrote",
        message.is_of_resident ? Recipient::authority : Recipient::applicant
    );
    return put ? base::Result<>(base::Done{}) : put.error();
}

std::vector<Message> Messages::of_case(sql::Transaction& transaction, const CaseId& id) const
{
    const auto owner = owner_of(transaction.tenant(), id);
    return transaction.all(
        select_messages,
        {{"tenant_id", transaction.tenant().text}, {"case_id", id.text}},
        [&](const sql::Row& row) {
            auto text = sealer_.open(row.blob(3), text_purpose, owner);
            if (!text)
                throw std::runtime_error("case " + id.text + ": a message cannot be read");
            return Message{
                base::Instant(std::chrono::milliseconds(row.integer(0))),
                row.integer(1) != 0,
                row.text(2),
                *std::move(text),
                row.integer(4) != 0};
        }
    );
}

bool awaits_correction(const std::vector<Message>& messages, const std::vector<Event>& history)
{
    const auto asked = std::ranges::find_if(messages.rbegin(), messages.rend(), &Message::asks_correction);
    if (asked == messages.rend())
        return false;
    return std::ranges::none_of(history, [&](const Event& event) {
        return event.kind == "corrected" && event.who == "resident" && event.at >= asked->written_at;
    });
}

}  // namespace cases
