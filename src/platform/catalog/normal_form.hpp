#pragma once

#include "base/date.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace catalog {

// What people type, as it is kept. Each either gives the normal form or names the rule that was broken.
struct Normal {
    std::string value;
    std::string_view broken_rule;  // empty: none
};

// Trimmed, white space inside as single spaces. Letters of all scripts pass; control characters, characters
// that turn the direction of writing and bytes that are not UTF-8 do not.
Normal normal_line(std::string_view typed, std::size_t max_length);
// The same for several lines: line ends stay.
Normal normal_lines(std::string_view typed, std::size_t max_length);

Normal normal_email(std::string_view typed, std::size_t max_length);
// "+41561234567" (ITU-T E.164); Swiss numbers may be typed without the country's code.
Normal normal_phone(std::string_view typed);
// 13 digits: prefix 756, EAN-13 check digit; dots, spaces and hyphens are ignored.
Normal normal_ahv(std::string_view typed);
// Capitals and digits without spaces; the length of Swiss numbers, and the check digits of all (ISO 13616).
Normal normal_iban(std::string_view typed);
// "CHE123456788" (Federal Act on the Enterprise Identification Number); typed with or without dots, hyphen,
// and what follows it in the VAT register ("MWST", "TVA", "IVA").
Normal normal_uid(std::string_view typed);
// "08:30"; typed with a dot, a colon or an h, the minutes may be missing.
Normal normal_time(std::string_view typed);
// Rappen as digits; typed in francs, with or without two decimals, apostrophes and "CHF".
Normal normal_money(std::string_view typed);
// Swiss: 1000 to 9999.
Normal normal_postal_code(std::string_view typed);
// ISO 8601. The broken rule "incomplete" when a part is missing, "required" when all are.
Normal normal_date(std::string_view day, std::string_view month, std::string_view year);

}  // namespace catalog
