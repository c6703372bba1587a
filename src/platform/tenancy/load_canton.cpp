#include "platform/tenancy/load_canton.hpp"

#include "base/csv.hpp"
#include "platform/tenancy/municipality_store.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace tenancy {

namespace {

using base::Csv;
using base::ErrorKind;
using base::fail;
using base::Result;

std::optional<int> parse_number(const std::string& text)
{
    int number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end)
        return {};
    return number;
}

// "47.40058" as millionths of a degree.
std::optional<std::int64_t> parse_degrees(const std::string& text)
{
    const auto point = text.find('.');
    std::string digits = text.substr(0, point);
    std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    if (fraction.size() > 6)
        return {};
    fraction.resize(6, '0');
    const auto number = parse_number(digits + fraction);
    return number ? std::optional<std::int64_t>(*number) : std::nullopt;
}

bool is_colour(const std::string& text)
{
    return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

base::Error refuse(std::string_view file, const Csv::Row& row, std::string_view column)
{
    return fail(
        ErrorKind::invalid,
        "tenancy.invalid_data",
        std::string(file) + ":" + std::to_string(row.line) + ": no valid " + std::string(column)
    );
}

constexpr std::string_view municipalities_file = "municipalities.csv";
constexpr std::string_view localities_file = "localities.csv";
constexpr std::string_view former_file = "former.csv";
constexpr std::string_view responsibilities_file = "responsibilities.csv";

struct MunicipalityRow {
    Municipality municipality;
    std::string opening_hours;
};

Result<MunicipalityRow> read_municipality(const Csv::Row& row)
{
    const auto& value = row.values;
    const auto number = parse_number(value[0]);
    const auto population = parse_number(value[5]);
    const auto hours = parse_opening_hours(value[13]);
    const auto languages = parse_languages(value[14]);
    const auto latitude = parse_degrees(value[16]);
    const auto longitude = parse_degrees(value[17]);
    if (!number || *number < 1 || *number > 9999)
        return refuse(municipalities_file, row, "bfs_number");
    if (value[1].empty() || value[2].empty())
        return refuse(municipalities_file, row, "slug or name");
    if (!population || *population < 0)
        return refuse(municipalities_file, row, "population");
    if (value[6] != "yes" && value[6] != "no")
        return refuse(municipalities_file, row, "participates");
    if (!hours)
        return refuse(municipalities_file, row, "opening_hours");
    if (!languages)
        return refuse(municipalities_file, row, "languages");
    if (!is_colour(value[15]))
        return refuse(municipalities_file, row, "colour");
    if (!latitude || !longitude)
        return refuse(municipalities_file, row, "latitude or longitude");

    MunicipalityRow read;
    read.municipality.bfs_number = *number;
    read.municipality.slug = value[1];
    read.municipality.name = value[2];
    read.municipality.district = value[3];
    read.municipality.canton = value[4];
    read.municipality.population = *population;
    read.municipality.participates = value[6] == "yes";
    read.municipality.office = {value[7], value[8], value[9], value[10], value[11], value[12], *hours};
    read.municipality.languages = *languages;
    read.municipality.colour = value[15];
    read.municipality.location = {*latitude, *longitude};
    read.opening_hours = value[13];
    return read;
}

Result<Locality> read_locality(const Csv::Row& row, const std::set<int>& known)
{
    const auto number = parse_number(row.values[2]);
    const auto share = parse_number(row.values[3]);
    if (row.values[0].size() != 4 || !parse_number(row.values[0]))
        return refuse(localities_file, row, "postal_code");
    if (!number || !known.contains(*number))
        return refuse(localities_file, row, "bfs_number");
    if (!share || *share < 0 || *share > 100000)
        return refuse(localities_file, row, "share");
    return Locality{row.values[0], row.values[1], *number, *share};
}

Result<FormerMunicipality> read_former(const Csv::Row& row, const std::set<int>& known)
{
    const auto number = parse_number(row.values[0]);
    const auto successor = parse_number(row.values[2]);
    const auto year = parse_number(row.values[3]);
    if (!number || known.contains(*number))
        return refuse(former_file, row, "bfs_number");
    if (!successor || !known.contains(*successor))
        return refuse(former_file, row, "successor");
    if (!year || *year < 1848)
        return refuse(former_file, row, "year");
    return FormerMunicipality{*number, row.values[1], *successor, *year};
}

Result<Responsibility> read_responsibility(const Csv::Row& row, const std::set<int>& known)
{
    const auto number = parse_number(row.values[1]);
    const auto seat = parse_number(row.values[2]);
    if (row.values[0].empty())
        return refuse(responsibilities_file, row, "body");
    if (!number || !known.contains(*number))
        return refuse(responsibilities_file, row, "bfs_number");
    if (!seat || !known.contains(*seat))
        return refuse(responsibilities_file, row, "seat");
    return Responsibility{row.values[0], *number, *seat};
}

struct Canton {
    std::vector<MunicipalityRow> municipalities;
    std::vector<Locality> localities;
    std::vector<FormerMunicipality> former;
    std::vector<Responsibility> responsibilities;
};

Result<Canton> read_canton(const CantonFiles& files)
{
    const auto municipalities = Csv::parse(
        municipalities_file,
        files.municipalities,
        {"bfs_number",
         "slug",
         "name",
         "district",
         "canton",
         "population",
         "participates",
         "office",
         "street",
         "postal_code",
         "town",
         "phone",
         "email",
         "opening_hours",
         "languages",
         "colour",
         "latitude",
         "longitude"}
    );
    const auto localities =
        Csv::parse(localities_file, files.localities, {"postal_code", "name", "bfs_number", "share"});
    const auto former = Csv::parse(former_file, files.former, {"bfs_number", "name", "successor", "year"});
    const auto responsibilities =
        Csv::parse(responsibilities_file, files.responsibilities, {"body", "bfs_number", "seat"});
    for (const auto* file : {&municipalities, &localities, &former, &responsibilities}) {
        if (!*file)
            return file->error();
    }

    Canton canton;
    std::set<int> known;
    for (const auto& row : municipalities->rows()) {
        auto read = read_municipality(row);
        if (!read)
            return read.error();
        if (!known.insert(read->municipality.bfs_number).second)
            return refuse(municipalities_file, row, "bfs_number: it stands there twice");
        canton.municipalities.push_back(*std::move(read));
    }
    for (const auto& row : localities->rows()) {
        auto read = read_locality(row, known);
        if (!read)
            return read.error();
        canton.localities.push_back(*std::move(read));
    }
    for (const auto& row : former->rows()) {
        auto read = read_former(row, known);
        if (!read)
            return read.error();
        canton.former.push_back(*std::move(read));
    }
    for (const auto& row : responsibilities->rows()) {
        auto read = read_responsibility(row, known);
        if (!read)
            return read.error();
        canton.responsibilities.push_back(*std::move(read));
    }
    return canton;
}

}  // namespace

base::Result<> load_canton(sql::Transaction& transaction, const CantonFiles& files)
{
    const auto canton = read_canton(files);
    if (!canton)
        return canton.error();

    MunicipalityStore store(transaction);
    store.clear();
    for (const auto& row : canton->municipalities)
        store.add(row.municipality, row.opening_hours);
    for (const auto& locality : canton->localities)
        store.add(locality);
    for (const auto& former : canton->former)
        store.add(former);
    for (const auto& responsibility : canton->responsibilities)
        store.add(responsibility);
    return base::Done{};
}

}  // namespace tenancy
