#include "platform/tenancy/municipality_store.hpp"

#include "base/text.hpp"

#include <stdexcept>

namespace tenancy {

namespace {

constexpr sql::Statement delete_former = "DELETE FROM former_municipalities WHERE tenant_id = :tenant_id";
constexpr sql::Statement delete_responsibilities =
    "DELETE FROM responsibilities WHERE tenant_id = :tenant_id";
constexpr sql::Statement insert_responsibility = R"sql(
    INSERT INTO responsibilities (tenant_id, body, bfs_number, seat)
    VALUES (:tenant_id, :body, :bfs_number, :seat))sql";
constexpr sql::Statement select_responsibilities =
    "SELECT body, bfs_number, seat FROM responsibilities WHERE tenant_id = :tenant_id ORDER BY body, bfs_number";
constexpr sql::Statement delete_localities = "DELETE FROM localities WHERE tenant_id = :tenant_id";
constexpr sql::Statement delete_municipalities = "DELETE FROM municipalities WHERE tenant_id = :tenant_id";
constexpr sql::Statement insert_municipality = R"sql(
    INSERT INTO municipalities (tenant_id, bfs_number, slug, name, district, canton, population, participates,
                                office_name, office_street, office_postal_code, office_town, office_phone,
                                office_email, opening_hours, languages, colour, latitude, longitude)
    VALUES (:tenant_id, :bfs_number, :slug, :name, :district, :canton, :population, :participates, :office_name,
            :office_street, :office_postal_code, :office_town, :office_phone, :office_email, :opening_hours,
            :languages, :colour, :latitude, :longitude))sql";
constexpr sql::Statement insert_locality = R"sql(
    INSERT INTO localities (tenant_id, postal_code, name, bfs_number, share)
    VALUES (:tenant_id, :postal_code, :name, :bfs_number, :share))sql";
constexpr sql::Statement insert_former = R"sql(
    INSERT INTO former_municipalities (tenant_id, bfs_number, name, successor, year)
    VALUES (:tenant_id, :bfs_number, :name, :successor, :year))sql";
constexpr sql::Statement select_municipalities = R"sql(
    SELECT bfs_number, slug, name, district, canton, population, participates, office_name, office_street,
           office_postal_code, office_town, office_phone, office_email, opening_hours, languages, colour, latitude,
           longitude
    FROM municipalities WHERE tenant_id = :tenant_id ORDER BY name, bfs_number)sql";
constexpr sql::Statement select_localities = R"sql(
    SELECT postal_code, name, bfs_number, share FROM localities WHERE tenant_id = :tenant_id
    ORDER BY postal_code, share DESC, name, bfs_number)sql";
constexpr sql::Statement select_former = R"sql(
    SELECT bfs_number, name, successor, year FROM former_municipalities WHERE tenant_id = :tenant_id
    ORDER BY bfs_number)sql";

std::string codes_of(const std::vector<html::Language>& languages)
{
    std::vector<std::string> codes;
    for (const auto language : languages)
        codes.emplace_back(html::code_of(language));
    return base::join(codes, " ");
}

// What we wrote ourselves and cannot read any more is a broken world.
template <class T>
T must_read(std::optional<T> value, const char* what)
{
    if (!value)
        throw std::runtime_error(std::string("municipalities: unreadable ") + what);
    return *std::move(value);
}

Municipality read_municipality(const sql::Row& row)
{
    Municipality read;
    read.bfs_number = static_cast<int>(row.integer(0));
    read.slug = row.text(1);
    read.name = row.text(2);
    read.district = row.text(3);
    read.canton = row.text(4);
    read.population = static_cast<int>(row.integer(5));
    read.participates = row.integer(6) != 0;
    read.office.name = row.text(7);
    read.office.street = row.text(8);
    read.office.postal_code = row.text(9);
    read.office.town = row.text(10);
    read.office.phone = row.text(11);
    read.office.email = row.text(12);
    read.office.opening_hours = must_read(parse_opening_hours(row.text(13)), "opening hours");
    read.languages = must_read(parse_languages(row.text(14)), "languages");
    read.colour = row.text(15);
    read.location = {row.integer(16), row.integer(17)};
    return read;
}

}  // namespace

std::optional<std::vector<html::Language>> parse_languages(std::string_view text)
{
    std::vector<html::Language> languages;
    for (const auto code : base::split(text, ' ')) {
        const auto language = html::parse_language(code);
        if (!language)
            return {};
        languages.push_back(*language);
    }
    return languages;
}

void MunicipalityStore::clear()
{
    const auto& tenant = canton_tenant().text;
    transaction_.execute(delete_responsibilities, {{"tenant_id", tenant}});
    transaction_.execute(delete_former, {{"tenant_id", tenant}});
    transaction_.execute(delete_localities, {{"tenant_id", tenant}});
    transaction_.execute(delete_municipalities, {{"tenant_id", tenant}});
}

void MunicipalityStore::add(const Municipality& municipality, const std::string& opening_hours)
{
    const Office& office = municipality.office;
    transaction_.execute_one(
        insert_municipality,
        {{"tenant_id", canton_tenant().text},
         {"bfs_number", municipality.bfs_number},
         {"slug", municipality.slug},
         {"name", municipality.name},
         {"district", municipality.district},
         {"canton", municipality.canton},
         {"population", municipality.population},
         {"participates", municipality.participates ? 1 : 0},
         {"office_name", office.name},
         {"office_street", office.street},
         {"office_postal_code", office.postal_code},
         {"office_town", office.town},
         {"office_phone", office.phone},
         {"office_email", office.email},
         {"opening_hours", opening_hours},
         {"languages", codes_of(municipality.languages)},
         {"colour", municipality.colour},
         {"latitude", municipality.location.latitude},
         {"longitude", municipality.location.longitude}}
    );
}

void MunicipalityStore::add(const Locality& locality)
{
    transaction_.execute_one(
        insert_locality,
        {{"tenant_id", canton_tenant().text},
         {"postal_code", locality.postal_code},
         {"name", locality.name},
         {"bfs_number", locality.bfs_number},
         {"share", locality.share}}
    );
}

void MunicipalityStore::add(const FormerMunicipality& former)
{
    transaction_.execute_one(
        insert_former,
        {{"tenant_id", canton_tenant().text},
         {"bfs_number", former.bfs_number},
         {"name", former.name},
         {"successor", former.successor},
         {"year", former.year}}
    );
}

void MunicipalityStore::add(const Responsibility& responsibility)
{
    transaction_.execute_one(
        insert_responsibility,
        {{"tenant_id", canton_tenant().text},
         {"body", responsibility.body},
         {"bfs_number", responsibility.bfs_number},
         {"seat", responsibility.seat}}
    );
}

std::vector<Responsibility> MunicipalityStore::responsibilities() const
{
    return transaction_
        .all(select_responsibilities, {{"tenant_id", canton_tenant().text}}, [](const sql::Row& row) {
            return Responsibility{
                row.text(0), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
        });
}

std::vector<Municipality> MunicipalityStore::municipalities() const
{
    return transaction_.all(select_municipalities, {{"tenant_id", canton_tenant().text}}, read_municipality);
}

std::vector<Locality> MunicipalityStore::localities() const
{
    return transaction_
        .all(select_localities, {{"tenant_id", canton_tenant().text}}, [](const sql::Row& row) {
            return Locality{
                row.text(0), row.text(1), static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3))};
        });
}

std::vector<FormerMunicipality> MunicipalityStore::former() const
{
    return transaction_.all(select_former, {{"tenant_id", canton_tenant().text}}, [](const sql::Row& row) {
        return FormerMunicipality{
            static_cast<int>(row.integer(0)),
            row.text(1),
            static_cast<int>(row.integer(2)),
            static_cast<int>(row.integer(3))};
    });
}

}  // namespace tenancy
