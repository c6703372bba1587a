#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "platform/identity/breached_passwords.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using identity::BreachedPasswords;

namespace {

// A file as the public corpus has it, gone at the end of the test.
struct Corpus {
    Corpus(int passwords, const std::string& ending)
    {
        std::vector<std::string> lines;
        for (int number = 0; number < passwords; ++number) {
            auto digest = crypto::sha1_hex("password " + std::to_string(number));
            std::ranges::transform(digest, digest.begin(), [](char letter) {
                return letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
            });
            lines.push_back(digest + ending);
        }
        std::ranges::sort(lines);
        std::ofstream(path) << base::join(lines, "");
    }

    ~Corpus() { std::filesystem::remove(path); }

    std::string path =
        std::filesystem::temp_directory_path() / ("schalter-breached-" + std::to_string(::getpid()));
};

}  // namespace

TEST_CASE("every breached password is found in the file, and no other")
{
    for (const std::string ending : {"\n", ":7\n", ":123\r\n"})
        for (const int size : {1, 2, 3, 100}) {
            const Corpus corpus(size, ending);
            const BreachedPasswords breached(corpus.path);
            for (int number = 0; number < size; ++number)
                CHECK(breached.contains("password " + std::to_string(number)));
            for (int number = 0; number < 50; ++number)
                CHECK_FALSE(breached.contains("another " + std::to_string(number)));
        }
}

TEST_CASE("without a file nothing is known, and a file that is not there stops the start")
{
    CHECK_FALSE(BreachedPasswords("").contains("password"));
    CHECK_THROWS_AS(BreachedPasswords("/no/such/file"), std::runtime_error);
}
