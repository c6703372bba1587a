#pragma once

#include "base/random.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {

// Seals secrets and personal data at rest: XChaCha20-Poly1305 with a random nonce. Safe to share between
// threads.
class Sealer {
public:
    // `keys`: one or more "id:64 hex digits" lines; the first seals, all open (rotation).
    static base::Result<Sealer> from_keys(std::string_view keys, base::Random& random);
    Sealer(Sealer&&) noexcept;
    ~Sealer();

    // `purpose` ("case.answers") and `owner` (tenant and id) are bound to the text: what was sealed for one
    // place cannot be opened in another.
    std::vector<std::byte>
    seal(std::string_view plain, std::string_view purpose, std::string_view owner) const;
    // `invalid` when the bytes were changed, belong elsewhere, or the key is unknown.
    base::Result<std::string>
    open(const std::vector<std::byte>& sealed, std::string_view purpose, std::string_view owner) const;

    // HMAC-SHA256 (hex) with a key of its own: to find rows by a value that is not kept in clear (an e-mail
    // address).
    std::string blind_index(std::string_view value, std::string_view purpose) const;

    // 32 secret bytes for that purpose, as hexadecimal digits: the same as long as the oldest key is there.
    std::string derive_key(std::string_view purpose) const;

private:
    struct Implementation;
    explicit Sealer(std::unique_ptr<Implementation>);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace crypto
