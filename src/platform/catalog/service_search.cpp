#include "platform/catalog/service_search.hpp"

#include "base/search.hpp"

#include <algorithm>
#include <array>

namespace catalog {

namespace {

// From here on a part of a word says something: "sitz" does, "be" does not.
constexpr std::size_t shortest_part = 4;

// Endings that people write or leave out; the longest that fits is cut off.
constexpr std::array<std::string_view, 10> endings{
    "ungen", "ung", "nen", "en", "er", "es", "e", "n", "s", "i"};

std::string_view stem(std::string_view word)
{
    for (const auto ending : endings) {
        if (word.size() >= ending.size() + shortest_part && word.ends_with(ending))
            return word.substr(0, word.size() - ending.size());
    }
    return word;
}

// 0 to 10: how well one word of a text fits one typed word.
int fit(std::string_view word, std::string_view typed)
{
    if (word == typed)
        return 10;
    if (word.starts_with(typed))
        return 8;
    if (typed.size() < shortest_part || word.size() < shortest_part)
        return 0;
    if (stem(word) == stem(typed))
        return 7;
    if (word.find(stem(typed)) != std::string_view::npos)  // part of a compound
        return 5;
    if (base::is_near(typed, word))
        return 4;
    // The beginning of a long word, mistyped: "wohnsizbesch".
    if (word.size() > typed.size() && base::is_near(typed, word.substr(0, typed.size())))
        return 3;
    return 0;
}

int best_fit(const std::vector<std::string>& words, std::string_view typed)
{
    int best = 0;
    for (const auto& word : words)
        best = std::max(best, fit(word, typed));
    return best;
}

void append(std::vector<std::string>& words, std::string_view text)
{
    for (auto& word : base::search_words(text))
        words.push_back(std::move(word));
}

}  // namespace

SearchEntry::SearchEntry(const ServiceTexts& texts)
{
    append(title_, texts.title);
    for (const auto& keyword : texts.keywords)
        append(keywords_, keyword);
    append(summary_, texts.summary);
}

int SearchEntry::score(const std::vector<std::string>& typed) const
{
    int total = 0;
    for (const auto& word : typed) {
        const int here =
            std::max({3 * best_fit(title_, word), 2 * best_fit(keywords_, word), best_fit(summary_, word)});
        if (here == 0)
            return 0;
        total += here;
    }
    return total;
}

}  // namespace catalog
