#pragma once

#include "base/result.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/library.hpp"
#include "platform/catalog/search_index.hpp"

#include <map>
#include <string>

namespace catalog {

// One folder's files as a package, everything compiled. `invalid`: the detail begins with the file.
base::Result<Package> read_package(const std::string& directory, const Library& library);

// None where there is no such file. `invalid` as for a package.
base::Result<AllSynonyms> read_synonyms(const std::string& path);

// The parts, for whoever wants to name all mistakes and not the first only. `detail` of a refusal begins with
// the path within the document, or with "line 3, column 7" when it is no JSON.
base::Result<Service> parse_service(const json::Value& document, const Library& library);
base::Result<ServiceTexts> parse_service_texts(const json::Value& document);
base::Result<std::map<std::string, LocalText, std::less<>>> parse_fee_parts(const json::Value& document);

}  // namespace catalog
