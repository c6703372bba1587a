#pragma once

#include "kit/sql/database.hpp"
#include "platform/tenancy/municipality.hpp"

#include <string>
#include <vector>

namespace tenancy {

// The tables of the canton's municipalities. Their tenant is the canton, whatever the transaction's is: one
// of the canton's tenant or across tenants to write, any to read.
class MunicipalityStore {
public:
    explicit MunicipalityStore(sql::Transaction& transaction) : transaction_(transaction) {}

    void clear();
    void add(const Municipality& municipality, const std::string& opening_hours);
    void add(const Locality& locality);
    void add(const FormerMunicipality& former);
    void add(const Responsibility& responsibility);

    std::vector<Municipality> municipalities() const;  // by name
    std::vector<Locality> localities() const;          // by postal code, largest share first
    std::vector<FormerMunicipality> former() const;
    std::vector<Responsibility> responsibilities() const;

private:
    sql::Transaction& transaction_;
};

// "de fr": the codes of languages, in order. Nothing when one is unknown or there is none.
std::optional<std::vector<html::Language>> parse_languages(std::string_view text);

}  // namespace tenancy
