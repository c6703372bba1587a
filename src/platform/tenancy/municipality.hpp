#pragma once

#include "base/id.hpp"
#include "kit/html/texts.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenancy {

// What all municipalities share lies under this tenant.
inline const base::TenantId& canton_tenant()
{
    static const base::TenantId tenant{"canton"};
    return tenant;
}

// When an office is open on some days: Monday is 1, Sunday 7; minutes since midnight, local time.
struct OpenSpan {
    int first_day = 1;
    int last_day = 5;
    std::vector<std::pair<std::chrono::minutes, std::chrono::minutes>> times;
    friend bool operator==(const OpenSpan&, const OpenSpan&) = default;
};

// "Mo-We 08:00-11:30,14:00-17:00; Th 08:00-18:30": the part of OpenStreetMap's opening_hours that offices
// need. Nothing when it is written otherwise.
std::optional<std::vector<OpenSpan>> parse_opening_hours(std::string_view text);

// Where people turn to when they do not order here.
struct Office {
    std::string name;  // "Einwohnerdienste"
    std::string street;
    std::string postal_code;
    std::string town;
    std::string phone;  // "+41 62 …", as people read it
    std::string email;
    std::vector<OpenSpan> opening_hours;
};

// WGS 84, in millionths of a degree.
struct Location {
    std::int64_t latitude = 0;
    std::int64_t longitude = 0;
};

// A Swiss municipality as the canton knows it.
struct Municipality {
    int bfs_number = 0;  // of the Federal Statistical Office, for as long as the municipality exists
    std::string slug;    // in addresses: "buchs-ag"
    std::string name;    // official: "Buchs (AG)"
    std::string district;
    std::string canton;  // "AG"
    int population = 0;
    bool participates = false;  // in the portal
    Office office;
    std::vector<html::Language> languages;  // official ones, the first is that of its letters
    std::string colour;                     // "#1d5f8a"; dark enough for white text
    Location location;

    base::TenantId tenant() const { return {std::to_string(bfs_number)}; }
};

// One postal locality, as far as it lies in one municipality.
struct Locality {
    std::string postal_code;
    std::string name;
    int bfs_number = 0;
    int share = 0;  // of the locality's addresses that lie in this municipality, of 100000
};

// A municipality that has become part of another.
struct FormerMunicipality {
    int bfs_number = 0;
    std::string name;
    int successor = 0;  // BFS number
    int year = 0;       // on 1 January
};

// An office that does something for several municipalities: a regional civil registry, a debt office.
struct Responsibility {
    std::string body;    // its kind, as services name it: "civil_registry"
    int bfs_number = 0;  // for whom
    int seat = 0;        // the municipality where it is, BFS number
};

}  // namespace tenancy
