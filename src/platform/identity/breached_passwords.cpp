#include "platform/identity/breached_passwords.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"

#include <fstream>
#include <stdexcept>

namespace identity {

namespace {

constexpr std::size_t digest_digits = 40;

std::ifstream open(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("identity.breached_passwords: cannot read '" + path + "'");
    return file;
}

// The digest on the first line that begins at that place or after it; empty at the end of the file.
std::string digest_from(std::ifstream& file, std::streamoff place)
{
    file.clear();
    file.seekg(place == 0 ? 0 : place - 1);
    std::string line;
    if (place > 0)
        std::getline(file, line);  // the rest of the line before; empty when a line begins here
    if (!std::getline(file, line))
        return {};
    return base::ascii_lower(std::string_view(line).substr(0, digest_digits));
}

}  // namespace

BreachedPasswords::BreachedPasswords(std::string path) : path_(std::move(path))
{
    if (!path_.empty())
        open(path_);
}

bool BreachedPasswords::contains(std::string_view password) const
{
    if (path_.empty())
        return false;
    const auto wanted = crypto::sha1_hex(password);
    auto file = open(path_);
    file.seekg(0, std::ios::end);
    std::streamoff from = 0;
    std::streamoff until = file.tellg();
    // The first line that is not before the wanted one begins in [from, until].
    while (from < until) {
        const auto middle = from + (until - from) / 2;
        const auto digest = digest_from(file, middle);
        if (!digest.empty() && digest < wanted)
            from = middle + 1;
        else
            until = middle;
    }
    return digest_from(file, from) == wanted;
}

}  // namespace identity
