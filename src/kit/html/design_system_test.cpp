#include "base/text.hpp"
#include "kit/html/components.hpp"
#include "kit/html/pages.hpp"
#include "kit/html/resources.hpp"
#include "kit/json/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

// GOV.UK's design system ships, for each component, examples of options and the markup they lead to. Ours
// must lead to the same wherever it knows the options. Skipped, visibly, when web/node_modules is not
// installed.

namespace {

using html::Data;
using json::Value;

std::string text_at(const Value& options, std::string_view member)
{
    const Value* part = options.find(member);
    return part == nullptr ? "" : std::string(part->text_of("text"));
}

// A value as JavaScript would write it.
std::string word_at(const Value& options, std::string_view member)
{
    const Value* value = options.find(member);
    if (value != nullptr && value->if_number() != nullptr)
        return value->if_number()->text;
    if (value != nullptr && value->if_bool() != nullptr)
        return *value->if_bool() ? "true" : "false";
    return std::string(options.text_of(member));
}

bool is_true(const Value* value)
{
    return value != nullptr && value->if_bool() != nullptr && *value->if_bool();
}

// Only members that we know, all the way down; otherwise the example is about something we do not offer.
bool has_only(const Value& options, const std::set<std::string_view>& known)
{
    const auto* object = options.if_object();
    return object != nullptr && std::ranges::all_of(*object, [&known](const auto& member) {
               const auto& [name, value] = member;
               const bool is_text_part = value.if_object() == nullptr || name == "fieldset" ||
                                         has_only(value, {"text", "isPageHeading"});
               return known.contains(name) && is_text_part;
           });
}

std::vector<html::Option> options_of(const Value& options)
{
    std::vector<html::Option> result;
    const auto* chosen = options.find("value");
    for (const Value& item : *options.find("items")->if_array())
        result.push_back({
            .value = word_at(item, "value"),
            .label = std::string(item.text_of("text")),
            .hint = text_at(item, "hint"),
            .is_chosen = is_true(item.find("checked")) || is_true(item.find("selected")) ||
                         (chosen != nullptr && chosen->string_or("-") == item.text_of("value")),
        });
    return result;
}

bool has_plain_items(const Value& options, const std::set<std::string_view>& known)
{
    const Value* items = options.find("items");
    return items != nullptr && items->if_array() != nullptr &&
           std::ranges::all_of(*items->if_array(), [&known](const Value& item) {
               return has_only(item, known) && item.find("text") != nullptr && item.find("value") != nullptr;
           });
}

std::optional<Data> input(const Value& options)
{
    if (!has_only(
            options,
            {"id",
             "name",
             "label",
             "hint",
             "errorMessage",
             "value",
             "type",
             "autocomplete",
             "inputmode",
             "spellcheck"}
        ) ||
        options.find("label") == nullptr || is_true(options.find("spellcheck")))
        return std::nullopt;
    return html::text_field({
        .name = std::string(options.text_of("id", options.text_of("name"))),
        .label = text_at(options, "label"),
        .hint = text_at(options, "hint"),
        .error = text_at(options, "errorMessage"),
        .value = word_at(options, "value"),
        .type = std::string(options.text_of("type", "text")),
        .autocomplete = std::string(options.text_of("autocomplete")),
        .input_mode = std::string(options.text_of("inputmode")),
        .is_spell_checked = options.find("spellcheck") == nullptr,
    });
}

std::optional<Data> textarea(const Value& options)
{
    if (!has_only(options, {"id", "name", "label", "hint", "errorMessage", "value"}))
        return std::nullopt;
    return html::text_area({
        .name = std::string(options.text_of("id", options.text_of("name"))),
        .label = text_at(options, "label"),
        .hint = text_at(options, "hint"),
        .error = text_at(options, "errorMessage"),
        .value = word_at(options, "value"),
    });
}

std::optional<Data> select(const Value& options)
{
    if (!has_only(options, {"id", "name", "label", "hint", "errorMessage", "items"}) ||
        !has_plain_items(options, {"value", "text", "selected"}))
        return std::nullopt;
    return html::select_field({
        .name = std::string(options.text_of("id", options.text_of("name"))),
        .label = text_at(options, "label"),
        .hint = text_at(options, "hint"),
        .error = text_at(options, "errorMessage"),
        .options = options_of(options),
    });
}

std::optional<html::Choice> choice(const Value& options)
{
    const Value* fieldset = options.find("fieldset");
    if (fieldset == nullptr || !has_only(*fieldset, {"legend"}) ||
        !has_only(options, {"name", "idPrefix", "fieldset", "hint", "errorMessage", "items", "value"}) ||
        options.text_of("idPrefix", options.text_of("name")) != options.text_of("name") ||
        !has_plain_items(options, {"value", "text", "hint", "checked"}))
        return std::nullopt;
    return html::Choice{
        .name = std::string(options.text_of("name")),
        .legend = text_at(*fieldset, "legend"),
        .hint = text_at(options, "hint"),
        .error = text_at(options, "errorMessage"),
        .options = options_of(options),
    };
}

std::optional<Data> radios(const Value& options)
{
    const auto found = choice(options);
    return found ? std::optional(html::radios(*found)) : std::nullopt;
}

std::optional<Data> checkboxes(const Value& options)
{
    const auto found = choice(options);
    return found ? std::optional(html::checkboxes(*found)) : std::nullopt;
}

// One tag with its attributes in order of their names, without those that only GOV.UK's own scripts read.
std::string normal_tag(std::string_view tag)
{
    std::set<std::string> attributes;
    std::string name(tag.substr(0, tag.find_first_of(" \n>")));
    std::size_t at = name.size();
    while ((at = tag.find_first_not_of(" \n", at)) != std::string_view::npos && tag[at] != '>') {
        auto end = tag.find_first_of(" \n=>", at);
        if (tag[end] == '=')
            end = tag.find('"', end + 2) + 1;
        const auto attribute = tag.substr(at, end - at);
        if (!attribute.starts_with("data-module") && !attribute.starts_with("name=") &&
            attribute != "value=\"\"")
            attributes.emplace(attribute);
        at = end;
    }
    for (const auto& attribute : attributes)
        name += " " + attribute;
    return name + ">";
}

std::string normal(std::string_view markup)
{
    std::string result;
    while (!markup.empty()) {
        const auto open = markup.find('<');
        result += base::trim(markup.substr(0, open));
        if (open == std::string_view::npos)
            break;
        auto close = markup.find('>', open);
        result += "\n" + normal_tag(markup.substr(open, close + 1 - open));
        markup.remove_prefix(close + 1);
    }
    return result;
}

struct Compared {
    int examples = 0;
    std::string differences;
};

Compared
compare(const std::filesystem::path& fixtures, const std::function<std::optional<Data>(const Value&)>& make)
{
    static const html::Pages pages({html::resources::pages().begin(), html::resources::pages().end()});
    static const html::Texts texts({html::resources::locale().begin(), html::resources::locale().end()});
    std::ifstream file(fixtures);
    const auto document = json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
    REQUIRE(document.has_value());

    Compared result;
    for (const Value& example : *document->find("fixtures")->if_array()) {
        const auto data = make(*example.find("options"));
        if (!data)
            continue;
        ++result.examples;
        const auto own = normal(pages.fill("html/field", *data, {texts, html::Language::en, "html"}));
        const auto theirs = normal(example.text_of("html"));
        if (own != theirs)
            result.differences.append(example.text_of("name"))
                .append(":" + own + "\ninstead of" + theirs + "\n");
    }
    return result;
}

}  // namespace

TEST_CASE("Fields have the markup of GOV.UK's design system")
{
    const char* source = std::getenv("SCHALTER_SOURCE");
    const auto components = std::filesystem::path(source == nullptr ? "." : source) /
                            "web/node_modules/govuk-frontend/dist/govuk/components";
    if (!std::filesystem::exists(components)) {
        MESSAGE("skipped: there is no ", components.string(), " (./do setup installs it)");
        return;
    }
    const std::pair<std::string, std::optional<Data> (*)(const Value&)> known[] = {
        {"input", input},
        {"textarea", textarea},
        {"select", select},
        {"radios", radios},
        {"checkboxes", checkboxes}};

    for (const auto& [component, make] : known) {
        const auto compared = compare(components / component / "fixtures.json", make);

        CHECK_MESSAGE(compared.differences == "", component);
        CHECK_MESSAGE(compared.examples >= 3, component);
        MESSAGE(component, ": ", compared.examples, " examples");
    }
}
