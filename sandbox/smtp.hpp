#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

// A mail as it came over the wire.
struct RawMail {
    std::string sender;
    std::vector<std::string> recipients;
    std::string content;  // headers and body, lines ended by CRLF
};

// One SMTP conversation (RFC 5321) as the receiving side, without sockets: lines in, replies out. Takes
// everything; refuses recipients below "unzustellbar.example", so that failures can be tried.
class SmtpSession {
public:
    explicit SmtpSession(std::function<void(RawMail)> take) : take_(std::move(take)) {}

    static std::string greeting() { return "220 sandbox ESMTP\r\n"; }

    // One line without its end; nothing when no reply is due (within the content of a mail).
    std::optional<std::string> answer(std::string_view line);
    bool is_over() const { return is_over_; }

private:
    std::optional<std::string> take_content(std::string_view line);
    std::string take_recipient(std::string_view argument);

    std::function<void(RawMail)> take_;
    RawMail mail_;
    bool is_in_content_ = false;
    bool is_over_ = false;
};

}  // namespace sandbox
