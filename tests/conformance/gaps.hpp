#pragma once

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

// Cases of a suite that are known to fail, each with its reason in a file beside this one. The list cannot
// rot: a case that fails and is not listed is an error, and so is a listed one that passes.
namespace conformance {

// Lines without those that are empty or begin with "#".
inline std::set<std::string> read_gaps(const std::filesystem::path& path)
{
    std::set<std::string> gaps;
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line[0] != '#')
            gaps.insert(line);
    return gaps;
}

// Whether exactly the listed cases fail; says on the error stream which do not keep to the list.
inline bool keeps_to(const std::set<std::string>& gaps, const std::set<std::string>& failed)
{
    for (const auto& each : failed)
        if (!gaps.contains(each))
            std::cerr << "fails: " << each << '\n';
    for (const auto& each : gaps)
        if (!failed.contains(each))
            std::cerr << "is listed as a gap, but passes or is not there: " << each << '\n';
    return gaps == failed;
}

}  // namespace conformance
