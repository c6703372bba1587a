#pragma once

#include "base/id.hpp"
#include "base/random.hpp"
#include "kit/mail/sender.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
class Transaction;
}  // namespace sql
namespace jobs {
class Queue;
class Runner;
}  // namespace jobs
namespace crypto {
class Sealer;
}

namespace mail {

// A mail that its server will never take. What it said is forgotten.
struct RefusedMail {
    base::TenantId tenant;
    std::string id;      // the left side of its Message-ID
    std::string reason;  // the reply of the server
    base::Instant at;
};

// Mail that must go out because of something that was written: both are one transaction. The job runner
// sends it, again and again with growing pauses while the server is away; what the server refuses for good
// is listed as refused. Sent twice only when the answer of the mail server was lost, and then with the same
// Message-ID. Messages are sealed at rest and forgotten once sent.
class Outbox {
public:
    // `host` is the right side of our Message-IDs.
    Outbox(
        jobs::Queue& queue,
        const crypto::Sealer& sealer,
        const base::Clock& clock,
        base::Random& random,
        std::string host
    );

    // Fills in the message's id. `invalid` as check() says: nothing is written then.
    base::Result<> put(sql::Transaction& transaction, Message message);

    // Tells the runner how mails are sent. The sender must outlive the runner.
    void register_jobs(jobs::Runner& runner, sql::Database& database, Sender& sender);

    // Of all tenants, the newest first, for a month; the transaction spans them.
    std::vector<RefusedMail> refused(sql::Transaction& transaction, std::size_t most = 100) const;

private:
    base::Result<>
    deliver(sql::Database& database, Sender& sender, const base::TenantId& tenant, std::string_view id);

    jobs::Queue& queue_;
    const crypto::Sealer& sealer_;
    const base::Clock& clock_;
    base::Random& random_;
    std::string host_;
};

}  // namespace mail
