#include "base/search.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace base {

namespace {

bool is_letter_or_digit(char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

bool is_written_umlaut(std::string_view text, std::size_t index)
{
    return index > 0 && text[index] == 'e' &&
           (text[index - 1] == 'a' || text[index - 1] == 'o' || text[index - 1] == 'u');
}

}  // namespace

std::string search_key(std::string_view utf8)
{
    const std::string folded = fold_for_search(utf8);
    std::string key;
    for (std::size_t index = 0; index < folded.size(); ++index) {
        if (is_written_umlaut(folded, index))
            continue;
        if (is_letter_or_digit(folded[index]))
            key += folded[index];
        else if (!key.empty() && key.back() != ' ')
            key += ' ';
    }
    if (!key.empty() && key.back() == ' ')
        key.pop_back();
    return key;
}

std::vector<std::string> search_words(std::string_view utf8)
{
    const std::string key = search_key(utf8);
    std::vector<std::string> words;
    if (!key.empty()) {
        for (const auto word : split(key, ' '))
            words.emplace_back(word);
    }
    return words;
}

// Optimal string alignment, one row of the matrix at a time.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    // Words fit into the first; nothing is asked for them from the heap.
    constexpr std::size_t usual = 64;
    std::array<std::size_t, 3 * usual> near{};
    std::vector<std::size_t> far;
    const std::size_t columns = b.size() + 1;
    if (columns > usual)
        far.resize(3 * columns);
    const std::span<std::size_t> all = far.empty() ? std::span<std::size_t>(near) : far;
    auto before_last = all.subspan(0, columns);
    auto last = all.subspan(columns, columns);
    auto row = all.subspan(2 * columns, columns);
    for (std::size_t column = 0; column <= b.size(); ++column)
        last[column] = column;
    for (std::size_t line = 1; line <= a.size(); ++line) {
        row[0] = line;
        for (std::size_t column = 1; column <= b.size(); ++column) {
            const std::size_t replaced = last[column - 1] + (a[line - 1] == b[column - 1] ? 0U : 1U);
            row[column] = std::min({last[column] + 1, row[column - 1] + 1, replaced});
            if (line > 1 && column > 1 && a[line - 1] == b[column - 2] && a[line - 2] == b[column - 1])
                row[column] = std::min(row[column], before_last[column - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::size_t tolerated_mistakes(std::size_t length)
{
    if (length < 4)
        return 0;
    if (length < 8)
        return 1;
    return length < 16 ? 2 : 3;
}

bool is_near(std::string_view typed, std::string_view meant)
{
    const std::size_t allowed = tolerated_mistakes(std::min(typed.size(), meant.size()));
    const std::size_t longer = std::max(typed.size(), meant.size());
    if (longer - std::min(typed.size(), meant.size()) > allowed)
        return false;
    return edit_distance(typed, meant) <= allowed;
}

}  // namespace base
