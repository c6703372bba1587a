#include "base/settings.hpp"

#include <doctest/doctest.h>

using namespace base;

namespace {

constexpr Setting declared[] = {
    {"mail.smtp_address", "127.0.0.1:25", "Where mail is handed over."},
    {"payments.expiry", "24h", "How long an order waits for its payment."},
    {"crypto.key", "", "The key that seals secrets.", /*is_secret=*/true},
};

}  // namespace

TEST_CASE("a setting's default gives way to the file, and the file to the environment")
{
    const auto settings = Settings::read(
        declared, "# ours\nmail.smtp_address = mail:25\n", {{"SCHALTER_PAYMENTS_EXPIRY", "10d"}}
    );

    REQUIRE(settings);
    CHECK(settings->text("mail.smtp_address") == "mail:25");
    CHECK(settings->duration("payments.expiry") == std::chrono::days(10));
}

TEST_CASE("an unknown key stops the start and names the nearest known one")
{
    const auto settings = Settings::read(declared, "\npayments.expiri = 3d", {});

    REQUIRE_FALSE(settings);
    CHECK(
        settings.error().detail ==
        "line 2: unknown setting 'payments.expiri'; did you mean 'payments.expiry'?"
    );
}

TEST_CASE("a key that stands twice and a secret file that is missing are refused")
{
    CHECK_FALSE(Settings::read(declared, "payments.expiry = 1d\npayments.expiry = 2d", {}));
    CHECK_FALSE(Settings::read(declared, "crypto.key_file = /nowhere/key", {}));
}

TEST_CASE("a duration without unit is a mistake, not a guess")
{
    const auto settings = Settings::read(declared, "payments.expiry = 24", {});

    REQUIRE(settings);
    CHECK_THROWS(settings->duration("payments.expiry"));
}
