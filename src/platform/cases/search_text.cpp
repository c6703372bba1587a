#include "platform/cases/search_text.hpp"

#include "base/text.hpp"

namespace cases {

std::string search_text_of(const Case& searched)
{
    return base::fold_for_search(searched.reference + " " + applicant_of(searched.answers));
}

std::string pattern_for(std::string_view search)
{
    std::string pattern;
    for (const char letter : base::fold_for_search(base::trim(search)))
        pattern += letter == '%' || letter == '_' || letter == '\\' ? ' ' : letter;
    return pattern.empty() ? pattern : "%" + pattern + "%";
}

}  // namespace cases
