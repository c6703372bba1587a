#pragma once

#include "kit/mail/message.hpp"

#include <chrono>
#include <string>

namespace mail {

// The way out of the house for mail. Safe to share between threads.
class Sender {
public:
    virtual ~Sender() = default;

    // Success: the next server has taken charge of it. `unavailable`: try later. `invalid`: it will never be
    // taken (no such address, refused for good). Details name neither addresses nor texts.
    virtual base::Result<> send(const Message& message) = 0;
};

enum class Encryption { none, required };

struct SmtpSettings {
    std::string address;                           // "mail.example.org:587"
    Encryption encryption = Encryption::required;  // STARTTLS, or TLS from the start on port 465
    std::string user;                              // empty: no login
    std::string password;
    std::string hello;  // the name we greet with: our own host
    std::chrono::seconds patience{30};
};

// SMTP (RFC 5321) through libcurl, one connection for each message.
class SmtpSender final : public Sender {
public:
    SmtpSender(SmtpSettings settings, const base::Clock& clock);
    base::Result<> send(const Message& message) override;

private:
    SmtpSettings settings_;
    const base::Clock& clock_;
};

}  // namespace mail
