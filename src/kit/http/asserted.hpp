#pragma once

#include <stdexcept>

namespace http {

// What Boost asserts of bytes that came from outside and that turned out otherwise. An assertion there would
// end the program for everybody because of one client; thrown, it refuses that client's request.
struct AssertionFailed : std::logic_error {
    using std::logic_error::logic_error;
};

}  // namespace http
