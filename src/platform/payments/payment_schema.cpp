#include "platform/payments/payment_schema.hpp"

#include "kit/api/values.hpp"

namespace payments {

api::Schema payment_schema()
{
    using api::required;
    std::vector<std::string> states;
    for (const auto state :
         {State::open,
          State::pending,
          State::paid,
          State::expired,
          State::refunding,
          State::partly_refunded,
          State::refunded,
          State::manual})
        states.emplace_back(name_of(state));
    return api::object({
        required("state", api::one_of(std::move(states)).explained("payments.api_state")),
        required("amount", api::reference("Money")),
        required("method", api::text().or_null().explained("payments.api_method").like("twint")),
        required("paidAt", api::instant().or_null()),
    });
}

json::Value json_of(const std::optional<Payment>& payment)
{
    if (!payment)
        return {};
    return json::Object{
        {"state", name_of(payment->state)},
        {"amount", api::json_of(payment->amount)},
        {"method", api::text_or_null(payment->method)},
        {"paidAt", api::json_of(payment->paid_at)},
    };
}

}  // namespace payments
