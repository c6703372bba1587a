#include "app/check_command.hpp"

#include "kit/json/json.hpp"
#include "platform/catalog/check_package.hpp"
#include "platform/catalog/json_file.hpp"
#include "platform/catalog/json_line.hpp"
#include "platform/catalog/library.hpp"
#include "platform/documents/template.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <vector>

namespace app {

namespace {

using catalog::Finding;

// A folder with service.json is a service; any other is a folder of services.
std::vector<std::string> packages_in(const std::string& directory)
{
    if (std::filesystem::exists(directory + "/service.json"))
        return {directory};
    std::vector<std::string> packages;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(directory, unreadable)) {
        if (entry.is_directory() && !catalog::is_library_folder(entry.path().filename().string()))
            packages.push_back(entry.path().string());
    }
    std::ranges::sort(packages);
    return packages;
}

// The document's template belongs to a room above the catalog.
void check_document(const std::string& directory, std::vector<Finding>& findings)
{
    const std::string path = directory + "/document.json";
    const auto text = catalog::read_file(path);
    if (!text)
        return;
    const auto document = json::parse(*text);
    if (!document) {
        findings.push_back({path, 0, document.error().detail});
        return;
    }
    const auto pattern = documents::Template::parse(*document);
    if (!pattern) {
        const auto& detail = pattern.error().detail;
        findings.push_back({path, catalog::line_of(*text, detail.substr(0, detail.find(": "))), detail});
    }
}

std::string without_last_slash(std::string path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path;
}

// Services that lie beside each other, and what they share.
void check_services(const std::vector<std::string>& packages, std::vector<Finding>& findings)
{
    const auto parent = std::filesystem::path(packages.front()).parent_path().string();
    const std::string shared = parent.empty() ? "." : parent;
    const auto library = catalog::read_library(shared);
    if (!library) {
        findings.push_back({shared, 0, library.error().detail});
        return;
    }
    const auto add = [&](std::vector<Finding> more) {
        std::ranges::move(more, std::back_inserter(findings));
    };
    add(catalog::check_library(shared));
    for (const auto& package : packages) {
        add(catalog::check_package(package, *library));
        check_document(package, findings);
    }
}

}  // namespace

int check(Arguments arguments, Streams& streams)
{
    std::vector<std::string> directories(arguments.begin(), arguments.end());
    if (directories.empty())
        directories.emplace_back("services");

    std::size_t packages = 0;
    std::vector<Finding> findings;
    for (const auto& directory : directories) {
        const auto found = packages_in(without_last_slash(directory));
        packages += found.size();
        if (found.empty())
            findings.push_back({directory, 0, "expected a service's folder or a folder of them, found none"});
        else
            check_services(found, findings);
    }
    for (const auto& [file, line, sentence] : findings)
        streams.error << file << (line > 0 ? ":" + std::to_string(line) : "") << ": " << sentence << '\n';
    streams.out << packages << (packages == 1 ? " service, " : " services, ") << findings.size()
                << (findings.size() == 1 ? " finding\n" : " findings\n");
    return findings.empty() ? done : refused;
}

}  // namespace app
