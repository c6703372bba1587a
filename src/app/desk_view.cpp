#include "app/desk_view.hpp"

#include "base/text.hpp"
#include "kit/sql/database.hpp"
#include "platform/catalog/answer_text.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/connectors/register_view.hpp"
#include "platform/documents/documents.hpp"
#include "platform/payments/payments.hpp"

namespace app {

std::vector<desk::AnswerLine> DeskView::answers(const cases::Case& shown, html::Language language) const
{
    const auto* package = catalog.find(shown.service_id);
    const auto* answered = shown.answers.if_object();
    if (package == nullptr || answered == nullptr)
        return {};
    std::vector<desk::AnswerLine> lines;
    for (const auto& text : catalog::answer_texts(package->form, *answered, texts, language)) {
        lines.push_back({
            text.label,
            base::join(text.lines, ", "),
            connectors::register_text(shown.register_data, text.question->key, language),
        });
    }
    return lines;
}

std::optional<desk::PaymentLine> DeskView::payment(const cases::Case& shown, html::Language language) const
{
    auto transaction = database.begin_read(shown.tenant);
    const auto found = money.of_case(transaction, shown.id);
    if (!found)
        return std::nullopt;
    const auto state = texts.text(language, "payments.state_" + std::string(payments::name_of(found->state)));
    return desk::PaymentLine{html::show_money(language, found->amount), state};
}

std::vector<desk::DocumentLine> DeskView::documents(const cases::Case& shown, html::Language language) const
{
    auto transaction = database.begin_read(shown.tenant);
    std::vector<desk::DocumentLine> lines;
    for (const auto& document : papers.of_case(transaction, shown.id))
        lines.push_back(
            {document.titles.in(language), document.id.text, document.state == documents::State::revoked}
        );
    return lines;
}

std::optional<http::Response> DeskView::document(const cases::Case& shown, const std::string& id) const
{
    auto transaction = database.begin_read(shown.tenant);
    const auto found = papers.find(transaction, {id});
    if (!found || found->case_id != shown.id)
        return std::nullopt;
    auto content = papers.content(transaction, {id});
    if (!content)
        return std::nullopt;
    http::Response response{200, {}, std::move(content->bytes)};
    response.set("content-type", content->media_type).set("x-content-type-options", "nosniff");
    return response.set("content-disposition", "inline; filename=\"" + content->file_name + "\"");
}

bool DeskView::revoke(const cases::Case& shown, const std::string& id, const std::string& who) const
{
    auto transaction = database.begin(shown.tenant);
    const auto found = papers.find(transaction, {id});
    if (!found || found->case_id != shown.id || !papers.revoke(transaction, {id}))
        return false;
    if (found->state != documents::State::revoked)
        history.record(transaction, shown.id, {clock.now(), "document_revoked", who, {}, /*is_public=*/true});
    transaction.commit();
    return true;
}

}  // namespace app
