#include "kit/html/accepted_language.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace html {

namespace {

constexpr int full_weight = 1000;

// "q=0.75" as 750; full without a weight; 0, which says no, for one that is none.
int weight_of(std::string_view parameters)
{
    const auto start = parameters.find("q=");
    if (start == std::string_view::npos)
        return full_weight;
    const auto text = base::trim(parameters.substr(start + 2));
    if (text.empty() || (text.front() != '0' && text.front() != '1'))
        return 0;
    int weight = (text.front() - '0') * full_weight;
    int place = full_weight / 10;
    for (std::size_t index = 2; index < text.size() && place > 0; ++index, place /= 10)
        weight += text[index] >= '0' && text[index] <= '9' ? (text[index] - '0') * place : 0;
    return std::min(weight, full_weight);
}

}  // namespace

std::optional<Language> accepted_language(std::string_view header)
{
    std::optional<Language> best;
    int best_weight = 0;
    for (const auto part : base::split(header, ',')) {
        const auto end = std::min(part.find(';'), part.size());
        const auto tag = base::trim(part.substr(0, end));
        const auto language = parse_language(base::ascii_lower(tag.substr(0, tag.find('-'))));
        const int weight = weight_of(part.substr(end));
        if (!language || weight <= best_weight)
            continue;
        best = language;
        best_weight = weight;
    }
    return best;
}

}  // namespace html
