#include "platform/documents/template.hpp"

#include "platform/documents/template_parts.hpp"

#include <algorithm>
#include <utility>

namespace documents {

namespace {

using base::Result;

constexpr std::string_view facts_names[] = {"answers", "register", "municipality", "reference"};
constexpr std::string_view names_without_value[] = {"municipality", "reference"};

bool contains(const auto& names, std::string_view name)
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

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
        if (!contains(facts_names, name))
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

}  // namespace

bool Template::Implementation::is_known(std::string_view name) const
{
    return values.count(name) != 0 || contains(names_without_value, name);
}

Result<Wording>
Template::Implementation::parse_wording(const json::Value* texts, const std::string& member) const
{
    return Wording::parse(texts, member, [this](std::string_view name) { return is_known(name); });
}

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
    RowTemplate parsed{std::move(*label), {}, {}, std::move(*when)};
    if (const auto* text = row.find("text"); text && !row.find("value")) {
        auto wording = parse_wording(text, member + ".text");
        if (!wording)
            return wording.error();
        parsed.text = std::move(*wording);
        return parsed;
    }
    parsed.value = row.text_of("value");
    if (values.count(parsed.value) == 0 || row.find("text"))
        return template_error(member, "either \"text\" or, as \"value\", a name that stands in \"values\",");
    return parsed;
}

Result<Template> Template::parse(const json::Value& document)
{
    if (document.text_of("format") != "document/1")
        return template_error("format", "\"document/1\"");
    constexpr std::string_view members[] = {
        "format", "title", "language", "valid_for", "values", "blocks", "signatory", "initials"};
    for (const auto& [name, value] : *document.if_object())
        if (!contains(members, name))
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

}  // namespace documents
