// Searching a catalogue of many services, in one thread.
//   portal_search SERVICES QUERIES
//     prints "search": queries a second, and "search_p99_ms"; the services and what is typed are made up of
//     the words of the canton's own texts, in four languages; each query is as people type: whole words,
//     beginnings, other words, mistyped ones
#include "arguments.hpp"
#include "base/search.hpp"
#include "platform/catalog/json_file.hpp"
#include "platform/catalog/package_reader.hpp"
#include "platform/catalog/search_index.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <span>
#include <stdexcept>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view folder = "services/hauptwohnsitzbescheinigung/texts/";

// Words of a language, and syllables of them put together, as German does.
std::vector<std::string> words_in(html::Language language, std::mt19937& chance)
{
    const auto text =
        catalog::read_file(std::string(folder) + std::string(html::code_of(language)) + ".json").value();
    auto words = base::search_words(text);
    const auto own = words.size();
    for (int made = 0; made < 6000; ++made) {
        const auto& first = words[chance() % own];
        const auto& second = words[chance() % own];
        words.push_back(first + second.substr(second.size() / 2));
    }
    return words;
}

std::string some(const std::vector<std::string>& words, std::size_t count, std::mt19937& chance)
{
    std::string text;
    for (std::size_t number = 0; number < count; ++number)
        text += words[chance() % words.size()] + " ";
    return text;
}

std::string typed(const std::vector<std::string>& words, std::mt19937& chance)
{
    std::string query = some(words, 1 + chance() % 3, chance);
    query.pop_back();
    switch (chance() % 4) {
    case 0: return query.substr(0, std::max<std::size_t>(3, query.size() - 3));  // not finished
    case 1: std::swap(query[query.size() / 2], query[query.size() / 2 - 1]); return query;
    default: return query;
    }
}

void measure(int services, int queries)
{
    std::mt19937 chance(1);  // the same each time
    const auto synonyms = catalog::read_synonyms("services/synonyms.json").value();
    std::vector<catalog::SearchIndex> indexes;
    std::vector<std::vector<std::string>> words;
    for (const auto language : html::all_languages) {
        words.push_back(words_in(language, chance));
        std::vector<catalog::ServiceTexts> all(static_cast<std::size_t>(services));
        std::vector<const catalog::ServiceTexts*> listed;
        for (auto& texts : all) {
            texts.title = some(words.back(), 3, chance);
            texts.summary = some(words.back(), 15, chance);
            for (int keyword = 0; keyword < 8; ++keyword)
                texts.keywords.push_back(some(words.back(), 1, chance));
            listed.push_back(&texts);
        }
        indexes.emplace_back(language, synonyms[static_cast<std::size_t>(language)], listed);
    }
    std::vector<std::string> asked;
    for (int query = 0; query < queries; ++query)
        asked.push_back(typed(words[static_cast<std::size_t>(query) % words.size()], chance));

    std::vector<double> milliseconds;
    std::size_t hits = 0;
    const auto began = Clock::now();
    for (std::size_t query = 0; query < asked.size(); ++query) {
        const auto start = Clock::now();
        hits += indexes[query % indexes.size()].find(asked[query]).size();
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    const auto seconds = std::chrono::duration<double>(Clock::now() - began).count();
    if (hits == 0)
        throw std::runtime_error("nothing was found");
    std::ranges::sort(milliseconds);
    std::cout << "search " << static_cast<double>(queries) / seconds << "\nsearch_p99_ms "
              << milliseconds[milliseconds.size() * 99 / 100] << std::endl;
}

}  // namespace

int main(int count, char** arguments)
{
    const std::span all(arguments, static_cast<std::size_t>(count));
    try {
        if (all.size() != 3)
            throw std::invalid_argument("SERVICES QUERIES expected");
        measure(bench::number(all[1]), bench::number(all[2]));
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
