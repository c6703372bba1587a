#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "platform/documents/document.hpp"

#include <chrono>
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

// document.json of a service ("document/1"):
//   { "format": "document/1",
//     "title":     {"de": "…", "fr": "…", "it": "…", "en": "…"},
//     "valid_for": "P3M",                             years, months, days; optional
//     "values":    {"name": "answers.first_name + \" \" + answers.last_name", …},            FEEL
//     "blocks":    [ {"paragraph": {"de": "Hiermit wird bestätigt, dass {name} …", …}, "when": "answers.x =
//     1"},
//                    {"rows": [ {"label": {"de": "…", …}, "value": "birth_date", "when": "…"} ]} ],
//     "signatory": {"de": "Einwohnerdienste {municipality}", …},
//     "initials":  ["answers.first_name", "answers.last_name"] }                              FEEL
// FEEL sees `answers` and `register` (of the case), `municipality` (its name), `reference` and `today`.
// A row whose value is null or empty is left out. Dates are written as the language writes them.
class Template {
public:
    // `invalid`: `detail` names the member and what was expected there.
    static base::Result<Template> parse(const json::Value& document);
    Template(Template&&) noexcept;
    Template& operator=(Template&&) noexcept;
    ~Template();

    const Titles& titles() const;
    std::optional<base::Instant> expiry(base::Instant issued_at) const;

    // `context` has the members that FEEL sees. `invalid` when a value in a text is null: a certificate has
    // no gaps.
    base::Result<Filled> fill(const json::Value& context, html::Language language) const;

private:
    struct Implementation;
    explicit Template(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace documents
