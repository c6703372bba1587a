#include "platform/catalog/lowest_fee.hpp"

namespace catalog {

namespace {

constexpr std::size_t most_choices = 64;  // decisions asked for one price

// The answers worth trying; nothing when they cannot be told.
std::optional<json::Array> answers_to_try(const Question& question)
{
    json::Array answers;
    switch (question.type) {
    case QuestionType::radio:
    case QuestionType::select:
        for (const auto& option : question.options)
            answers.emplace_back(option.value);
        return answers;
    case QuestionType::yesno: return json::Array{true, false};
    case QuestionType::number: return json::Array{question.minimum.value_or(1)};
    default: return std::nullopt;
    }
}

}  // namespace

std::optional<base::Money> lowest_fee(const Catalog& catalog, const Package& package, int bfs_number)
{
    if (!package.decision_model && !package.service.payment.empty())
        return std::nullopt;  // it costs something that no table says
    std::vector<json::Object> orders{{}};
    for (const auto& page : package.form.pages()) {
        for (const auto& question : page.questions) {
            if (question.order_name.empty())
                continue;
            const auto answers = answers_to_try(question);
            if (!answers && !question.is_required)
                continue;
            if (!answers || orders.size() * answers->size() > most_choices)
                return std::nullopt;
            std::vector<json::Object> longer;
            for (const auto& order : orders)
                for (const auto& answer : *answers)
                    longer.emplace_back(order)[question.key] = answer;
            orders = std::move(longer);
        }
    }
    std::optional<base::Money> lowest;
    for (const auto& order : orders)
        if (const auto fee = catalog.fee(package, bfs_number, order);
            fee && (!lowest || fee->total < *lowest))
            lowest = fee->total;
    return lowest;
}

}  // namespace catalog
