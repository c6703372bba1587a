#pragma once

#include "kit/html/texts.hpp"

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace catalog {

// Cuts endings off words, so that "Hunde" and "Hund", "attestations" and "attestation" are one: Snowball's
// algorithm for the language. For one thread at a time; cheap to make.
class Stemmer {
public:
    explicit Stemmer(html::Language language);
    ~Stemmer();
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;

    std::string stem(std::string_view lower_case_word);

private:
    sb_stemmer* stemmer_;  // owned; the library's
};

}  // namespace catalog
