#include "kit/crypto/hashing.hpp"
#include "kit/crypto/sealer.hpp"
#include "kit/crypto/signing_key.hpp"
#include "testing/repeatable_random.hpp"

#include <doctest/doctest.h>

using namespace crypto;

namespace {

// RFC 8037 appendix A.1 and A.2: a key, and its public half.
constexpr auto secret_bytes = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr auto public_text = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

}  // namespace

TEST_CASE("a key has the public half and the name that the standard gives")
{
    const auto key = SigningKey::from_hex(secret_bytes).value();

    CHECK(base64url(key.public_key()) == public_text);
    CHECK(decode_base64url(public_text) == key.public_key());
    CHECK(key.id() == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");  // RFC 8037 appendix A.3
}

TEST_CASE("a signature holds for its message and its key only")
{
    const auto key = SigningKey::from_hex(secret_bytes).value();
    const auto other = SigningKey::from_hex(std::string(64, 'b')).value();
    const auto signature = key.sign("paid: 20 francs");

    CHECK(verify_signature(key.public_key(), "paid: 20 francs", signature));
    CHECK_FALSE(verify_signature(key.public_key(), "paid: 90 francs", signature));
    CHECK_FALSE(verify_signature(other.public_key(), "paid: 20 francs", signature));
    CHECK_FALSE(verify_signature(key.public_key(), "paid: 20 francs", signature.substr(1)));
    CHECK_FALSE(verify_signature("short", "paid: 20 francs", signature));
}

TEST_CASE("of several keys the first signs; what is no key is refused")
{
    const auto keys = read_signing_keys(std::string(64, 'b') + "\n\n  " + secret_bytes + "\n");

    REQUIRE(keys);
    REQUIRE(keys->size() == 2);
    CHECK(base64url(keys->back().public_key()) == public_text);
    for (const auto& lines :
         {std::string(), std::string("\n"), std::string(63, 'a'), std::string(66, 'a'), std::string(64, 'g')})
        CHECK_FALSE(read_signing_keys(lines));
}

TEST_CASE("a derived key is of its purpose, and outlives a rotation of the sealing keys")
{
    testing::RepeatableRandom random;
    const auto first = "a:" + std::string(64, 'a');
    const auto before = Sealer::from_keys(first, random).value();
    const auto after = Sealer::from_keys("b:" + std::string(64, 'b') + "\n" + first, random).value();

    CHECK(before.derive_key("one").size() == 64);
    CHECK(before.derive_key("one") != before.derive_key("two"));
    CHECK(after.derive_key("one") == before.derive_key("one"));
}
