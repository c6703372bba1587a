#include "platform/catalog/stemmer.hpp"

#include <libstemmer.h>

#include <stdexcept>

namespace catalog {

namespace {

const char* algorithm_of(html::Language language)
{
    switch (language) {
    case html::Language::de: return "german";
    case html::Language::fr: return "french";
    case html::Language::it: return "italian";
    case html::Language::en: return "english";
    }
    throw std::logic_error("a language without a stemmer");
}

}  // namespace

Stemmer::Stemmer(html::Language language) : stemmer_(sb_stemmer_new(algorithm_of(language), "UTF_8"))
{
    if (stemmer_ == nullptr)
        throw std::runtime_error("libstemmer lacks the language");
}

Stemmer::~Stemmer()
{
    sb_stemmer_delete(stemmer_);
}

std::string Stemmer::stem(std::string_view lower_case_word)
{
    const auto* word = reinterpret_cast<const sb_symbol*>(lower_case_word.data());
    const auto* stemmed = sb_stemmer_stem(stemmer_, word, static_cast<int>(lower_case_word.size()));
    if (stemmed == nullptr)
        throw std::bad_alloc();
    return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
}

}  // namespace catalog
