#include "sandbox/smtp.hpp"

#include "base/text.hpp"

#include <utility>

namespace sandbox {

namespace {

constexpr std::size_t longest_mail = 25U << 20U;

// The address in "FROM:<anna@example.org> SIZE=100".
std::string address_in(std::string_view argument)
{
    const auto start = argument.find('<');
    const auto end = argument.find('>', start);
    if (start == std::string_view::npos || end == std::string_view::npos)
        return {};
    return std::string(argument.substr(start + 1, end - start - 1));
}

}  // namespace

std::optional<std::string> SmtpSession::answer(std::string_view line)
{
    if (is_in_content_)
        return take_content(line);
    const auto space = line.find(' ');
    const std::string verb = base::ascii_lower(line.substr(0, space));
    const std::string_view argument =
        space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    if (verb == "ehlo")
        return "250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 26214400\r\n";
    if (verb == "helo")
        return "250 sandbox\r\n";
    if (verb == "mail") {
        mail_ = {address_in(argument), {}, {}};
        return "250 OK\r\n";
    }
    if (verb == "rcpt")
        return take_recipient(argument);
    if (verb == "data") {
        if (mail_.recipients.empty())
            return "503 no recipient\r\n";
        is_in_content_ = true;
        return "354 go on, end with a dot\r\n";
    }
    if (verb == "rset") {
        mail_ = {};
        return "250 OK\r\n";
    }
    if (verb == "noop")
        return "250 OK\r\n";
    if (verb == "quit") {
        is_over_ = true;
        return "221 bye\r\n";
    }
    return "502 not known here\r\n";
}

std::string SmtpSession::take_recipient(std::string_view argument)
{
    const std::string address = address_in(argument);
    if (address.empty())
        return "501 no address\r\n";
    if (base::ascii_lower(address).ends_with("unzustellbar.example"))
        return "550 no such mailbox\r\n";
    mail_.recipients.push_back(address);
    return "250 OK\r\n";
}

std::optional<std::string> SmtpSession::take_content(std::string_view line)
{
    if (line == ".") {
        is_in_content_ = false;
        if (mail_.content.size() > longest_mail) {
            mail_ = {};
            return "552 too large\r\n";
        }
        take_(std::exchange(mail_, {}));
        return "250 taken\r\n";
    }
    // A dot at the start of a line was doubled for the way (section 4.5.2).
    if (line.starts_with('.'))
        line.remove_prefix(1);
    if (mail_.content.size() <= longest_mail)
        mail_.content.append(line).append("\r\n");
    return std::nullopt;
}

}  // namespace sandbox
