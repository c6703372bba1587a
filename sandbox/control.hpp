#pragma once

#include "kit/http/router.hpp"
#include "sandbox/mailbox.hpp"
#include "sandbox/payrexx.hpp"
#include "sandbox/registers.hpp"

namespace sandbox {

// The switches and the books of all neighbours, for tests and demonstrations (docs/sandbox.md).
class Control {
public:
    Control(Payrexx& payrexx, Registers& registers, Mailbox& mailbox);

    http::Response handle(http::Request request) const { return router_.handle(request); }

private:
    http::Response show_account(const http::Request& request) const;
    http::Response change_account(const http::Request& request) const;
    http::Response change_transaction(const http::Request& request) const;
    http::Response show_register(const http::Request& request) const;
    http::Response change_register(const http::Request& request) const;
    std::vector<http::Route> routes() const;

    Payrexx& payrexx_;
    Registers& registers_;
    Mailbox& mailbox_;
    http::Router router_;
};

}  // namespace sandbox
