#include "kit/crypto/hashing.hpp"
#include "kit/crypto/one_time_code.hpp"

#include <doctest/doctest.h>

using namespace crypto;

TEST_CASE("one-time codes are those of the published examples")
{
    // RFC 6238 appendix B, whose eight digits end in our six.
    const std::string secret = "12345678901234567890";
    const auto code_at = [&](std::int64_t seconds) {
        return one_time_code(secret, code_step(base::Instant(std::chrono::seconds(seconds))));
    };

    CHECK(code_at(59) == "287082");
    CHECK(code_at(1111111109) == "081804");
    CHECK(code_at(1111111111) == "050471");
    CHECK(code_at(1234567890) == "005924");
    CHECK(code_at(2000000000) == "279037");
    CHECK(code_at(20000000000) == "353130");
}

TEST_CASE("SHA-1 and base 32 are those of the published examples")
{
    CHECK(sha1_hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(base32("") == "");
    CHECK(base32("f") == "MY");
    CHECK(base32("fo") == "MZXQ");
    CHECK(base32("foobar") == "MZXW6YTBOI");
}
