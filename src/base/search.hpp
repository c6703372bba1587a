#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// How a person's typing is compared with names: fold_for_search, "ae oe ue" as "a o u" (so that Moehlin,
// Möhlin and Mohlin are one), and everything but letters and digits becomes one space between words.
std::string search_key(std::string_view utf8);
std::vector<std::string> search_words(std::string_view utf8);  // the words of the key

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other; counts bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// How often a person mistypes a word of that length: never below 4 letters, once below 8, twice below 16,
// else three times.
std::size_t tolerated_mistakes(std::size_t length);
// As far as a person mistypes the shorter one.
bool is_near(std::string_view typed, std::string_view meant);

}  // namespace base
