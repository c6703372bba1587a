#pragma once

#include "base/random.hpp"
#include "platform/cases/case.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
class Transaction;
}  // namespace sql
namespace crypto {
class Sealer;
}

namespace cases {

// What the caller knows when a case is opened; the rest is made.
struct NewCase {
    std::string service_id;
    html::Language language = html::Language::de;
    json::Value answers;
    std::string email;
    std::string date_of_birth;
    std::string order_key;  // the draft's id: opening twice with one key gives the same case (double submit)
};

struct Opened {
    Case opened_case;
    std::string link_token;  // unguessable, only its hash is kept: /vorgang/{link_token}
    bool is_new = true;      // false: this order_key had opened it before; link_token is empty then
};

struct InboxFilter {
    std::optional<State> state;
    std::string search;  // reference or name, folded
    int page = 1;
    int page_size = 25;
};

struct Inbox {
    std::vector<Case> cases;
    int total = 0;
};

// For programs that keep up with what happens: cases by their last change, the oldest first.
struct ChangeFilter {
    std::optional<State> state = {};
    std::string service_id = {};              // empty: any
    std::optional<base::Instant> since = {};  // changed then or later
    std::string after = {};                   // the mark of the last case seen; empty: from the beginning
    std::size_t most = 50;
};

// A case as lists of programs show it; nothing that is sealed.
struct CaseLine {
    std::string mark;  // stands for this place in the order
    std::string reference;
    std::string service_id;
    html::Language language = html::Language::de;
    State state = State::awaiting_payment;
    std::string applicant;
    std::optional<std::string> handler;
    base::Instant created_at;
    base::Instant changed_at;
};

// Told in the transaction of a change: the case as it now is, and "submitted" or the name of its new state.
using AnnounceChange = std::function<void(sql::Transaction&, const Case&, std::string_view what)>;

// One inbox per tenant: what somebody asked for, its state, history, handler.
// Answers and register data are sealed at rest. Every call works in the caller's transaction, for its tenant.
class Cases {
public:
    Cases(
        const base::Clock& clock,
        base::Random& random,
        const crypto::Sealer& sealer,
        AnnounceChange announce = {}
    );

    Opened open(sql::Transaction& transaction, const NewCase& wanted);
    void set_instance(sql::Transaction& transaction, const CaseId& id, const std::string& instance_id);

    std::optional<Case> find(sql::Transaction& transaction, const CaseId& id) const;
    std::optional<Case> find_by_reference(sql::Transaction& transaction, std::string_view reference) const;

    // The case behind a link, whatever its tenant (the transaction reads across tenants).
    std::optional<Case> find_by_link(sql::Transaction& transaction, std::string_view link_token) const;
    // All cases of an e-mail address in all municipalities, newest first: the account.
    std::vector<Case> of_email(sql::Transaction& transaction, std::string_view email) const;
    // All of them belong to another address from now on. Mails about them go there; what their applicants
    // wrote stays as it is. The transaction spans the tenants.
    void change_email(sql::Transaction& transaction, std::string_view from, std::string_view to);
    // A further link to the same case (for mails, the account): earlier ones stay valid.
    std::string add_link(sql::Transaction& transaction, const CaseId& id);

    // `conflict` when the change is not in the list of transitions; changing to the present state is fine.
    // Writes the event "<state>" to the history.
    base::Result<>
    change_state(sql::Transaction& transaction, const CaseId& id, State target, std::string_view who);
    void record(sql::Transaction& transaction, const CaseId& id, const Event& event);
    void keep_register_data(sql::Transaction& transaction, const CaseId& id, const json::Value& data);
    // A corrected date of birth is the second factor of the case's links from now on.
    void correct_answers(
        sql::Transaction& transaction,
        const CaseId& id,
        const json::Value& answers,
        const std::string& date_of_birth,
        std::string_view who
    );
    // `conflict` naming (in `detail`) the clerk who was first.
    base::Result<> take(sql::Transaction& transaction, const CaseId& id, std::string_view clerk);

    std::vector<Event> history(sql::Transaction& transaction, const CaseId& id) const;
    Inbox inbox(sql::Transaction& transaction, const InboxFilter& filter) const;
    // A case that changes between two pages comes again, and is never left out. `invalid` for a mark that is
    // none.
    base::Result<std::vector<CaseLine>>
    changes(sql::Transaction& transaction, const ChangeFilter& filter) const;

private:
    const base::Clock& clock_;
    base::Random& random_;
    const crypto::Sealer& sealer_;
    AnnounceChange announce_;
};

}  // namespace cases
