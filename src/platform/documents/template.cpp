#include "platform/documents/template.hpp"

#include "base/text.hpp"
#include "kit/html/texts.hpp"
#include "platform/catalog/form.hpp"
#include "platform/documents/wording.hpp"
#include "process/feel/evaluate.hpp"
#include "process/feel/expression.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace documents {

namespace {

using base::Result;
using Values = std::map<std::string, feel::Expression, std::less<>>;

constexpr std::string_view facts_names[] = {"answers", "register", "municipality", "reference"};
constexpr std::string_view names_without_value[] = {"municipality", "reference"};

constexpr const char* zone = "Europe/Zurich";

struct RowTemplate {
    Wording label;
    std::string value;
    std::optional<feel::Expression> when;
};

struct BlockTemplate {
    std::optional<Wording> paragraph;
    std::vector<RowTemplate> rows;
    std::optional<feel::Expression> when;
};

Result<feel::Expression> parse_feel(const json::Value* text, const std::string& member)
{
    if (!text || text->string_or().empty())
        return template_error(member, "a FEEL expression");
    feel::Names known;
    for (const auto name : facts_names)
        known.add(std::string(name));
    auto expression = feel::parse_expression(text->string_or(), known);
    if (!expression)
        return template_error(member, "a FEEL expression (" + expression.error().detail + ")");
    for (const auto& name : feel::free_variables(*expression))
        if (std::find(std::begin(facts_names), std::end(facts_names), name) == std::end(facts_names))
            return template_error(member, "answers, register, municipality or reference, not " + name + ",");
    return expression;
}

// Absent is fine; anything else must be an expression.
Result<std::optional<feel::Expression>>
parse_optional(const json::Value& owner, std::string_view name, const std::string& member)
{
    const auto* text = owner.find(name);
    if (!text)
        return std::optional<feel::Expression>();
    auto expression = parse_feel(text, member + "." + std::string(name));
    if (!expression)
        return expression.error();
    return std::optional(std::move(*expression));
}

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

struct Template::Implementation {
    bool is_known(std::string_view name) const
    {
        return values.count(name) != 0 ||
               std::find(std::begin(names_without_value), std::end(names_without_value), name) !=
                   std::end(names_without_value);
    }

    Result<Wording> parse_wording(const json::Value* texts, const std::string& member) const
    {
        return Wording::parse(texts, member, [this](std::string_view name) { return is_known(name); });
    }

    Result<> parse_values(const json::Value& document);
    Result<> parse_head(const json::Value& document);
    Result<> parse_validity(const json::Value& document);
    Result<> parse_blocks(const json::Value& document);
    Result<BlockTemplate> parse_block(const json::Value& block, const std::string& member) const;
    Result<RowTemplate> parse_row(const json::Value& row, const std::string& member) const;

    Values values;
    catalog::LocalText titles;
    std::optional<feel::Expression> language;
    std::optional<feel::MonthsDuration> valid_months;
    std::optional<feel::DaysDuration> valid_days;
    std::optional<Wording> title;
    std::vector<BlockTemplate> blocks;
    std::optional<Wording> signatory;
    std::vector<feel::Expression> initials;
};

Result<> Template::Implementation::parse_values(const json::Value& document)
{
    const auto* given = document.find("values");
    if (!given)
        return base::Done{};
    if (!given->if_object())
        return template_error("values", "an object of FEEL expressions");
    for (const auto& [name, text] : *given->if_object()) {
        auto expression = parse_feel(&text, "values." + name);
        if (!expression)
            return expression.error();
        values.emplace(name, std::move(*expression));
    }
    return base::Done{};
}

Result<> Template::Implementation::parse_head(const json::Value& document)
{
    auto parsed_title = parse_wording(document.find("title"), "title");
    if (!parsed_title)
        return parsed_title.error();
    titles = parsed_title->texts();
    title = std::move(*parsed_title);

    auto parsed_signatory = parse_wording(document.find("signatory"), "signatory");
    if (!parsed_signatory)
        return parsed_signatory.error();
    signatory = std::move(*parsed_signatory);

    auto parsed_language = parse_optional(document, "language", "document");
    if (!parsed_language)
        return parsed_language.error();
    language = std::move(*parsed_language);

    const auto* names = document.find("initials");
    if (!names || !names->if_array() || names->if_array()->empty())
        return template_error("initials", "a list of FEEL expressions");
    for (const auto& name : *names->if_array()) {
        auto expression = parse_feel(&name, "initials");
        if (!expression)
            return expression.error();
        initials.push_back(std::move(*expression));
    }
    return base::Done{};
}

Result<> Template::Implementation::parse_validity(const json::Value& document)
{
    const auto* text = document.find("valid_for");
    if (!text)
        return base::Done{};
    valid_months = feel::parse_months_duration(text->string_or());
    valid_days = feel::parse_days_duration(text->string_or());
    const bool is_positive =
        (valid_months && valid_months->months > 0) || (valid_days && valid_days->seconds > 0);
    if (!is_positive)
        return template_error("valid_for", "a period like P3M or P90D");
    return base::Done{};
}

Result<> Template::Implementation::parse_blocks(const json::Value& document)
{
    const auto* list = document.find("blocks");
    if (!list || !list->if_array() || list->if_array()->empty())
        return template_error("blocks", "a list of paragraphs and rows");
    for (const auto& block : *list->if_array()) {
        auto parsed = parse_block(block, "blocks[" + std::to_string(blocks.size()) + "]");
        if (!parsed)
            return parsed.error();
        blocks.push_back(std::move(*parsed));
    }
    return base::Done{};
}

Result<BlockTemplate>
Template::Implementation::parse_block(const json::Value& block, const std::string& member) const
{
    BlockTemplate parsed;
    auto when = parse_optional(block, "when", member);
    if (!when)
        return when.error();
    parsed.when = std::move(*when);

    const auto* paragraph = block.find("paragraph");
    const auto* rows = block.find("rows");
    if ((paragraph == nullptr) == (rows == nullptr))
        return template_error(member, "either \"paragraph\" or \"rows\"");
    if (paragraph) {
        auto wording = parse_wording(paragraph, member + ".paragraph");
        if (!wording)
            return wording.error();
        parsed.paragraph = std::move(*wording);
        return parsed;
    }
    if (!rows->if_array() || rows->if_array()->empty())
        return template_error(member + ".rows", "a list of rows");
    for (const auto& row : *rows->if_array()) {
        auto parsed_row = parse_row(row, member + ".rows[" + std::to_string(parsed.rows.size()) + "]");
        if (!parsed_row)
            return parsed_row.error();
        parsed.rows.push_back(std::move(*parsed_row));
    }
    return parsed;
}

Result<RowTemplate>
Template::Implementation::parse_row(const json::Value& row, const std::string& member) const
{
    auto label = parse_wording(row.find("label"), member + ".label");
    if (!label)
        return label.error();
    auto when = parse_optional(row, "when", member);
    if (!when)
        return when.error();
    const std::string value(row.text_of("value"));
    if (values.count(value) == 0)
        return template_error(member + ".value", "a name that stands in \"values\"");
    return RowTemplate{std::move(*label), value, std::move(*when)};
}

Result<Template> Template::parse(const json::Value& document)
{
    if (document.text_of("format") != "document/1")
        return template_error("format", "\"document/1\"");
    constexpr std::string_view members[] = {
        "format", "title", "language", "valid_for", "values", "blocks", "signatory", "initials"};
    for (const auto& [name, value] : *document.if_object())
        if (std::find(std::begin(members), std::end(members), name) == std::end(members))
            return template_error(name, "no such member");
    auto parsed = std::make_unique<Implementation>();
    for (const auto part :
         {&Implementation::parse_values,
          &Implementation::parse_head,
          &Implementation::parse_validity,
          &Implementation::parse_blocks})
        if (auto result = ((*parsed).*part)(document); !result)
            return result.error();
    return Template(std::move(parsed));
}

Template::Template(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation))
{
}
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;
Template::~Template() = default;

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

html::Language Template::language(const Facts& facts) const
{
    if (!implementation_->language)
        return facts.language;
    const auto wanted = evaluated(*implementation_->language, context_of(facts), facts);
    return html::parse_language(feel::to_text(wanted)).value_or(facts.language);
}

Result<Filled> Template::fill(const Facts& facts, html::Language language) const
{
    const auto& own = *implementation_;
    const auto context = context_of(facts);
    const auto holds = [&](const std::optional<feel::Expression>& when) {
        return !when || evaluated(*when, context, facts).is_true();
    };
    const auto value_of = [&](std::string_view name) {
        const auto value = own.values.find(name);
        if (value != own.values.end())
            return shown(evaluated(value->second, context, facts), language);
        return name == "municipality" ? facts.municipality : facts.reference;
    };

    Filled filled;
    std::string gap;
    const auto fill_in = [&](const Wording& wording) {
        auto text = wording.fill(language, value_of);
        if (text)
            return std::move(*text);
        gap = text.error().detail;
        return std::string();
    };
    filled.title = fill_in(*own.title);
    for (const auto& block : own.blocks) {
        if (!holds(block.when))
            continue;
        auto& target = filled.blocks.emplace_back();
        if (block.paragraph)
            target.paragraph = fill_in(*block.paragraph);
        for (const auto& row : block.rows)
            if (auto value = holds(row.when) ? value_of(row.value) : std::string(); !value.empty())
                target.rows.push_back({fill_in(row.label), std::move(value)});
    }
    filled.signatory = fill_in(*own.signatory);
    if (!gap.empty())
        return base::fail(base::ErrorKind::invalid, "documents.gap", gap);

    std::vector<std::string> initials;
    for (const auto& name : own.initials)
        initials.push_back(initial(shown(evaluated(name, context, facts), language)));
    filled.initials = base::join(initials, " ");
    return filled;
}

}  // namespace documents
