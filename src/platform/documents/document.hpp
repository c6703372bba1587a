#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "kit/html/texts.hpp"
#include "platform/cases/case.hpp"
#include "platform/catalog/local_text.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace documents {

using DocumentId = base::Id<struct DocumentTag>;

enum class State { valid, revoked };
std::string_view name_of(State state);
std::optional<State> parse_state(std::string_view name);

// A document that lies at a case. Its content is read apart.
struct Document {
    base::TenantId tenant;
    DocumentId id;
    cases::CaseId case_id;
    std::string kind;                              // the service it comes from: "hauptwohnsitzbescheinigung"
    catalog::LocalText titles;                     // what it is called, in every language of the portal
    html::Language language = html::Language::de;  // that it is written in
    std::string media_type;
    std::string initials;  // of the person it is about; all that a verification tells of them
    State state = State::valid;
    base::Instant issued_at;
    std::optional<base::Instant> expires_at;
};

// What anybody who has a document in hand may know of it.
enum class Verdict { valid, revoked, expired, unknown };
std::string_view name_of(Verdict verdict);

struct Verification {
    Verdict verdict = Verdict::unknown;
    std::optional<Document> document;  // nothing when unknown
};

// "7K3M-9QXP-AB2C" as people read it; typed in any case, with or without separators.
std::string grouped(std::string_view code);
std::string normal_code(std::string_view typed);

}  // namespace documents
