#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct MailAttachment {
    std::string file_name;
    std::string media_type;
    std::string content;
};

// A mail taken apart, as a mail program would show it (RFC 5322, 2045 to 2047).
struct ReadMail {
    std::string from;
    std::string to;
    std::string subject;
    std::string message_id;
    std::string language;
    std::string text;
    std::string html;
    std::vector<MailAttachment> attachments;
};

// Never fails: what cannot be understood is left as it is.
ReadMail read_mail(std::string_view content);

}  // namespace sandbox
