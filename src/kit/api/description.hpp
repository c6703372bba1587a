#pragma once

#include "kit/api/interface.hpp"

namespace api {

// The OpenAPI 3.1 document of these operations, its sentences in one language.
json::Value describe(
    const std::vector<Operation>& operations,
    const Schemas& schemas,
    const Parts& parts,
    html::Language language
);

// What the document needs: the keys of its texts, and the names of the schemas that it refers to.
struct Needs {
    std::vector<std::string> sentences;
    std::vector<std::string> schemas;
};
Needs needs_of(const std::vector<Operation>& operations, const Schemas& schemas);

}  // namespace api
