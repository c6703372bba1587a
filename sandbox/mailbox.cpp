#include "sandbox/mailbox.hpp"

#include "base/date.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sandbox {

namespace {

std::size_t number_in(std::string_view text)
{
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace

Mailbox::Mailbox(const base::Clock& clock, const Pages& pages) : clock_(clock), pages_(pages) {}

void Mailbox::take(const RawMail& mail)
{
    Kept kept{clock_.now(), mail.recipients, read_mail(mail.content)};
    const std::lock_guard lock(mutex_);
    mails_.push_back(std::move(kept));
}

http::Response Mailbox::handle(const http::Request& request) const
{
    if (request.method != http::Method::get)
        return http::empty(405);
    if (request.path == "/")
        return list();
    if (request.path == "/mails.json")
        return http::json(json::write_pretty(all(request.query_value("to").value_or(""))));
    const auto parts = base::split(std::string_view(request.path).substr(1), '/');
    return show(number_in(parts[0]), parts.size() > 1 ? parts[1] : std::string_view());
}

json::Value Mailbox::all(std::string_view to) const
{
    const std::lock_guard lock(mutex_);
    json::Array shown;
    for (const Kept& kept : mails_) {
        if (!to.empty() && std::ranges::find(kept.recipients, to) == kept.recipients.end())
            continue;
        json::Array attachments;
        for (const MailAttachment& attachment : kept.mail.attachments)
            attachments.push_back(json::Object{
                {"fileName", attachment.file_name},
                {"mediaType", attachment.media_type},
                {"size", static_cast<std::int64_t>(attachment.content.size())},
            });
        shown.push_back(json::Object{
            {"at", base::format_instant(kept.at)},
            {"to", json::Array(kept.recipients.begin(), kept.recipients.end())},
            {"from", kept.mail.from},
            {"subject", kept.mail.subject},
            {"messageId", kept.mail.message_id},
            {"language", kept.mail.language},
            {"text", kept.mail.text},
            {"html", kept.mail.html},
            {"attachments", std::move(attachments)},
        });
    }
    return shown;
}

void Mailbox::reset()
{
    const std::lock_guard lock(mutex_);
    mails_.clear();
}

http::Response Mailbox::list() const
{
    html::Data rows{html::List{}};
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t index = mails_.size(); index > 0; --index) {
            const Kept& kept = mails_[index - 1];
            rows.push(html::Data()
                          .set("url", "/" + std::to_string(index))
                          .set("time", html::show_instant(html::Language::de, kept.at))
                          .set("to", base::join(kept.recipients, ", "))
                          .set("subject", kept.mail.subject));
        }
    }
    const bool is_empty = rows.if_list()->empty();
    return pages_.answer(
        "sandbox/mails", html::Data().set("mails", std::move(rows)).set("is_empty", is_empty)
    );
}

http::Response Mailbox::show(std::size_t number, std::string_view attachment) const
{
    const std::lock_guard lock(mutex_);
    if (number == 0 || number > mails_.size())
        return http::empty(404);
    const Kept& kept = mails_[number - 1];
    if (!attachment.empty()) {
        const std::size_t index = number_in(attachment);
        if (index == 0 || index > kept.mail.attachments.size())
            return http::empty(404);
        const MailAttachment& file = kept.mail.attachments[index - 1];
        http::Response response{200, {{"content-type", file.media_type}}, file.content};
        return response;
    }
    html::Data files{html::List{}};
    for (std::size_t index = 0; index < kept.mail.attachments.size(); ++index)
        files.push(html::Data()
                       .set("url", "/" + std::to_string(number) + "/" + std::to_string(index + 1))
                       .set("name", kept.mail.attachments[index].file_name));
    // Links in the text are what testers want to follow: each line that is one becomes one.
    html::Data lines{html::List{}};
    for (const auto line : base::split(kept.mail.text, '\n')) {
        const auto trimmed = base::trim(line);
        const bool is_link = trimmed.starts_with("http://") || trimmed.starts_with("https://");
        lines.push(html::Data().set("is_link", is_link).set("text", is_link ? trimmed : line));
    }
    html::Data data;
    data.set("from", kept.mail.from)
        .set("to", base::join(kept.recipients, ", "))
        .set("subject", kept.mail.subject)
        .set("time", html::show_instant(html::Language::de, kept.at))
        .set("lines", std::move(lines))
        .set("has_files", !kept.mail.attachments.empty())
        .set("files", std::move(files));
    return pages_.answer("sandbox/mail", data);
}

}  // namespace sandbox
