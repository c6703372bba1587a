#include "kit/crypto/hashing.hpp"
#include "kit/crypto/passwords.hpp"
#include "kit/crypto/sealer.hpp"

#include <doctest/doctest.h>

using namespace crypto;

namespace {

const std::string old_key = "2025:" + std::string(64, 'a');
const std::string new_key = "2026:" + std::string(64, 'b');

}  // namespace

TEST_CASE("digests are those of the published examples")
{
    // FIPS 180-4 example, and the vectors of Payrexx' two signatures.
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(
        hmac_sha256_hex("demo-signing-key", R"({"transaction":{"id":1,"status":"confirmed"}})") ==
        "1e7dccfe8c4a5e390b6a22ef34cfddb81496a2b415e6756dba13840cd9c34e13"
    );
    CHECK(hmac_sha256_base64("demo-secret", "") == "eFVTiulQTbw10wuFcVgINLMPH/vj503CbtQyveLdgT8=");
}

TEST_CASE("base 64 pads, its form for addresses does not")
{
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(decode_base64("Zm8=") == "fo");
    CHECK(decode_base64("") == "");
    CHECK_FALSE(decode_base64("Zm8"));
    CHECK_FALSE(decode_base64("Zm8=x"));
    CHECK(base64url("\xfb\xff\xfe") == "-__-");
    CHECK(base64url("f") == "Zg");
}

TEST_CASE("a password is verified, a wrong one and nonsense are not")
{
    const auto hash = hash_password("Aare-1803", PasswordCost::cheap_for_tests);

    CHECK(hash.starts_with("$argon2id$"));
    CHECK(verify_password(hash, "Aare-1803"));
    CHECK_FALSE(verify_password(hash, "aare-1803"));
    CHECK_FALSE(verify_password("no hash", "Aare-1803"));
    CHECK_FALSE(verify_password("", ""));
}

TEST_CASE("what was sealed is opened again, only for its own place and only unchanged")
{
    base::SystemRandom random;
    const auto sealer = Sealer::from_keys(new_key, random);
    REQUIRE(sealer);

    auto sealed = sealer->seal("756.9217.0769.85", "case.answers", "4001/A");

    CHECK(sealer->open(sealed, "case.answers", "4001/A").value() == "756.9217.0769.85");
    CHECK_FALSE(sealer->open(sealed, "case.answers", "4002/A"));
    CHECK_FALSE(sealer->open(sealed, "case.contact", "4001/A"));
    sealed.back() ^= std::byte{1};
    CHECK_FALSE(sealer->open(sealed, "case.answers", "4001/A"));
    CHECK_FALSE(sealer->open({}, "case.answers", "4001/A"));
}

TEST_CASE("after a rotation the new key seals and the old one still opens and finds")
{
    base::SystemRandom random;
    const auto before = Sealer::from_keys(old_key, random);
    const auto after = Sealer::from_keys(new_key + "\n" + old_key, random);
    const auto without_old = Sealer::from_keys(new_key, random);
    REQUIRE(before);
    REQUIRE(after);
    REQUIRE(without_old);

    const auto sealed = before->seal("secret", "purpose", "owner");

    CHECK(after->open(sealed, "purpose", "owner").value() == "secret");
    CHECK_FALSE(without_old->open(sealed, "purpose", "owner"));
    CHECK(before->blind_index("ada@example.org", "email") == after->blind_index("ada@example.org", "email"));
}

TEST_CASE("a key that is none is refused with a sentence")
{
    base::SystemRandom random;

    CHECK_FALSE(Sealer::from_keys("", random));
    CHECK_FALSE(Sealer::from_keys("2026:abc", random));
    CHECK_FALSE(Sealer::from_keys(":" + std::string(64, 'a'), random));
}
