#pragma once

#include <string>
#include <string_view>

namespace identity {

// A file of passwords that were stolen elsewhere: lines "SHA-1 in hexadecimal digits" or "SHA-1:count",
// sorted, as the public corpus has them. It may be much larger than memory and is searched on the disk.
class BreachedPasswords {
public:
    // An empty path: none is known. A file that cannot be read throws std::runtime_error.
    explicit BreachedPasswords(std::string path);

    bool contains(std::string_view password) const;

private:
    std::string path_;
};

}  // namespace identity
