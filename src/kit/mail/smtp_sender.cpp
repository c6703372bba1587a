#include "kit/mail/sender.hpp"

#include <curl/curl.h>

#include <cctype>
#include <memory>
#include <stdexcept>
#include <utility>

namespace mail {

namespace {

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Free>;
using Mime = std::unique_ptr<curl_mime, Free>;
using List = std::unique_ptr<curl_slist, Free>;

void must(CURLcode code)
{
    if (code != CURLE_OK)
        throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
}

template <class Option>
void set(const Handle& handle, CURLoption option, Option value)
{
    must(curl_easy_setopt(handle.get(), option, value));
}

List list_of(const std::vector<std::string>& lines)
{
    List list;
    for (const auto& line : lines) {
        auto* longer = curl_slist_append(list.get(), line.c_str());
        if (!longer)
            throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

// A bare line feed would travel as "=0A"; mail knows CRLF only.
std::string with_mail_line_ends(std::string_view text)
{
    std::string result;
    result.reserve(text.size() + text.size() / 32);
    for (const char letter : text) {
        if (letter == '\r')
            continue;
        if (letter == '\n')
            result += '\r';
        result += letter;
    }
    return result;
}

void add_text(curl_mime* mime, std::string_view text, const char* media_type)
{
    const auto lines = with_mail_line_ends(text);
    auto* part = curl_mime_addpart(mime);
    must(curl_mime_data(part, lines.data(), lines.size()));
    must(curl_mime_type(part, media_type));
    must(curl_mime_encoder(part, "quoted-printable"));
}

void add_texts(const Handle& handle, curl_mime* mime, const Message& message)
{
    if (message.html.empty()) {
        add_text(mime, message.text, "text/plain; charset=utf-8");
        return;
    }
    // The last alternative is the one that readers prefer (RFC 2046 section 5.1.4).
    Mime alternatives(curl_mime_init(handle.get()));
    add_text(alternatives.get(), message.text, "text/plain; charset=utf-8");
    add_text(alternatives.get(), message.html, "text/html; charset=utf-8");
    auto* part = curl_mime_addpart(mime);
    must(curl_mime_subparts(part, alternatives.get()));
    static_cast<void>(alternatives.release());  // belongs to `mime` now
    must(curl_mime_type(part, "multipart/alternative"));
}

// Names beyond ASCII as RFC 2231 has them: libcurl would send the bare bytes.
std::string disposition(std::string_view file_name)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string header = "Content-Disposition: attachment; filename*=UTF-8''";
    for (const char letter : file_name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) != 0 || letter == '.' || letter == '-' || letter == '_')
            header += letter;
        else
            header += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
    }
    return header;
}

void add_attachment(curl_mime* mime, const Attachment& attachment)
{
    auto* part = curl_mime_addpart(mime);
    must(curl_mime_data(part, attachment.content.data(), attachment.content.size()));
    must(curl_mime_type(part, attachment.media_type.c_str()));
    must(curl_mime_encoder(part, "base64"));
    must(curl_mime_headers(part, list_of({disposition(attachment.file_name)}).release(), /*take_ownership=*/1)
    );
}

Mime mime_of(const Handle& handle, const Message& message)
{
    Mime mime(curl_mime_init(handle.get()));
    add_texts(handle, mime.get(), message);
    for (const auto& attachment : message.attachments)
        add_attachment(mime.get(), attachment);
    return mime;
}

void connect(const Handle& handle, const SmtpSettings& settings)
{
    const bool tls_from_the_start =
        settings.encryption == Encryption::required && settings.address.ends_with(":465");
    const auto url = (tls_from_the_start ? "smtps://" : "smtp://") + settings.address + "/" + settings.hello;
    set(handle, CURLOPT_URL, url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle,
        CURLOPT_USE_SSL,
        settings.encryption == Encryption::required ? CURLUSESSL_ALL : CURLUSESSL_NONE);
    set(handle, CURLOPT_TIMEOUT, static_cast<long>(settings.patience.count()));
    if (!settings.user.empty()) {
        set(handle, CURLOPT_USERNAME, settings.user.c_str());
        set(handle, CURLOPT_PASSWORD, settings.password.c_str());
    }
}

// A server that does not let *us* in, or wants encryption first, says nothing about the message: these are
// mistakes in the settings, and the mail must still be there when they are put right (RFC 4954 section 6).
bool is_about_us(long reply)
{
    return reply == 530 || reply == 534 || reply == 535 || reply == 538;
}

base::Result<> outcome(const Handle& handle, CURLcode code)
{
    if (code == CURLE_OK)
        return base::Done{};
    long reply = 0;
    must(curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply));
    const bool is_final = reply >= 500 && reply <= 599 && !is_about_us(reply);
    const auto detail = "SMTP reply " + std::to_string(reply) + ", " + curl_easy_strerror(code);
    if (is_final)
        return base::fail(base::ErrorKind::invalid, "mail.refused", detail);
    return base::fail(base::ErrorKind::unavailable, "mail.unavailable", detail);
}

}  // namespace

SmtpSender::SmtpSender(SmtpSettings settings, const base::Clock& clock)
    : settings_(std::move(settings)), clock_(clock)
{
}

base::Result<> SmtpSender::send(const Message& message)
{
    if (auto checked = check(message); !checked)
        return checked;

    Handle handle(curl_easy_init());
    if (!handle)
        throw std::runtime_error("libcurl: cannot start");
    connect(handle, settings_);
    const auto lines = list_of(headers(message, clock_.now()));
    const auto recipients = list_of({"<" + message.to.address + ">"});
    const auto mime = mime_of(handle, message);
    const auto sender = "<" + message.from.address + ">";
    set(handle, CURLOPT_MAIL_FROM, sender.c_str());
    set(handle, CURLOPT_MAIL_RCPT, recipients.get());
    set(handle, CURLOPT_HTTPHEADER, lines.get());
    set(handle, CURLOPT_MIMEPOST, mime.get());
    return outcome(handle, curl_easy_perform(handle.get()));
}

}  // namespace mail
