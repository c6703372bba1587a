#pragma once

#include <string>
#include <vector>

namespace catalog {

struct Library;

// Something in a service's folder that is wrong, for whoever maintains the service.
struct Finding {
    std::string file;  // "services/x/form.json"
    int line = 0;      // from 1; 0: the file as a whole
    std::string sentence;
};

// Reads one service's folder as a reviewer would: all texts in all languages, Swiss spelling, form,
// decisions, process, document and scenarios. Nothing found: the service can go into use.
std::vector<Finding> check_package(const std::string& directory, const Library& library);

// The spelling of what the services of a folder share: blocks, wording, vocabulary.
std::vector<Finding> check_library(const std::string& directory);

}  // namespace catalog
