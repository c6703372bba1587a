#pragma once

#include "base/clock.hpp"
#include "kit/http/response.hpp"
#include "kit/json/json.hpp"
#include "sandbox/mime.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/smtp.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace sandbox {

// All mail that was sent, and the page to read it: GET /, /{number}, /{number}/{attachment}, and /mails.json
// for tests (?to= leaves out what went to others). Safe to share between threads.
class Mailbox {
public:
    Mailbox(const base::Clock& clock, const Pages& pages);

    void take(const RawMail& mail);
    http::Response handle(const http::Request& request) const;
    json::Value all(std::string_view to = {}) const;
    void reset();

private:
    struct Kept {
        base::Instant at;
        std::vector<std::string> recipients;
        ReadMail mail;
    };

    http::Response list() const;
    http::Response show(std::size_t number, std::string_view attachment) const;

    const base::Clock& clock_;
    const Pages& pages_;
    mutable std::mutex mutex_;
    std::vector<Kept> mails_;  // guarded by mutex_
};

}  // namespace sandbox
