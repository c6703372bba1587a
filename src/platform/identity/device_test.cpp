#include "platform/identity/device.hpp"

#include <doctest/doctest.h>

using identity::Device;
using identity::device_of;

TEST_CASE("browsers and systems are called what people call them")
{
    CHECK(
        device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0") ==
        Device{"Firefox", "Windows"}
    );
    CHECK(
        device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0") == Device{"Edge", "Windows"}
    );
    CHECK(
        device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                  "Gecko) Version/18.5 Mobile/15E148 Safari/604.1") == Device{"Safari", "iPhone"}
    );
    CHECK(
        device_of("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Chrome/137.0.0.0 Mobile Safari/537.36") == Device{"Chrome", "Android"}
    );
    CHECK(
        device_of("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                  "Version/18.4 Safari/605.1.15") == Device{"Safari", "macOS"}
    );
}

TEST_CASE("of a browser that says something else nothing is kept")
{
    CHECK(device_of("") == Device{});
    CHECK(device_of("curl/8.5 (anna@example.org)") == Device{});
}
