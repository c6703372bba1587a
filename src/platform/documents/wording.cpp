#include "platform/documents/wording.hpp"

#include <utility>

namespace documents {

base::Error template_error(const std::string& member, std::string_view expected)
{
    return base::fail(
        base::ErrorKind::invalid, "documents.template", member + ": " + std::string(expected) + " expected"
    );
}

base::Result<Wording> Wording::parse(
    const json::Value* texts, const std::string& member, const std::function<bool(std::string_view)>& is_known
)
{
    const auto* object = texts ? texts->if_object() : nullptr;
    if (!object)
        return template_error(member, "an object with a text for each language");
    Wording wording;
    for (const auto& [code, text] : *object) {
        const auto language = html::parse_language(code);
        if (!language)
            return template_error(member + "." + code, "one of the languages of the portal");
        auto pieces = split(text.string_or(), member + "." + code, is_known);
        if (!pieces)
            return pieces.error();
        wording.pieces_[*language] = std::move(*pieces);
    }
    for (const auto language : html::all_languages)
        if (wording.pieces_.count(language) == 0)
            return template_error(member + "." + std::string(html::code_of(language)), "a text");
    return wording;
}

base::Result<Wording::Pieces> Wording::split(
    std::string_view text, const std::string& member, const std::function<bool(std::string_view)>& is_known
)
{
    if (text.empty())
        return template_error(member, "a text");
    Pieces pieces;
    while (!text.empty()) {
        const auto brace = text.find_first_of("{}");
        if (brace != 0)
            pieces.push_back({false, std::string(text.substr(0, brace))});
        if (brace == std::string_view::npos)
            break;
        const auto end = text.find_first_of("{}", brace + 1);
        if (text[brace] == '}' || end == std::string_view::npos || text[end] == '{')
            return template_error(member, "{ and } in pairs, with the name of a value between them,");
        std::string name(text.substr(brace + 1, end - brace - 1));
        if (!is_known(name))
            return template_error(member, "a name that stands in \"values\", not {" + name + "},");
        pieces.push_back({true, std::move(name)});
        text.remove_prefix(end + 1);
    }
    return pieces;
}

base::Result<std::string>
Wording::fill(html::Language language, const std::function<std::string(std::string_view)>& value_of) const
{
    std::string filled;
    for (const auto& piece : pieces_.at(language)) {
        const auto text = piece.is_value ? value_of(piece.text) : piece.text;
        if (text.empty())
            return base::fail(
                base::ErrorKind::invalid, "documents.gap", "the value {" + piece.text + "} is empty"
            );
        filled += text;
    }
    return filled;
}

catalog::LocalText Wording::texts() const
{
    catalog::LocalText texts;
    for (const auto& [language, pieces] : pieces_)
        for (const auto& piece : pieces)
            texts.in(language) += piece.is_value ? "{" + piece.text + "}" : piece.text;
    return texts;
}

}  // namespace documents
