#include "kit/mail/message.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <utility>

namespace mail {

namespace {

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char letter) { return letter >= 0x20 && letter < 0x7F; });
}

// RFC 5322 section 3.2.3: what needs no quotes.
bool is_atom_letter(char letter)
{
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || signs.find(letter) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text)
{
    const auto atoms = base::split(text, '.');
    return std::all_of(atoms.begin(), atoms.end(), [](std::string_view atom) {
        return !atom.empty() && std::all_of(atom.begin(), atom.end(), is_atom_letter);
    });
}

bool is_host_label(std::string_view label)
{
    const auto may_stand = [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-';
    };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), may_stand);
}

bool is_one_line(std::string_view text)
{
    return base::is_valid_utf8(text) && !base::has_control_characters(text) &&
           text.find_first_of("\r\n\t") == std::string_view::npos;
}

// One or more encoded words of at most 75 characters, never cut inside a character (RFC 2047 sections 2, 5).
std::string encoded_words(std::string_view text)
{
    constexpr std::size_t most_bytes = 45;  // 60 characters of base 64, and 12 around them
    std::vector<std::string> words;
    while (!text.empty()) {
        auto length = std::min(most_bytes, text.size());
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80)
            --length;
        words.push_back("=?UTF-8?B?" + crypto::base64(text.substr(0, length)) + "?=");
        text.remove_prefix(length);
    }
    return base::join(words, "\r\n ");
}

std::string unstructured(std::string_view text)
{
    return is_ascii(text) && text.find("=?") == std::string_view::npos ? std::string(text)
                                                                       : encoded_words(text);
}

std::string phrase(std::string_view name)
{
    if (!is_ascii(name))
        return encoded_words(name);
    std::string quoted = "\"";
    for (const char letter : name) {
        if (letter == '"' || letter == '\\')
            quoted += '\\';
        quoted += letter;
    }
    return quoted + '"';
}

std::string written(const Mailbox& mailbox)
{
    if (mailbox.name.empty())
        return mailbox.address;
    return phrase(mailbox.name) + " <" + mailbox.address + ">";
}

// "Wed, 25 Nov 2026 12:05:32 +0000" (RFC 5322 section 3.3), in no locale.
std::string date(base::Instant now)
{
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
    const auto two = [](auto number) {
        const auto text = std::to_string(number);
        return text.size() < 2 ? "0" + text : text;
    };
    return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " +
           std::to_string(static_cast<unsigned>(date.day())) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " +
           std::to_string(static_cast<int>(date.year())) + " " + two(time.hours().count()) + ":" +
           two(time.minutes().count()) + ":" + two(time.seconds().count()) + " +0000";
}

bool is_media_type(std::string_view text)
{
    const auto parts = base::split(text, '/');
    return parts.size() == 2 && is_dot_atom(parts[0]) && is_dot_atom(parts[1]);
}

base::Error refused(std::string_view what)
{
    return base::fail(base::ErrorKind::invalid, "mail.malformed", std::string(what));
}

}  // namespace

bool is_address(std::string_view text)
{
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at > 64 || text.size() > 254)
        return false;
    const auto labels = base::split(text.substr(at + 1), '.');
    return is_dot_atom(text.substr(0, at)) && std::all_of(labels.begin(), labels.end(), is_host_label);
}

base::Result<> check(const Message& message)
{
    if (!is_address(message.id))
        return refused("a message id \"unique@host\" expected");
    if (!is_address(message.from.address) || !is_address(message.to.address))
        return refused("a sender and a recipient with an e-mail address expected");
    if (!message.reply_to.empty() && !is_address(message.reply_to))
        return refused("an e-mail address to reply to expected");
    for (const auto* line : {&message.from.name, &message.to.name, &message.subject, &message.language})
        if (!is_one_line(*line))
            return refused("names, subject and language of one line expected");
    if (message.text.empty() || !base::is_valid_utf8(message.text) || !base::is_valid_utf8(message.html))
        return refused("a text in UTF-8 expected");
    for (const auto& attachment : message.attachments)
        if (!is_one_line(attachment.file_name) || attachment.file_name.empty() ||
            !is_media_type(attachment.media_type))
            return refused("attachments with a file name and a media type expected");
    return base::Done{};
}

std::vector<std::string> headers(const Message& message, base::Instant now)
{
    std::vector<std::string> lines{
        "Date: " + date(now),
        "Message-ID: <" + message.id + ">",
        "From: " + written(message.from),
        "To: " + written(message.to),
        "Subject: " + unstructured(message.subject),
        // No answers from machines to a machine (RFC 3834).
        "Auto-Submitted: auto-generated",
    };
    if (!message.reply_to.empty())
        lines.push_back("Reply-To: " + message.reply_to);
    if (!message.language.empty())
        lines.push_back("Content-Language: " + message.language);
    return lines;
}

}  // namespace mail
