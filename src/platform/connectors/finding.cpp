#include "platform/connectors/finding.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace connectors {

namespace {

// "Anna-Maria  Luise" as {"anna", "maria", "luise"}.
std::vector<std::string> words(std::string_view name)
{
    std::string folded = base::fold_for_search(name);
    std::ranges::replace(folded, '-', ' ');
    std::vector<std::string> found;
    for (const auto part : base::split(folded, ' '))
        if (const auto word = base::trim(part); !word.empty())
            found.emplace_back(word);
    return found;
}

bool is_same_name(std::string_view a, std::string_view b)
{
    return words(a) == words(b);
}

bool are_first_names_of(std::string_view wanted, const Person& person)
{
    const auto asked = words(wanted);
    auto known = words(person.first_name);
    const auto called = words(person.call_name);
    known.insert(known.end(), called.begin(), called.end());
    return !asked.empty() && std::ranges::all_of(asked, [&](const std::string& name) {
        return std::ranges::find(known, name) != known.end();
    });
}

// When somebody gave their AHV number and exactly one of several persons has it, it is that one.
std::vector<Person> narrowed(const Wanted& wanted, const std::vector<Person>& persons)
{
    std::vector<Person> chosen;
    if (!wanted.ahv_number.empty())
        std::ranges::copy_if(persons, std::back_inserter(chosen), [&](const Person& person) {
            return person.ahv_number == wanted.ahv_number;
        });
    return chosen.size() == 1 ? chosen : persons;
}

}  // namespace

bool is_person(const Wanted& wanted, const Person& person)
{
    const bool has_name =
        is_same_name(wanted.last_name, person.official_name) ||
        (!person.alliance_name.empty() && is_same_name(wanted.last_name, person.alliance_name));
    const bool has_number =
        wanted.ahv_number.empty() || person.ahv_number.empty() || wanted.ahv_number == person.ahv_number;
    return has_name && are_first_names_of(wanted.first_name, person) &&
           wanted.date_of_birth == person.date_of_birth && has_number;
}

Finding assess(const Wanted& wanted, const std::vector<Person>& persons, const base::Date& today)
{
    Finding finding;
    const auto candidates = narrowed(wanted, persons);
    finding.found = !candidates.empty();
    finding.unique = candidates.size() == 1;
    // With several it is enough that one of them is locked: nobody may learn which.
    finding.has_data_lock =
        std::ranges::any_of(candidates, [](const Person& person) { return person.lock != DataLock::none; });
    if (!finding.unique)
        return finding;
    const Person& person = candidates.front();
    finding.matches = is_person(wanted, person);
    const bool has_left =
        person.departure && std::chrono::sys_days(*person.departure) <= std::chrono::sys_days(today);
    if (has_left)
        finding.reason = "moved_away";
    const bool lives_here =
        person.residence == Residence::main && person.municipality == wanted.municipality &&
        std::chrono::sys_days(person.arrival) <= std::chrono::sys_days(today) && !has_left;
    if (lives_here)
        finding.resident_since = person.arrival;
    return finding;
}

}  // namespace connectors
