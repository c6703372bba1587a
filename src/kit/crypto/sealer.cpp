#include "kit/crypto/sealer.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace crypto {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::byte format{1};  // first byte of everything sealed, so that the format may change one day

struct Key {
    std::string id;
    std::array<unsigned char, key_size> bytes{};
};

Result<Key> parse_key(std::string_view line)
{
    const auto colon = line.find(':');
    Key key;
    std::size_t length = 0;
    const bool is_well_formed = colon != std::string_view::npos && colon > 0 && colon < 32 &&
                                sodium_hex2bin(
                                    key.bytes.data(),
                                    key_size,
                                    line.data() + colon + 1,
                                    line.size() - colon - 1,
                                    nullptr,
                                    &length,
                                    nullptr
                                ) == 0 &&
                                length == key_size;
    if (!is_well_formed)
        return fail(ErrorKind::invalid, "crypto.bad_key", "a sealing key is 'id:' and 64 hexadecimal digits");
    key.id = line.substr(0, colon);
    return key;
}

// What the text is bound to. Lengths keep ("a", "bc") and ("ab", "c") apart.
std::string binding(std::string_view purpose, std::string_view owner)
{
    return std::to_string(purpose.size()) + ":" + std::string(purpose) + std::string(owner);
}

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

struct Sealer::Implementation {
    std::vector<Key> keys;
    base::Random& random;
    std::string index_key;
    std::string root_key;  // that derived ones are made from
};

Result<Sealer> Sealer::from_keys(std::string_view keys, base::Random& random)
{
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot be started");
    auto implementation = std::make_unique<Implementation>(Implementation{{}, random, {}, {}});
    for (const auto line : base::split(keys, '\n')) {
        if (base::trim(line).empty())
            continue;
        auto key = parse_key(base::trim(line));
        if (!key)
            return key.error();
        implementation->keys.push_back(std::move(*key));
    }
    if (implementation->keys.empty())
        return fail(ErrorKind::invalid, "crypto.no_key", "no sealing key is given");
    // The oldest key, so that rotation (a new first line) does not change what rows are found by.
    const Key& oldest = implementation->keys.back();
    const std::string_view key_text(reinterpret_cast<const char*>(oldest.bytes.data()), oldest.bytes.size());
    implementation->index_key = hmac_sha256_hex(key_text, "blind index");
    implementation->root_key = hmac_sha256_hex(key_text, "derived keys");
    return Sealer(std::move(implementation));
}

Sealer::Sealer(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}

Sealer::Sealer(Sealer&&) noexcept = default;
Sealer::~Sealer() = default;

// Layout: format, length of the key's id, id, nonce, ciphertext with tag.
std::vector<std::byte>
Sealer::seal(std::string_view plain, std::string_view purpose, std::string_view owner) const
{
    const Key& key = implementation_->keys.front();
    std::vector<std::byte> sealed;
    sealed.reserve(2 + key.id.size() + nonce_size + plain.size() + tag_size);
    sealed.push_back(format);
    sealed.push_back(static_cast<std::byte>(key.id.size()));
    for (const char letter : key.id)
        sealed.push_back(static_cast<std::byte>(letter));
    const std::size_t header = sealed.size();
    sealed.resize(header + nonce_size + plain.size() + tag_size);
    implementation_->random.fill(std::span(sealed).subspan(header, nonce_size));

    auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
    const std::string bound = binding(purpose, owner);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes + header + nonce_size,
        nullptr,
        bytes_of(plain),
        plain.size(),
        bytes_of(bound),
        bound.size(),
        nullptr,
        bytes + header,
        key.bytes.data()
    );
    return sealed;
}

Result<std::string>
Sealer::open(const std::vector<std::byte>& sealed, std::string_view purpose, std::string_view owner) const
{
    const std::string_view text(reinterpret_cast<const char*>(sealed.data()), sealed.size());
    const std::size_t id_size = sealed.size() < 2 ? 0 : std::to_integer<std::size_t>(sealed[1]);
    if (sealed.size() < 2 + id_size + nonce_size + tag_size || sealed[0] != format)
        return fail(
            ErrorKind::invalid, "crypto.unreadable", "sealed bytes are too short or of another format"
        );
    const auto key = std::ranges::find(implementation_->keys, text.substr(2, id_size), &Key::id);
    if (key == implementation_->keys.end())
        return fail(ErrorKind::invalid, "crypto.unknown_key", "sealed with a key that is not among ours");

    const auto nonce = text.substr(2 + id_size, nonce_size);
    const auto cipher = text.substr(2 + id_size + nonce_size);
    const std::string bound = binding(purpose, owner);
    std::string plain(cipher.size() - tag_size, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()),
        nullptr,
        nullptr,
        bytes_of(cipher),
        cipher.size(),
        bytes_of(bound),
        bound.size(),
        bytes_of(nonce),
        key->bytes.data()
    );
    if (failed != 0)
        return fail(ErrorKind::invalid, "crypto.changed", "sealed bytes were changed or belong elsewhere");
    return plain;
}

std::string Sealer::blind_index(std::string_view value, std::string_view purpose) const
{
    return hmac_sha256_hex(implementation_->index_key, binding(purpose, value));
}

std::string Sealer::derive_key(std::string_view purpose) const
{
    return hmac_sha256_hex(implementation_->root_key, purpose);
}

}  // namespace crypto
