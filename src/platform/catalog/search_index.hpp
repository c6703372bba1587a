#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"
#include "platform/catalog/service.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

class Stemmer;

// Words that mean the same, in groups: {"de": [["abfall", "kehricht"], …], …}.
using Synonyms = std::vector<std::vector<std::string>>;
using AllSynonyms = std::array<Synonyms, std::size(html::all_languages)>;  // by language
base::Result<AllSynonyms> parse_synonyms(const json::Value& document);

// Finds services by what people type, in one language: by whole words, beginnings, other forms of a word,
// other words for it, parts of compounds, and, where none of these is there, by what is nearly that. Never
// changes; safe to share between threads.
class SearchIndex {
public:
    SearchIndex(
        html::Language language, const Synonyms& synonyms, const std::vector<const ServiceTexts*>& services
    );

    struct Hit {
        std::size_t service;  // which of them, from 0
        int score;
    };
    // Best first; every word typed has to fit somewhere. Nothing typed, nothing found.
    std::vector<Hit> find(std::string_view typed) const;

private:
    using Weights = std::map<std::size_t, int>;  // by service
    struct Word {
        std::size_t begin;
        std::size_t size;
        std::uint64_t letters;  // which ones it has, a bit each
        Weights weights;
    };
    class Finding;

    static void
    collect(std::map<std::string, Weights>& words, std::size_t service, std::string_view text, int weight);
    void add(const std::string& word, Weights weights, Stemmer& stemmer);
    void add_synonyms(const Synonyms& synonyms, Stemmer& stemmer);
    std::string_view text_of(const Word& word) const
    {
        return std::string_view(text_).substr(word.begin, word.size);
    }

    html::Language language_;
    std::size_t services_;
    std::string text_ = "\n";  // all words in order, a line each: one look goes through all of them
    std::vector<Word> words_;  // in the same order
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_stem_;   // places in words_
    std::map<std::string, std::vector<std::string>, std::less<>> synonyms_;  // by stem: the other stems
};

}  // namespace catalog
