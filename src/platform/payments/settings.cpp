#include "platform/payments/settings.hpp"

namespace payments {

std::span<const base::Setting> settings()
{
    static constexpr base::Setting all[] = {
        {"payments.payrexx_address", "https://api.payrexx.com", "Where Payrexx' REST interface answers."},
        {"payments.payrexx_version", "1.16", "Its version, as it stands in addresses after the v."},
        {"payments.link_validity", "1h", "How long one can pay on a payment page before a new one is made."},
        {"payments.accept_test_payments",
         "off",
         "Whether an order is paid by a payment in the provider's test mode: never where real orders are."},
    };
    return all;
}

}  // namespace payments
