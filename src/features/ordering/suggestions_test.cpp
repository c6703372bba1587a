#include "features/ordering/suggestions.hpp"

#include <doctest/doctest.h>

namespace {

const tenancy::Municipalities& canton()
{
    static const tenancy::Municipalities all(
        {{.bfs_number = 4095, .slug = "brugg", .name = "Brugg"},
         {.bfs_number = 4001, .slug = "aarau", .name = "Aarau"}},
        {{.postal_code = "5222", .name = "Umiken", .bfs_number = 4095}},
        {{.bfs_number = 4122, .name = "Villnachern", .successor = 4095, .year = 2026}}
    );
    return all;
}

std::string suggest(const std::string& query)
{
    http::Request request;
    request.query = {{"q", query}};
    return ordering::suggest_municipalities(canton(), request).body;
}

}  // namespace

TEST_CASE("Municipalities are suggested by name, locality and former name, and it is said why")
{
    CHECK(suggest("aara") == R"({"results":[{"text":"Aarau"}]})");
    CHECK(suggest("5222") == R"({"results":[{"text":"Brugg","hint":"5222 Umiken"}]})");
    CHECK(suggest("villnach") == R"({"results":[{"text":"Brugg","hint":"Villnachern"}]})");
}

TEST_CASE("Nothing is suggested for nothing, nonsense and far too long questions")
{
    CHECK(suggest("  ") == R"({"results":[]})");
    CHECK(suggest("\xff\xfe") == R"({"results":[]})");
    CHECK(suggest(std::string(101, 'a')) == R"({"results":[]})");
}
