#include "platform/catalog/search_index.hpp"

#include "base/search.hpp"
#include "platform/catalog/stemmer.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

namespace catalog {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

// From here on a part of a word says something: "sitz" does, "be" does not.
constexpr std::size_t shortest_part = 4;
constexpr std::size_t most_words = 12;  // typed; the rest is not looked at

// Where a word stands.
constexpr int weight_of_title = 3;
constexpr int weight_of_keyword = 2;
constexpr int weight_of_summary = 1;

// How well a word fits a typed one.
enum Fit : int {
    nearly_its_beginning = 3,
    nearly = 4,
    part = 5,
    synonym = 6,
    same_stem = 7,
    beginning = 8,
    same = 10,
};

std::uint64_t letters_of(std::string_view word)
{
    std::uint64_t letters = 0;
    for (const char letter : word)
        letters |= std::uint64_t{1} << (static_cast<unsigned char>(letter) % 64U);
    return letters;
}

// A mistake brings in one letter that was not meant at most; a cheap look before the dear one.
bool may_be_near(std::uint64_t typed, std::uint64_t word, std::size_t length)
{
    return static_cast<std::size_t>(std::popcount(typed & ~word)) <= base::tolerated_mistakes(length);
}

}  // namespace

Result<AllSynonyms> parse_synonyms(const json::Value& document)
{
    AllSynonyms all;
    if (!document.if_object())
        return fail(ErrorKind::invalid, "catalog.synonyms", "an object by language expected");
    for (const auto& [code, groups] : *document.if_object()) {
        const auto language = html::parse_language(code);
        if (!language || !groups.if_array())
            return fail(ErrorKind::invalid, "catalog.synonyms", code + ": a language with a list expected");
        for (const auto& group : *groups.if_array()) {
            std::vector<std::string> words;
            if (group.if_array())
                for (const auto& word : *group.if_array())
                    words.emplace_back(word.string_or());
            const bool has_empty = std::ranges::find(words, std::string()) != words.end();
            if (words.size() < 2 || has_empty)
                return fail(
                    ErrorKind::invalid, "catalog.synonyms", code + ": groups of two words or more expected"
                );
            all[static_cast<std::size_t>(*language)].push_back(std::move(words));
        }
    }
    return all;
}

SearchIndex::SearchIndex(
    html::Language language, const Synonyms& synonyms, const std::vector<const ServiceTexts*>& services
)
    : language_(language), services_(services.size())
{
    std::map<std::string, Weights> words;
    for (std::size_t service = 0; service < services.size(); ++service) {
        const auto& texts = *services[service];
        collect(words, service, texts.title, weight_of_title);
        for (const auto& keyword : texts.keywords)
            collect(words, service, keyword, weight_of_keyword);
        collect(words, service, texts.summary, weight_of_summary);
    }
    Stemmer stemmer(language);
    for (auto& [word, weights] : words)
        add(word, std::move(weights), stemmer);
    add_synonyms(synonyms, stemmer);
}

void SearchIndex::collect(
    std::map<std::string, Weights>& words, std::size_t service, std::string_view text, int weight
)
{
    for (const auto& word : base::search_words(text)) {
        auto& known = words[word][service];
        known = std::max(known, weight);
    }
}

void SearchIndex::add(const std::string& word, Weights weights, Stemmer& stemmer)
{
    by_stem_[stemmer.stem(word)].push_back(words_.size());
    words_.push_back({text_.size(), word.size(), letters_of(word), std::move(weights)});
    text_ += word + "\n";
}

void SearchIndex::add_synonyms(const Synonyms& synonyms, Stemmer& stemmer)
{
    for (const auto& group : synonyms) {
        std::vector<std::string> stems;
        for (const auto& word : group)
            stems.push_back(stemmer.stem(base::search_key(word)));
        for (const auto& stem : stems)
            for (const auto& other : stems)
                if (other != stem)
                    synonyms_[stem].push_back(other);
    }
}

// What one typed word finds.
class SearchIndex::Finding {
public:
    Finding(const SearchIndex& index, std::string_view typed, Stemmer& stemmer)
        : index_(index), typed_(typed), stem_(stemmer.stem(typed)), scores_(index.services_)
    {
        look_for_beginnings();
        look_for_stem(stem_, same_stem);
        if (const auto others = index_.synonyms_.find(stem_); others != index_.synonyms_.end())
            for (const auto& other : others->second)
                look_for_stem(other, synonym);
        if (stem_.size() >= shortest_part)
            look_for_parts();
        if (!has_found_ && typed_.size() >= shortest_part)
            look_nearby();
    }

    int score(std::size_t service) const { return scores_[service]; }

private:
    void note(const Word& word, int fit)
    {
        has_found_ = true;
        for (const auto& [service, weight] : word.weights)
            scores_[service] = std::max(scores_[service], fit * weight);
    }

    void look_for_beginnings()
    {
        const auto text = [this](const Word& word) { return index_.text_of(word); };
        for (auto word = std::ranges::lower_bound(index_.words_, typed_, {}, text);
             word != index_.words_.end() && text(*word).starts_with(typed_);
             ++word)
            note(*word, word->size == typed_.size() ? same : beginning);
    }

    void look_for_stem(const std::string& stem, int fit)
    {
        if (const auto found = index_.by_stem_.find(stem); found != index_.by_stem_.end())
            for (const auto word : found->second)
                note(index_.words_[word], fit);
    }

    void look_for_parts()
    {
        const auto& text = index_.text_;
        for (auto at = text.find(stem_); at != std::string::npos;) {
            const auto word = std::prev(std::ranges::upper_bound(index_.words_, at, {}, &Word::begin));
            note(*word, part);
            at = text.find(stem_, word->begin + word->size);
        }
    }

    void look_nearby()
    {
        const auto letters = letters_of(typed_);
        for (const auto& word : index_.words_) {
            if (word.size < shortest_part || !may_be_near(letters, word.letters, typed_.size()))
                continue;
            const auto text = index_.text_of(word);
            if (base::is_near(typed_, text))
                note(word, nearly);
            // The beginning of a long word, mistyped: "wohnsizbesch".
            else if (text.size() > typed_.size() && base::is_near(typed_, text.substr(0, typed_.size())))
                note(word, nearly_its_beginning);
        }
    }

    const SearchIndex& index_;
    const std::string_view typed_;
    const std::string stem_;
    std::vector<int> scores_;  // by service
    bool has_found_ = false;
};

std::vector<SearchIndex::Hit> SearchIndex::find(std::string_view typed) const
{
    auto words = base::search_words(typed);
    words.resize(std::min(words.size(), most_words));
    if (words.empty())
        return {};
    Stemmer stemmer(language_);
    std::vector<int> totals(services_, 0);
    std::vector<bool> fits(services_, true);
    for (const auto& word : words) {
        const Finding finding(*this, word, stemmer);
        for (std::size_t service = 0; service < services_; ++service) {
            const int score = finding.score(service);
            fits[service] = fits[service] && score > 0;
            totals[service] += score;
        }
    }
    std::vector<Hit> hits;
    for (std::size_t service = 0; service < services_; ++service)
        if (fits[service])
            hits.push_back({service, totals[service]});
    std::ranges::stable_sort(hits, std::ranges::greater{}, &Hit::score);
    return hits;
}

}  // namespace catalog
