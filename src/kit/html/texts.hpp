#pragma once

#include "base/date.hpp"
#include "base/money.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace html {

enum class Language { de, fr, it, en };
inline constexpr Language all_languages[] = {Language::de, Language::fr, Language::it, Language::en};
std::string_view code_of(Language language);  // "de", BCP 47; pages say de-CH, fr-CH, it-CH, en
std::optional<Language> parse_language(std::string_view code);

// One locale file, embedded at build time: room "ordering", language, the JSON object of keys and texts.
struct LocaleSource {
    std::string_view room;
    std::string_view language;
    std::string_view json;
};

using Arguments = std::vector<std::pair<std::string, std::string>>;

// Says what stands for a name in braces; empty when there is nothing.
using FindArgument = std::function<std::string(std::string_view name)>;

// Every text of the program in every language. Texts are ICU MessageFormat patterns.
// A key missing in one language falls back to German; tests see to it that none is missing.
class Texts {
public:
    explicit Texts(const std::vector<LocaleSource>& sources);
    ~Texts();

    // "ordering.title": room, then key. The key itself when there is no such text.
    std::string text(Language language, std::string_view key, const Arguments& arguments = {}) const;
    std::optional<std::string>
    fill(Language language, std::string_view key, const FindArgument& argument) const;
    const std::string* find(Language language, std::string_view key) const;  // the pattern, unformatted
    // "fr ordering.title", or "fr ordering.title (other arguments)"; empty when all languages are complete.
    std::vector<std::string> missing() const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

// The texts as one page sees them: its language, its own room's keys first, then those of the room "html",
// which all rooms share.
struct TextView {
    const Texts& texts;
    Language language;
    std::string_view room;
};

// As people of that language write it in Switzerland: "CHF 1’250.00", "31. März 2026",
// "31. März 2026, 14:05". A no-break space follows the currency.
// Times are given in UTC and shown in Europe/Zurich.
std::string show_money(Language language, const base::Money& money);
std::string show_date(Language language, const base::Date& date);
std::string show_instant(Language language, base::Instant instant);

}  // namespace html
