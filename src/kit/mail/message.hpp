#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct Mailbox {
    std::string name;     // shown to people, may be empty
    std::string address;  // "info@example.org"
};

struct Attachment {
    std::string file_name;
    std::string media_type;
    std::string content;
};

// One mail to one person. Texts are UTF-8 with "\n" between lines.
struct Message {
    std::string id;  // the Message-ID without <>: "4f…@portal.example"; the same in every attempt to send
    Mailbox from;
    Mailbox to;
    std::string reply_to = {};  // an address, or empty
    std::string subject;
    std::string text;
    std::string html = {};      // the same said in HTML, or empty
    std::string language = {};  // "de-CH" (BCP 47)
    std::vector<Attachment> attachments = {};
};

// An ASCII address that SMTP can carry (RFC 5321 sections 4.1.2, 4.5.3.1, without quoted local parts).
bool is_address(std::string_view text);

// `invalid` when an address is none, or a field of one line has a line break or another control character:
// so nobody adds a header or a recipient through a name or a subject.
base::Result<> check(const Message& message);

// Every header of the message, in order, without the line ends; "MIME-Version" and "Content-…" of the parts
// are the sender's. Texts beyond ASCII are encoded words (RFC 2047).
std::vector<std::string> headers(const Message& message, base::Instant now);

}  // namespace mail
