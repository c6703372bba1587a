#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "platform/documents/document.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace documents {

// A line of a table on the document: "Geburtsdatum", "3. Februar 1984".
struct Row {
    std::string label;
    std::string value;
};

// Part of a document, from top to bottom: a paragraph or a table.
struct Block {
    std::string paragraph;
    std::vector<Row> rows;  // when there is no paragraph
};

// What the template makes of one case, in one language.
struct Filled {
    std::string title;
    std::vector<Block> blocks;
    std::string signatory;  // under the place and date
    std::string initials;   // of the person it is about
};

// What a template is filled from.
struct Facts {
    json::Value answers;
    json::Value register_data;
    std::string municipality;
    std::string reference;
    html::Language language = html::Language::de;  // of the case
    base::Instant now;
};

// document.json of a service ("document/1"). Texts stand in every language of the portal, with {name} where
// a value stands; values, conditions and initials are FEEL:
//   { "format": "document/1",
//     "title":     {"de": "Hauptwohnsitzbescheinigung", "fr": "…", "it": "…", "en": "…"},
//     "language":  "answers.document.language",       "de", "fr", "it" or "en"; optional: that of the case
//     "valid_for": "P3M",                             years, months, days; optional: for ever
//     "values":    {"name": "answers.person.first_name + \" \" + answers.person.last_name", …},
//     "blocks":    [ {"paragraph": {"de": "Hiermit wird bestätigt, dass {name} …", …}, "when": "answers.x =
//     1"},
//                    {"rows": [ {"label": {"de": "Geburtsdatum", …}, "value": "birth_date", "when": "…"} ]}
//                    ],
//     "signatory": {"de": "Einwohnerdienste {municipality}", …},
//     "initials":  ["answers.person.first_name", "answers.person.last_name"] }
// FEEL sees `answers` (as catalog::nested has them) and `register` of the case, `municipality` (its name) and
// `reference`; now() and today() are those of Switzerland. {municipality} and {reference} may stand in every
// text. A row whose value is null or empty is left out. Dates are written as the language writes them.
class Template {
public:
    // `invalid`: `detail` names the member and what was expected there.
    static base::Result<Template> parse(const json::Value& document);
    Template(Template&&) noexcept;
    Template& operator=(Template&&) noexcept;
    ~Template();

    const catalog::LocalText& titles() const;
    std::optional<base::Instant> expiry(base::Instant issued_at) const;

    html::Language language(const Facts& facts) const;

    // `invalid` when a value in a text is null or empty: a certificate has no gaps. The detail names the
    // value, not what is in it.
    base::Result<Filled> fill(const Facts& facts, html::Language language) const;

private:
    struct Implementation;
    class Filling;
    explicit Template(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace documents
