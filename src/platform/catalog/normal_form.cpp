#include "platform/catalog/normal_form.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace catalog {

namespace {

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool is_all_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// Marks that turn the direction of writing (U+202A to U+202E, U+2066 to U+2069): nobody's name has them, but
// they make one text look like another.
bool has_direction_marks(std::string_view text)
{
    for (std::size_t index = 0; index + 2 < text.size(); ++index) {
        const auto last = static_cast<unsigned char>(text[index + 2]);
        if (text.substr(index, 2) == "\xE2\x80" && last >= 0xAA && last <= 0xAE)
            return true;
        if (text.substr(index, 2) == "\xE2\x81" && last >= 0xA6 && last <= 0xA9)
            return true;
    }
    return false;
}

bool has_only_letters(std::string_view text)
{
    return base::is_valid_utf8(text) && !base::has_control_characters(text) && !has_direction_marks(text);
}

std::string with_single_spaces(std::string_view text)
{
    std::string single;
    for (const char letter : base::trim(text)) {
        const bool is_space = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
        if (!is_space)
            single += letter;
        else if (!single.empty() && single.back() != ' ')
            single += ' ';
    }
    return single;
}

std::string without(std::string_view text, std::string_view ignored)
{
    std::string kept;
    for (const char letter : text) {
        if (ignored.find(letter) == std::string_view::npos)
            kept += letter;
    }
    return kept;
}

// No-break spaces come with numbers that are copied from documents.
std::string with_plain_spaces(std::string_view text)
{
    std::string plain(base::trim(text));
    for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"})
        plain = base::replace_all(plain, space, " ");
    return plain;
}

bool is_domain(std::string_view domain)
{
    const auto labels = base::split(domain, '.');
    return labels.size() >= 2 && std::ranges::all_of(labels, [](std::string_view label) {
               return !label.empty() && label.front() != '-' && label.back() != '-' &&
                      std::ranges::all_of(label, [](char letter) {
                          return is_digit(letter) || letter == '-' || (letter >= 'a' && letter <= 'z') ||
                                 (letter >= 'A' && letter <= 'Z') ||
                                 static_cast<unsigned char>(letter) >= 0x80;
                      });
           });
}

bool is_local_part(std::string_view local)
{
    return !local.empty() && local.front() != '.' && local.back() != '.' &&
           std::ranges::none_of(local, [](char letter) {
               return letter == ' ' || letter == '"' || letter == ',' || letter == ';' || letter == '<' ||
                      letter == '>' || letter == '@' || letter == '(' || letter == ')' || letter == '\\';
           });
}

// EAN-13: weights 1 and 3 from the left; with the check digit the sum is a multiple of 10.
bool has_right_check_digit(std::string_view digits)
{
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index)
        sum += (digits[index] - '0') * (index % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
}

void drop_ending(std::string& text, std::string_view ending)
{
    if (text.ends_with(ending))
        text.erase(text.size() - ending.size());
}

bool is_capital(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

// ISO 7064, MOD 97-10, over the number with its first four characters at the end and letters as 10 to 35.
bool has_right_check_digits(std::string_view iban)
{
    int rest = 0;
    const std::string turned = std::string(iban.substr(4)) + std::string(iban.substr(0, 4));
    for (const char letter : turned)
        rest =
            is_capital(letter) ? (rest * 100 + (letter - 'A' + 10)) % 97 : (rest * 10 + (letter - '0')) % 97;
    return rest == 1;
}

// Modulus 11 with the weights 5 4 3 2 7 6 5 4 (eCH-0097 section 3.1).
bool is_uid_number(std::string_view digits)
{
    constexpr int weights[] = {5, 4, 3, 2, 7, 6, 5, 4};
    int sum = 0;
    for (std::size_t index = 0; index < std::size(weights); ++index)
        sum += (digits[index] - '0') * weights[index];
    const int check = (11 - sum % 11) % 11;
    return check == digits.back() - '0';  // 10 is never given
}

std::optional<unsigned> parse_part(std::string_view text, std::size_t most_digits)
{
    if (!is_all_digits(text) || text.size() > most_digits)
        return {};
    unsigned number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Normal normal_line(std::string_view typed, std::size_t max_length)
{
    Normal normal{with_single_spaces(typed), {}};
    if (!has_only_letters(normal.value))
        normal.broken_rule = "characters";
    else if (base::count_code_points(normal.value) > max_length)
        normal.broken_rule = "too_long";
    return normal;
}

Normal normal_lines(std::string_view typed, std::size_t max_length)
{
    Normal normal{without(base::trim(typed), "\r"), {}};  // browsers send CR LF
    if (!has_only_letters(normal.value))
        normal.broken_rule = "characters";
    else if (base::count_code_points(normal.value) > max_length)
        normal.broken_rule = "too_long";
    return normal;
}

Normal normal_email(std::string_view typed, std::size_t max_length)
{
    Normal normal{std::string(base::trim(typed)), {}};
    const auto at = normal.value.rfind('@');
    if (!has_only_letters(normal.value) || at == std::string::npos ||
        !is_local_part(std::string_view(normal.value).substr(0, at)) ||
        !is_domain(std::string_view(normal.value).substr(at + 1)))
        normal.broken_rule = "format";
    else if (base::count_code_points(normal.value) > max_length)
        normal.broken_rule = "too_long";
    return normal;
}

Normal normal_phone(std::string_view typed)
{
    std::string digits = without(with_plain_spaces(typed), " -./()'");
    if (digits.starts_with("00"))
        digits.replace(0, 2, "+");
    else if (digits.starts_with("0") && digits.size() == 10)
        digits.replace(0, 1, "+41");
    if (digits.starts_with("+410"))  // "+41 (0)56 …"
        digits.erase(3, 1);
    const bool is_international = digits.starts_with("+") &&
                                  is_all_digits(std::string_view(digits).substr(1)) && digits.size() >= 9 &&
                                  digits.size() <= 16;
    const bool is_swiss_length = !digits.starts_with("+41") || digits.size() == 12;
    return {digits, is_international && is_swiss_length ? "" : "format"};
}

Normal normal_ahv(std::string_view typed)
{
    std::string digits = without(with_plain_spaces(typed), " .-");
    if (!is_all_digits(digits) || digits.size() != 13)
        return {digits, "format"};
    if (!digits.starts_with("756"))
        return {digits, "prefix"};
    return {digits, has_right_check_digit(digits) ? "" : "check_digit"};
}

Normal normal_iban(std::string_view typed)
{
    constexpr std::size_t shortest = 15;
    constexpr std::size_t longest = 34;
    constexpr std::size_t swiss = 21;
    std::string iban = base::ascii_upper(without(with_plain_spaces(typed), " .-"));
    const bool has_form = iban.size() >= shortest && iban.size() <= longest && is_capital(iban[0]) &&
                          is_capital(iban[1]) && std::ranges::all_of(iban, [](char letter) {
                              return is_capital(letter) || (letter >= '0' && letter <= '9');
                          });
    const bool is_swiss = iban.starts_with("CH") || iban.starts_with("LI");
    if (!has_form || (is_swiss && iban.size() != swiss))
        return {iban, "format"};
    return {iban, has_right_check_digits(iban) ? "" : "check_digit"};
}

Normal normal_uid(std::string_view typed)
{
    std::string uid = base::ascii_upper(without(with_plain_spaces(typed), " .-"));
    for (const std::string_view register_of_vat : {"MWST", "TVA", "IVA"})
        drop_ending(uid, register_of_vat);
    if (!uid.starts_with("CHE"))
        uid.insert(0, "CHE");
    const auto digits = std::string_view(uid).substr(3);
    if (digits.size() != 9 || !is_all_digits(digits))
        return {uid, "format"};
    return {uid, is_uid_number(digits) ? "" : "check_digit"};
}

Normal normal_time(std::string_view typed)
{
    std::string text = without(base::trim(typed), " ");
    for (const std::string_view word : {"Uhr", "uhr"})
        drop_ending(text, word);
    const auto mark = text.find_first_of(".:hH");
    const auto hours = parse_part(std::string_view(text).substr(0, mark), 2);
    const auto rest =
        mark == std::string::npos ? std::string_view() : std::string_view(text).substr(mark + 1);
    const auto minutes = rest.empty()       ? std::optional(0U)
                         : rest.size() == 2 ? parse_part(rest, 2)
                                            : std::nullopt;
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return {"", "format"};
    const auto two_digits = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return {two_digits(*hours) + ":" + two_digits(*minutes), ""};
}

Normal normal_money(std::string_view typed)
{
    constexpr std::size_t most_digits = 12;
    std::string text = with_plain_spaces(typed);
    for (const std::string_view ending : {".--", ".-", ".\u2013", ".\u2014"})
        drop_ending(text, ending);
    text = without(base::replace_all(text, "\u2019", ""), " '");
    if (base::ascii_upper(text).starts_with("CHF") || text.starts_with("Fr."))
        text.erase(0, 3);
    const auto point = text.find_first_of(".,");
    std::string digits = text.substr(0, point);
    std::string rappen = point == std::string::npos ? "00" : text.substr(point + 1);
    if (rappen.size() == 1)
        rappen += "0";
    if (!is_all_digits(digits) || !is_all_digits(rappen) || rappen.size() != 2 || digits.size() > most_digits)
        return {"", "format"};
    digits += rappen;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return {digits, ""};
}

Normal normal_postal_code(std::string_view typed)
{
    std::string digits = without(with_plain_spaces(typed), " ");
    if (digits.starts_with("CH-"))
        digits.erase(0, 3);
    const bool is_swiss = digits.size() == 4 && is_all_digits(digits) && digits.front() != '0';
    return {digits, is_swiss ? "" : "format"};
}

Normal normal_date(std::string_view day, std::string_view month, std::string_view year)
{
    day = base::trim(day);
    month = base::trim(month);
    year = base::trim(year);
    if (day.empty() && month.empty() && year.empty())
        return {"", "required"};
    if (day.empty() || month.empty() || year.empty())
        return {"", "incomplete"};
    const auto day_number = parse_part(day, 2);
    const auto month_number = parse_part(month, 2);
    const auto year_number = parse_part(year, 4);
    if (!day_number || !month_number || !year_number || year.size() != 4)
        return {"", "format"};
    const base::Date date{
        std::chrono::year(static_cast<int>(*year_number)),
        std::chrono::month(*month_number),
        std::chrono::day(*day_number)};
    if (!date.ok())
        return {"", "no_such_day"};
    return {base::format_date(date), ""};
}

}  // namespace catalog
