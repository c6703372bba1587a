#include "base/text.hpp"
#include "platform/catalog/form.hpp"
#include "platform/documents/template_parts.hpp"
#include "process/feel/evaluate.hpp"

#include <utility>

namespace documents {

namespace {

using base::Result;

constexpr const char* zone = "Europe/Zurich";

feel::Value nested(const json::Value& answers)
{
    const auto* object = answers.if_object();
    return feel::from_json(object ? json::Value(catalog::nested(*object)) : answers);
}

feel::Context context_of(const Facts& facts)
{
    return {
        {"answers", nested(facts.answers)},
        {"register", feel::from_json(facts.register_data)},
        {"municipality", facts.municipality},
        {"reference", facts.reference},
    };
}

feel::Value evaluated(const feel::Expression& expression, const feel::Context& context, const Facts& facts)
{
    return feel::evaluate(expression, context, {.now = facts.now, .zone = zone}).value;
}

// As the document's language writes it; empty for null.
std::string shown(const feel::Value& value, html::Language language)
{
    if (value.is_null())
        return {};
    if (const auto date = value.if_date()) {
        const std::chrono::sys_days day{std::chrono::days(date->days)};
        return html::show_date(language, base::Date(day));
    }
    if (const auto* list = value.if_list()) {
        std::vector<std::string> items;
        for (const auto& item : *list)
            items.push_back(shown(item, language));
        return base::join(items, ", ");
    }
    return std::string(base::trim(feel::to_text(value)));
}

// The first letter, whatever its alphabet, and a full stop.
std::string initial(const std::string& name)
{
    std::size_t length = name.empty() ? 0 : 1;
    while (length < name.size() && (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80)
        ++length;
    return length == 0 ? name : name.substr(0, length) + ".";
}

}  // namespace

const catalog::LocalText& Template::titles() const
{
    return implementation_->titles;
}

std::optional<base::Instant> Template::expiry(base::Instant issued_at) const
{
    if (implementation_->valid_days)
        return issued_at + std::chrono::seconds(implementation_->valid_days->seconds);
    if (!implementation_->valid_months)
        return std::nullopt;
    const auto day = std::chrono::floor<std::chrono::days>(issued_at);
    const auto last =
        feel::Date{day.time_since_epoch().count()}.plus_months(implementation_->valid_months->months);
    if (!last)
        return std::nullopt;  // beyond every calendar
    return base::Instant(std::chrono::sys_days(std::chrono::days(last->days)) + (issued_at - day));
}

// One document being filled in.
class Template::Filling {
public:
    Filling(const Implementation& pattern, const Facts& facts, html::Language language)
        : pattern_(pattern), facts_(facts), language_(language), context_(context_of(facts))
    {
    }

    Result<Filled> filled()
    {
        Filled filled{.title = text(*pattern_.title), .blocks = {}, .signatory = {}, .initials = initials()};
        for (const auto& block : pattern_.blocks)
            if (holds(block.when))
                filled.blocks.push_back(fill(block));
        filled.signatory = text(*pattern_.signatory);
        if (!gap_.empty())
            return base::fail(base::ErrorKind::invalid, "documents.gap", gap_);
        return filled;
    }

private:
    bool holds(const std::optional<feel::Expression>& when) const
    {
        return !when || evaluated(*when, context_, facts_).is_true();
    }

    std::string value_of(std::string_view name) const
    {
        const auto value = pattern_.values.find(name);
        if (value != pattern_.values.end())
            return shown(evaluated(value->second, context_, facts_), language_);
        return name == "municipality" ? facts_.municipality : facts_.reference;
    }

    // Notes what is missing; the document is refused at the end.
    std::string text(const Wording& wording)
    {
        auto filled = wording.fill(language_, [this](std::string_view name) { return value_of(name); });
        if (filled)
            return std::move(*filled);
        gap_ = filled.error().detail;
        return {};
    }

    Block fill(const BlockTemplate& block)
    {
        Block filled;
        if (block.paragraph)
            filled.paragraph = text(*block.paragraph);
        for (const auto& row : block.rows) {
            auto value = !holds(row.when) ? std::string() : row.text ? text(*row.text) : value_of(row.value);
            if (!value.empty())
                filled.rows.push_back({text(row.label), std::move(value)});
        }
        return filled;
    }

    std::string initials() const
    {
        std::vector<std::string> letters;
        for (const auto& name : pattern_.initials)
            letters.push_back(initial(shown(evaluated(name, context_, facts_), language_)));
        return base::join(letters, " ");
    }

    const Implementation& pattern_;
    const Facts& facts_;
    html::Language language_;
    feel::Context context_;
    std::string gap_;
};

html::Language Template::language(const Facts& facts) const
{
    if (!implementation_->language)
        return facts.language;
    const auto wanted = evaluated(*implementation_->language, context_of(facts), facts);
    return html::parse_language(feel::to_text(wanted)).value_or(facts.language);
}

Result<Filled> Template::fill(const Facts& facts, html::Language language) const
{
    return Filling(*implementation_, facts, language).filled();
}

}  // namespace documents
