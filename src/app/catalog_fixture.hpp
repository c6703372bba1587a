#pragma once

// For tests through the whole portal: the catalogue with one service and what all share. Each portal reads
// and deploys its catalogue anew, and sixty more services take longer than what is tested.
#include "platform/catalog/catalog.hpp"
#include "testing/files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace app {

// A folder with links to the shipped files, gone at the end of the tests.
class SmallServices {
public:
    SmallServices()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "schalter-services-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        for (const auto* name :
             {"hauptwohnsitzbescheinigung",
              "blocks",
              "processes",
              "synonyms.json",
              "vocabulary.json",
              "wording.json"}) {
            const auto shipped =
                std::filesystem::absolute(testing::source_path("services/" + std::string(name)));
            std::filesystem::create_symlink(shipped, folder_ / name);
        }
    }
    ~SmallServices() { std::filesystem::remove_all(folder_); }
    SmallServices(const SmallServices&) = delete;
    SmallServices& operator=(const SmallServices&) = delete;

    std::string folder() const { return folder_.string(); }

private:
    std::filesystem::path folder_;
};

inline catalog::Catalog small_catalog()
{
    static const SmallServices services;
    return catalog::Catalog::load(services.folder()).value();
}

}  // namespace app
