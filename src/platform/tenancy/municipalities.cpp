#include "platform/tenancy/municipalities.hpp"

#include "base/search.hpp"
#include "base/text.hpp"
#include "platform/tenancy/municipality_store.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace tenancy {

namespace {

// How well a name fits what was typed; lower is better.
enum class Fit { exact, beginning, word, near, none };

bool has_word_beginning_with(std::string_view key, std::string_view typed)
{
    const auto words = base::split(key, ' ');
    return std::ranges::any_of(words, [&](std::string_view word) { return word.starts_with(typed); });
}

Fit fit(std::string_view key, std::string_view typed)
{
    if (key == typed)
        return Fit::exact;
    if (key.starts_with(typed))
        return Fit::beginning;
    if (has_word_beginning_with(key, typed))
        return Fit::word;
    if (base::is_near(typed, key) || base::is_near(typed, key.substr(0, key.find(' '))))
        return Fit::near;
    return Fit::none;
}

// Of two equally good reasons the one that tells people more: a merger, then the official name.
int rank_of_reason(const Match& match)
{
    if (match.former != nullptr)
        return 0;
    return match.locality == nullptr ? 1 : 2;
}

struct Found {
    Fit fit;
    Match match;
};

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

}  // namespace

Municipalities::Municipalities(
    std::vector<Municipality> municipalities,
    std::vector<Locality> localities,
    std::vector<FormerMunicipality> former,
    const std::vector<Responsibility>& responsibilities
)
    : municipalities_(std::move(municipalities)), localities_(std::move(localities)),
      former_(std::move(former))
{
    std::ranges::stable_sort(municipalities_, {}, [](const Municipality& municipality) {
        return base::search_key(municipality.name);
    });
    index();
    for (const auto& [body, bfs_number, seat] : responsibilities)
        seats_[{body, bfs_number}] = seat;
}

const Municipality&
Municipalities::responsible_for(const Municipality& municipality, std::string_view body) const
{
    const auto seat = seats_.find({std::string(body), municipality.bfs_number});
    const auto* responsible = seat == seats_.end() ? nullptr : find_by_bfs(seat->second);
    return responsible == nullptr ? municipality : *responsible;
}

Municipalities Municipalities::load(sql::Transaction& transaction)
{
    const MunicipalityStore store(transaction);
    return {store.municipalities(), store.localities(), store.former(), store.responsibilities()};
}

void Municipalities::index()
{
    for (const auto& municipality : municipalities_) {
        by_number_[municipality.bfs_number] = &municipality;
        by_slug_[municipality.slug] = &municipality;
        entries_.push_back({base::search_key(municipality.name), {&municipality, nullptr, nullptr}});
    }
    for (const auto& locality : localities_) {
        if (const auto* municipality = find_by_bfs(locality.bfs_number))
            entries_.push_back({base::search_key(locality.name), {municipality, &locality, nullptr}});
    }
    for (const auto& former : former_) {
        const auto successor = by_number_.find(former.successor);
        if (successor != by_number_.end())
            entries_.push_back({base::search_key(former.name), {successor->second, nullptr, &former}});
    }
}

const Municipality* Municipalities::find_by_slug(std::string_view slug) const
{
    const auto found = by_slug_.find(slug);
    return found == by_slug_.end() ? nullptr : found->second;
}

const Municipality* Municipalities::find_by_bfs(int bfs_number) const
{
    const auto found = by_number_.find(bfs_number);
    return found == by_number_.end() ? nullptr : found->second;
}

const Municipality* Municipalities::find_by_tenant(const base::TenantId& tenant) const
{
    int number = 0;
    const auto end = tenant.text.data() + tenant.text.size();
    const auto [stop, error] = std::from_chars(tenant.text.data(), end, number);
    return error == std::errc() && stop == end ? find_by_bfs(number) : nullptr;
}

const Municipality* Municipalities::find_by_address(std::string_view slug_or_number) const
{
    if (const auto* municipality = find_by_slug(slug_or_number))
        return municipality;
    if (const auto* municipality = find_by_tenant({std::string(slug_or_number)}))
        return municipality;
    for (const auto& former : former_) {
        if (std::to_string(former.bfs_number) == slug_or_number)
            return find_by_bfs(former.successor);
    }
    return nullptr;
}

std::vector<Match> Municipalities::search_postal_code(std::string_view digits, std::string_view rest) const
{
    std::vector<Match> matches;
    for (const auto& locality : localities_) {
        if (!locality.postal_code.starts_with(digits))
            continue;
        if (!rest.empty() && fit(base::search_key(locality.name), rest) == Fit::none)
            continue;
        const auto* municipality = find_by_bfs(locality.bfs_number);
        const bool is_new = std::ranges::none_of(matches, [&](const Match& match) {
            return match.municipality == municipality;
        });
        if (municipality != nullptr && is_new)
            matches.push_back({municipality, &locality, nullptr});
    }
    std::ranges::stable_sort(matches, std::ranges::greater{}, [](const Match& match) {
        return match.locality->share;
    });
    return matches;
}

std::vector<Match> Municipalities::search(std::string_view query, std::size_t most) const
{
    const std::string typed = base::search_key(query);
    const auto digits_end = std::ranges::find_if_not(typed, is_digit);
    const std::string_view digits(typed.begin(), digits_end);
    if (!digits.empty()) {
        const auto rest = base::trim(std::string_view(digits_end, typed.end()));
        auto matches = search_postal_code(digits, rest);
        if (matches.empty() && !rest.empty())  // a postal code and a place that do not belong together
            matches = search_postal_code(digits, {});
        matches.resize(std::min(most, matches.size()));
        return matches;
    }

    std::vector<Found> found;
    for (const auto& entry : entries_) {
        const Fit quality = typed.empty() ? Fit::none : fit(entry.key, typed);
        if (quality != Fit::none)
            found.push_back({quality, entry.match});
    }
    std::ranges::stable_sort(found, {}, [](const Found& one) {
        return std::tuple(one.fit, rank_of_reason(one.match), -one.match.municipality->population);
    });

    std::vector<Match> matches;
    for (const auto& [quality, match] : found) {
        const bool is_new = std::ranges::none_of(matches, [&](const Match& earlier) {
            return earlier.municipality == match.municipality;
        });
        // A mistyped word that fits a real name elsewhere is no mistake.
        const bool is_guess = quality == Fit::near && found.front().fit != Fit::near;
        if (is_new && !is_guess && matches.size() < most)
            matches.push_back(match);
    }
    return matches;
}

}  // namespace tenancy
